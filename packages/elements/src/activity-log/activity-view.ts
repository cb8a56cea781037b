import type { Activity } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { agoText } from '../locales/dates.js';
import type { activity } from '../locales/en/activity.js';
import type { ListId, Localizer } from '../locales/localizer.js';
import { instantView, pastTimeView } from '../views/timestamp.js';

export type ActivityLocalizer = Localizer<ListId | keyof typeof activity>;
export type ActivityColumn = 'what' | 'who' | 'when' | 'source';

/** Where people say why, in words of their own. */
const reasons: Partial<Record<string, string>> = { 'api_key.revoked': 'reason', 'credential.leased': 'purpose' };

/** The action of an entry. A failed one may have no target. */
const sentenceFor = ({ action, subject, detail }: Activity, localizer: ActivityLocalizer): string => {
  const sentence = localizer.term('activity.action', action, { name: subject?.name ?? detail.provider ?? '–' });
  return sentence === action ? localizer.text('activity.unknown', { action }) : sentence;
};

const whatView = (entry: Activity, userId: string, localizer: ActivityLocalizer) => {
  const { action, outcome, owner, detail, count = 1 } = entry;
  const more = [
    count > 1 && localizer.counted('activity.times', count),
    owner && owner.id !== userId && localizer.text('activity.of', { owner: owner.name }),
    detail[reasons[action] ?? ''],
    action === 'mail.refused' && detail.reason?.startsWith('SMTPUTF8') && localizer.text('activity.mailAddress'),
  ].filter((line) => line);
  return html`<bdi>${sentenceFor(entry, localizer)}</bdi> ${
    outcome === 'done'
      ? nothing
      : html`<span class="badge danger" part="outcome"
          >${localizer.text(outcome === 'internal' ? 'activity.failed' : 'activity.refused')}</span
        >`
  }${more.map((line) => html`${' '}<span class="muted more"><bdi>${line}</bdi></span>`)}`;
};

const whenView = ({ at, lastAt }: Activity, localizer: ActivityLocalizer) =>
  html`${pastTimeView(at, localizer)}${
    lastAt
      ? html`${' '}<span class="muted more">${instantView(
          lastAt,
          localizer,
          localizer.text('activity.last', { when: agoText(lastAt, localizer) }),
        )}</span>`
      : nothing
  }`;

const actorText = ({ actor, source }: Activity, localizer: ActivityLocalizer): string => {
  if (!actor) return localizer.text(source ? 'activity.nobody' : 'activity.server');
  return actor.kind === 'key' ? localizer.text('activity.key', { name: actor.name }) : actor.name;
};

/** The cell of an entry in a column, for the person with this id. */
export const activityCellView = (
  column: ActivityColumn,
  entry: Activity,
  userId: string,
  localizer: ActivityLocalizer,
) => {
  switch (column) {
    case 'what':
      return whatView(entry, userId, localizer);
    case 'who':
      return actorText(entry, localizer);
    case 'when':
      return whenView(entry, localizer);
    case 'source':
      return html`<span class="mono">${entry.source}</span>`;
  }
};
