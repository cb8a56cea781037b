import type { Endpoint } from './call.js';
import { type Answer, isBytes } from './contract/operation.js';
import type { OperationId } from './contract/operations.js';
import { warnDeveloper } from './developer-warnings.js';
import { warnOfDeviations } from './deviations.js';
import { ContractError, misfitText } from './errors.js';

/** More than any answer of the contract: a longer one comes from another server. */
const maxBytes = 8_000_000;

/** An answer that was not yet checked against the contract. */
export interface AnswerBody {
  readonly chunks: Uint8Array<ArrayBuffer>[];
  /** Empty if the answer has no `Content-Type`. */
  readonly mediaType: string;
  /** The request's URL without its query. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
}

/** Reads the body of an answer. Its `chunks` are empty if it is longer than `maxBytes`. */
export const readBody = async ({ body, headers, status }: Response, request: Request): Promise<AnswerBody> => {
  const { origin, pathname } = new URL(request.url);
  const mediaType = (headers.get('content-type') ?? '').slice(0, 100);
  const answer = { chunks: [] as AnswerBody['chunks'], mediaType, url: origin + pathname, status, headers };
  const reader = body?.getReader();
  let bytes = 0;
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return answer;
    bytes += value.length;
    if (bytes > maxBytes) {
      void reader?.cancel();
      return { ...answer, chunks: [] };
    }
    answer.chunks.push(value);
  }
};

export const answerText = ({ chunks }: AnswerBody): string => {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
};

const isJson = (mediaType: string): boolean => /[/+]json\b/.test(mediaType);

/** An answer of another media type, such as an HTML page: no API is at that address. */
const unexpectedMediaType = (operationId: OperationId, answer: AnswerBody, expected: string) =>
  new ContractError(operationId, '', expected, answer.mediaType && !isJson(answer.mediaType) ? answer : undefined);

/** The checked answer of an operation, without members that the contract does not know. */
export const parseAnswer = <T extends Endpoint>({ id, answer }: T, body: AnswerBody): Answer<T> => {
  if (isBytes(answer)) {
    const { chunks, mediaType } = body;
    // Only the declared media types: a browser would run a `Blob` of HTML when it is opened.
    if (chunks.length === 0 || !answer.mediaTypes.includes(mediaType))
      throw unexpectedMediaType(id, body, answer.mediaTypes.join(' or '));
    return new Blob(chunks, { type: mediaType }) as Answer<T>;
  }
  if (!answer) {
    // Most likely a page of another server.
    if (body.chunks.length > 0) throw unexpectedMediaType(id, body, 'no content');
    // An operation without an answer answers `undefined`, by the definition of `Answer`.
    return undefined as Answer<T>;
  }
  let json: unknown;
  try {
    json = JSON.parse(answerText(body));
  } catch {
    // The platform's own error quotes the answer.
    throw unexpectedMediaType(id, body, 'JSON');
  }
  const result = answer.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    const expected = issue && 'expected' in issue ? issue.expected : issue?.message;
    throw new ContractError(id, issue?.path.join('.') ?? '', expected ?? 'another value');
  }
  if (!isJson(body.mediaType)) warnDeveloper(misfitText(id, 'its Content-Type', 'application/json'));
  warnOfDeviations(id, answer, json);
  return result.data as Answer<T>;
};
