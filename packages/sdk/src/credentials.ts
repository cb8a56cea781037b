import { checkApiKey } from './api-key-format.js';
import { trimEdges } from './contract/input/characters.js';
import { credentialErrorCode, type CredentialErrorCode } from './contract/input/credential.js';
import { CockpitError } from './errors.js';
import { Secret } from './secret.js';

/** The text cannot be a credential, as its form shows without a request. The error holds nothing of the text. */
export class CredentialFormatError extends CockpitError {
  override readonly name: string = 'CredentialFormatError';
}

/** The text cannot be an API key: a typo, a truncated paste, or something that was copied along with the key. */
export class ApiKeyFormatError extends CredentialFormatError {
  override readonly name = 'ApiKeyFormatError';
}

const findings: Readonly<Record<CredentialErrorCode | 'missing', string>> = {
  missing: 'is missing: it is empty or not a string',
  quoted: 'has quotation marks or brackets around it',
  labelled: 'has the name of a header or variable before it',
  scheme: 'has an authentication scheme before it, such as "Bearer"',
  masked: 'is masked or shortened',
  white_space: 'has white space inside',
  invisible: 'has an invisible character inside',
  not_ascii: 'has a character that is not ASCII',
};

/** The trimmed text of a credential, and why it cannot be one. A program without types may pass any value. */
const read = (value: unknown): { text: string; errorCode: CredentialErrorCode | 'missing' | undefined } => {
  const revealed = value instanceof Secret ? value.reveal() : value;
  const text = typeof revealed === 'string' ? trimEdges(revealed) : '';
  return { text, errorCode: text === '' ? 'missing' : credentialErrorCode(text) };
};

/** Returns the program's own `Secret` if nothing was trimmed, so that the program can dispose of it. */
const toSecret = (text: string, value: unknown): Secret =>
  value instanceof Secret && value.reveal() === text ? value : new Secret(text);

/** @throws ApiKeyFormatError */
export const readApiKey = (value: unknown): Secret => {
  const { text, errorCode } = read(value);
  if (errorCode)
    throw new ApiKeyFormatError(
      `api_key_${errorCode === 'missing' ? 'malformed' : errorCode}`,
      `The API key ${findings[errorCode]}`,
    );
  const check = checkApiKey(text);
  if (check === 'malformed')
    throw new ApiKeyFormatError('api_key_malformed', 'The API key is not of a known form: part of it may be missing');
  if (check === 'checksum')
    throw new ApiKeyFormatError('api_key_checksum', 'The API key is mistyped: its checksum does not fit');
  return toSecret(text, value);
};

/** @throws CredentialFormatError */
export const readServiceToken = (value: unknown): Secret => {
  const { text, errorCode } = read(value);
  if (errorCode)
    throw new CredentialFormatError(`service_token_${errorCode}`, `The service token ${findings[errorCode]}`);
  return toSecret(text, value);
};

/** @throws TypeError like any value that a header cannot hold */
export const readAccessToken = (value: unknown): string => {
  const { text, errorCode } = read(value);
  if (errorCode) throw new TypeError(`The token from getAccessToken ${findings[errorCode]}`);
  return text;
};
