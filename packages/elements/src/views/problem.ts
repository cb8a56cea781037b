import { ApiError, CockpitError, ContractError, type FieldError, waitingTime } from '@ai-cockpit/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import { SessionRenewed } from '../connection/session-expired-event.js';
import { errorOf } from '../controllers/field-errors.js';
import { alertIcon, checkIcon } from '../icons/icons.js';
import type { Localizer, SharedId } from '../locales/localizer.js';
import { fieldErrorText, ownWords } from './field.js';

type Kind = SharedId extends infer Id ? (Id extends `problem.${infer Kind}.advice` ? Kind : never) : never;

/** By an error's code or else its status. */
const kinds: Partial<Record<string, Kind>> = {
  network: 'network',
  timeout: 'timeout',
  page_left: 'pageLeft',
  contract: 'contract',
  limit_reached: 'limit',
  session_expired: 'session',
  401: 'signedOut',
  403: 'forbidden',
  404: 'notFound',
  429: 'rateLimited',
};

const kindOf = (error: unknown): Kind => {
  if (error instanceof SessionRenewed) return 'renewed';
  if (!(error instanceof CockpitError)) return 'unexpected';
  if (error instanceof ContractError && error.url !== null) return 'notApi';
  const { status = 0 } = error instanceof ApiError ? error : {};
  return kinds[error.code] ?? kinds[status] ?? (status >= 502 ? 'unavailable' : 'unexpected');
};

export interface ProblemView {
  readonly error: unknown;
  readonly localizer: Localizer;
  /** In the place of the error's own text. */
  readonly title?: string | undefined;
  /** Offered as "Try again". */
  readonly retry?: (() => unknown) | undefined;
  /** Says that what was typed is still there. */
  readonly keepsInput?: boolean;
  /** Errors of fields that are not shown. */
  readonly unplaced?: readonly FieldError[];
}

/** An error, or where `isGood` an obstacle that has gone, and advice; announced by screen readers when rendered. */
export const noticeView = (
  text: string,
  advice: string,
  more: TemplateResult | typeof nothing = nothing,
  isGood = false,
) => html`
  <div class=${isGood ? 'problem good' : 'problem'} part="problem" role="alert" tabindex="-1">
    ${isGood ? checkIcon : alertIcon}<strong>${text}</strong>
    <p>${advice}</p>
    ${more}
  </div>
`;

/** Errors of a query's parameters, such as a search that holds a key: no field shows them. */
const queryErrorsOf = (error: unknown): readonly FieldError[] =>
  (error instanceof ApiError && error.code === 'malformed' && error.problem?.errors) || [];

/** An error, whether the draft is kept, advice, and the request id to quote. */
export const problemView = ({
  error,
  localizer,
  title,
  retry,
  keepsInput,
  unplaced = queryErrorsOf(error),
}: ProblemView) => {
  const kind = unplaced.length > 0 ? 'invalid' : kindOf(error);
  const { requestId = null, retryAfter = null, problem = null } = error instanceof ApiError ? error : {};
  const url = (error instanceof ContractError && error.url) || '';
  const advice = retryAfter
    ? localizer.text('problem.wait', { when: waitingTime(retryAfter, localizer.locale) })
    : localizer.text(`problem.${kind}.advice`);
  return noticeView(
    title ?? (kind === 'notApi' ? localizer.text('problem.notApi', { url }) : localizer.text(`problem.${kind}`)),
    kind === 'renewed' && keepsInput
      ? localizer.text('problem.renewed.unsaved')
      : keepsInput
        ? `${localizer.text('problem.nothingLost')} ${advice}`
        : advice,
    html`
      ${
        unplaced.length > 0
          ? html`<ul>
              ${unplaced.map((field) => html`<li>${field.path ? html`<bdi>${ownWords(field.path)}</bdi>${': '}` : nothing}<bdi>${fieldErrorText(errorOf(field), ownWords(field.path), localizer)}</bdi></li>`)}
            </ul>`
          : nothing
      }
      ${problem?.detail ? html`<p class="detail" dir="auto">${ownWords(problem.detail)}</p>` : nothing}
      ${requestId ? html`<p class="muted mono">${localizer.text('problem.requestId', { id: requestId })}</p>` : nothing}
      ${retry ? html`<button type="button" part="retry" @click=${retry}>${localizer.text('retry')}</button>` : nothing}
    `,
    kind === 'renewed',
  );
};
