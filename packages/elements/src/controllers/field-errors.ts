import { type FieldError, fieldErrorCodes } from '@ai-cockpit/sdk';

/** Whether a code has a text in every language; a code of the host's own has none. */
export const isKnownCode = (code: string): boolean => (fieldErrorCodes as readonly string[]).includes(code);

/** The error that a field shows: a code of the contract, else the server's message. */
export const errorOf = ({ code, message }: FieldError): string =>
  isKnownCode(code) ? code : message?.trim() || 'rejected';
