import type { FieldErrorCode, ProblemCode } from '@ai-cockpit/sdk/contract';

/** Something wrong with one field of what was asked; `path` joined by dots. */
export interface FieldFault {
  path: string;
  code: FieldErrorCode;
}

/** The domain says no, by a code of the contract. How that is told is up to the routes. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly faults: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;
  /** In English, where there is more to say than the code does. */
  readonly detail: string | undefined;

  constructor(code: ProblemCode, faults: readonly FieldFault[] = [], retryAfterSeconds?: number, detail?: string) {
    super(code);
    this.code = code;
    this.faults = faults;
    this.retryAfterSeconds = retryAfterSeconds;
    this.detail = detail;
  }
}

export const refuseFaults = (faults: readonly FieldFault[]): void => {
  if (faults.length) throw new Refusal('invalid', faults);
};

/** The value, or a 404 that does not tell whether it exists. */
export const found = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Refusal('not_found');
  return value;
};
