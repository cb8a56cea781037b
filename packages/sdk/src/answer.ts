import type { Answer, EndpointDefinition } from './contract/operation.js';
import { ContractError } from './errors.js';

/** More than any answer of the contract: what is longer does not come from its server. */
const maxBytes = 8_000_000;

/** Empty where the body is too long. */
export const readBody = async ({ body }: Response): Promise<string> => {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return text + decoder.decode();
    bytes += value.length;
    if (bytes > maxBytes) {
      void reader?.cancel();
      return '';
    }
    text += decoder.decode(value, { stream: true });
  }
};

/** What an operation answers, without the members that its contract does not know. */
export const parseAnswer = <T extends EndpointDefinition>({ id, answer }: T, body: string): Answer<T> => {
  if (!answer) {
    // Somebody else's page, most likely, in the place of the server.
    if (body) throw new ContractError(id, '');
    // An operation without an answer answers `undefined`, by the definition of `Answer`.
    return undefined as Answer<T>;
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // The platform's own error quotes the answer.
    throw new ContractError(id, '');
  }
  const result = answer.safeParse(json);
  if (!result.success) throw new ContractError(id, result.error.issues[0]?.path.join('.') ?? '');
  return result.data as Answer<T>;
};
