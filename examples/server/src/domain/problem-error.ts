import type { FieldErrorCode, ProblemCode } from '@ai-cockpit/sdk/contract';

/** Something wrong with one field of what was asked; `path` joined by dots. */
export interface FieldError {
  path: string;
  code: FieldErrorCode;
}

/** The domain says no, by a code of the contract. How that is told is up to the routes. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly fieldErrors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
  /** In English, where there is more to say than the code does. */
  readonly detail: string | undefined;

  constructor(code: ProblemCode, fieldErrors: readonly FieldError[] = [], retryAfterSeconds?: number, detail?: string) {
    super(code);
    this.code = code;
    this.fieldErrors = fieldErrors;
    this.retryAfterSeconds = retryAfterSeconds;
    this.detail = detail;
  }
}

export const throwFieldErrors = (fieldErrors: readonly FieldError[]): void => {
  if (fieldErrors.length) throw new ProblemError('invalid', fieldErrors);
};

/** The value, or a 404 that does not tell whether it exists. */
export const orNotFound = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new ProblemError('not_found');
  return value;
};
