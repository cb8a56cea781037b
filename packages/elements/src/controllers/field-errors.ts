import { type FieldError, fieldErrorCodes } from '@ai-cockpit/sdk';

/** A code that there are words for in every language: a host's own has none. */
export const isKnownCode = (code: string): boolean => (fieldErrorCodes as readonly string[]).includes(code);

/** What a field is given to show: a code of the contract, or else what the server says of it. */
export const errorOf = ({ code, message }: FieldError): string =>
  isKnownCode(code) ? code : message?.trim() || 'rejected';
