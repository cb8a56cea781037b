import { ApiError, type Provider } from '@ai-cockpit/sdk';
import type { ConflictId, Localizer, ProviderTokenId } from '../locales/localizer.js';
import { noticeView, type ProblemView, problemView } from '../views/problem.js';
import { isTaken } from './provider-token-request.js';

export interface TokenProblemView extends ProblemView {
  readonly localizer: Localizer<ProviderTokenId | ConflictId>;
  readonly provider: Provider | undefined;
  /** Whether somebody else deleted the token that is edited. */
  readonly isGone: boolean;
}

/** Why a token was not saved, and what to do about it. */
export const tokenProblemView = (view: TokenProblemView) => {
  const { error, localizer, provider, isGone } = view;
  if (isTaken(error)) {
    return noticeView(
      localizer.text('providerToken.taken', { provider: provider?.name ?? '' }),
      localizer.text('providerToken.taken.advice'),
    );
  }
  if (error instanceof ApiError && error.code === 'limit_reached')
    return noticeView(localizer.text('providerToken.limit'), localizer.text('providerToken.limit.advice'));
  return isGone
    ? noticeView(localizer.text('conflict.gone'), localizer.text('providerToken.gone.advice'))
    : problemView(view);
};
