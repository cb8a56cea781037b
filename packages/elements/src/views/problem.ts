import {
  ApiError,
  ContractError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  TimeoutError,
  UnauthenticatedError,
  VersionStaleError,
} from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { alertIcon } from '../icons/icons.js';
import type { Localizer } from '../locales/localizer.js';

const kindOf = (error: unknown) => {
  if (error instanceof NetworkError) return 'network';
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof ContractError) return 'contract';
  if (error instanceof UnauthenticatedError) return 'session';
  if (error instanceof ForbiddenError) return 'forbidden';
  if (error instanceof NotFoundError) return 'notFound';
  if (error instanceof VersionStaleError) return 'stale';
  if (error instanceof RateLimitedError) return 'rateLimited';
  if (error instanceof ApiError && error.code === 'limit_reached') return 'limit';
  if (error instanceof ApiError && error.status >= 502) return 'unavailable';
  return 'unexpected';
};

export interface ProblemView {
  readonly error: unknown;
  readonly localizer: Localizer;
  /** Offered as "Try again" or, where somebody else changed it, as "Load what is there now". */
  readonly retry?: (() => void) | undefined;
  /** Says that what was typed is still there. */
  readonly keepsInput?: boolean;
}

/** What happened, what is still safe, what to do, and the request to quote. Spoken as soon as it stands there. */
export const problemView = ({ error, localizer, retry, keepsInput }: ProblemView) => {
  const kind = kindOf(error);
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return html`
    <div class="problem" part="problem" role="alert">
      ${alertIcon}
      <strong>${localizer.text(`problem.${kind}`)}</strong>
      <p>
        ${keepsInput ? localizer.text('problem.nothingLost') : nothing} ${localizer.text(`problem.${kind}.advice`)}
      </p>
      ${requestId ? html`<p class="muted mono">${localizer.text('problem.requestId', { id: requestId })}</p>` : nothing}
      ${retry ? html`<button type="button" part="retry" @click=${retry}>${localizer.text(kind === 'stale' ? 'loadPresent' : 'retry')}</button>` : nothing}
    </div>
  `;
};
