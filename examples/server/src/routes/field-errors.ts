import type { FieldErrorCode } from '@ai-cockpit/sdk/contract';
import type * as z from 'zod/mini';
import type { FieldError } from '../domain/problem-error.js';

export const fieldErrorMessages: Record<FieldErrorCode, string> = {
  required: 'is required',
  unknown: 'is not a known field',
  type: 'has the wrong type',
  format: 'has the wrong format',
  too_short: 'is too short',
  too_long: 'is too long',
  characters: 'has characters that are not allowed',
  not_offered: 'is not offered here',
  not_editable: 'cannot be edited by this user',
  duplicate: 'is already in use',
  not_in_future: 'must be in the future',
  beyond_maximum: 'exceeds the maximum',
  conflicting: 'conflicts with another field',
  secret_required: 'must be entered again',
  looks_like_secret: 'looks like a secret, which is not allowed here',
  quoted: 'has quotation marks or brackets around it',
  labelled: 'has the name of a header or variable before it',
  scheme: 'has the word of an authentication scheme before it',
  masked: 'is masked or shortened',
  white_space: 'has white space inside',
  invisible: 'has an invisible character inside',
  not_ascii: 'has a character that is not ASCII',
};

type Issue = z.core.$ZodIssue;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined,
    value,
  );

const codeOf = (issue: Issue, value: unknown): FieldErrorCode => {
  if (value === undefined) return 'required';
  switch (issue.code) {
    case 'invalid_type':
      return 'type';
    case 'invalid_union':
      return typeof value === 'string' ? 'format' : 'type';
    case 'too_small':
      return issue.origin === 'string' ? 'too_short' : 'format';
    case 'too_big':
      return issue.origin === 'string' ? 'too_long' : 'beyond_maximum';
    case 'invalid_format':
      return issue.message === 'characters' ? 'characters' : 'format';
    default:
      return 'format';
  }
};

/** The errors that a schema found, with the contract's codes. */
export const fieldErrorsOf = (issues: readonly Issue[], input: unknown): FieldError[] => {
  const fieldErrors = new Map<string, FieldError>();
  const add = (path: readonly PropertyKey[], code: FieldErrorCode) => {
    const joined = path.map(String).join('.');
    // The first of several errors at one path: the later ones often follow from it.
    if (!fieldErrors.has(joined)) fieldErrors.set(joined, { path: joined, code });
  };
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) add([...issue.path, key], 'unknown');
    else add(issue.path, codeOf(issue, valueAt(input, issue.path)));
  }
  return [...fieldErrors.values()];
};
