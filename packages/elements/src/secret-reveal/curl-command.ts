/** A request that is sent with a secret: `X-API-KEY: ` and the secret, to that address. */
export interface SecretRequest {
  /** The header's name and what stands before the secret in its value. */
  readonly header: string;
  readonly url: string;
}

/**
 * An argument of a command. Double quotes work in every shell; a POSIX shell expands some characters between them, which
 * a header's name, an address or the key of another backend may contain: only then, single quotes.
 */
const quote = (text: string): string =>
  [...'$`"\\!'].some((character) => text.includes(character))
    ? `'${text.replaceAll("'", String.raw`'\''`)}'`
    : `"${text}"`;

/** The command that sends a request. No regular expression runs on the value: engines would keep it. */
export const curlCommand = ({ header, url }: SecretRequest, value: string): string =>
  `curl -H ${quote(header + value)} ${quote(url)}`;
