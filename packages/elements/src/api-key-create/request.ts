import { ApiError, isBlank, type NewApiKey } from '@ai-cockpit/sdk';

/** What the form asks for; what is left empty, or is a choice that stands for another field, is not in it. */
export const requestOf = (form: HTMLFormElement): NewApiKey => {
  const filled = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' && !isBlank(value) ? [[name, value.trim()] as const] : [],
  );
  const { expiresInDays, ...texts } = Object.fromEntries<string>(filled);
  const days = Number(expiresInDays);
  return { ...texts, ...(days > 0 && { expiresInDays: days }) };
};

/** Whether the server may have made the key all the same, so that only the same request may be sent again. */
export const mayHaveCreated = (error: unknown): boolean =>
  !(error instanceof ApiError) ||
  error.status >= 500 ||
  [401, 408, 429].includes(error.status) ||
  error.code === 'idempotency_in_flight';
