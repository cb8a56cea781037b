import { type Answer, type EndpointDefinition, isBytes } from './contract/operation.js';
import { ContractError } from './errors.js';

/** More than any answer of the contract: what is longer does not come from its server. */
const maxBytes = 8_000_000;

/** What came back, before it is known to be of the contract. */
export interface AnswerBody {
  readonly chunks: Uint8Array<ArrayBuffer>[];
  readonly mediaType: string;
}

/** Empty where the body is too long. */
export const readBody = async ({ body, headers }: Response): Promise<AnswerBody> => {
  const reader = body?.getReader();
  const mediaType = headers.get('content-type') ?? '';
  const chunks: AnswerBody['chunks'] = [];
  let bytes = 0;
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return { chunks, mediaType };
    bytes += value.length;
    if (bytes > maxBytes) {
      void reader?.cancel();
      return { chunks: [], mediaType };
    }
    chunks.push(value);
  }
};

export const textOf = ({ chunks }: AnswerBody): string => {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
};

/** What an operation answers, without the members that its contract does not know. */
export const parseAnswer = <T extends EndpointDefinition>({ id, answer }: T, body: AnswerBody): Answer<T> => {
  if (isBytes(answer)) {
    const { chunks, mediaType } = body;
    // Of no other type, as whoever shows a `Blob` goes by that: of HTML, it would run.
    if (chunks.length === 0 || !answer.mediaTypes.includes(mediaType)) throw new ContractError(id, '');
    return new Blob(chunks, { type: mediaType }) as Answer<T>;
  }
  if (!answer) {
    // Somebody else's page, most likely, in the place of the server.
    if (body.chunks.length > 0) throw new ContractError(id, '');
    // An operation without an answer answers `undefined`, by the definition of `Answer`.
    return undefined as Answer<T>;
  }
  let json: unknown;
  try {
    json = JSON.parse(textOf(body));
  } catch {
    // The platform's own error quotes the answer.
    throw new ContractError(id, '');
  }
  const result = answer.safeParse(json);
  if (!result.success) throw new ContractError(id, result.error.issues[0]?.path.join('.') ?? '');
  return result.data as Answer<T>;
};
