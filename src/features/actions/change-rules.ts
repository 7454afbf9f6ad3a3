import { dayText } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Instant, PartnerId, PersonId } from '../../core/ids.js';
import { type Action, labelOf, live, type Status } from './rules.js';

/** Everything that can happen to an action, and nothing else does: from which states, to which. */
export const changes = {
  accept: { from: ['proposed'], to: ['open'] },
  decline: { from: ['proposed'], to: ['declined'] },
  date: { from: ['proposed', 'open', 'blocked'], to: ['proposed', 'open'] },
  done: { from: ['open', 'blocked'], to: ['done'] },
  block: { from: ['open'], to: ['blocked'] },
  unblock: { from: ['blocked'], to: ['open'] },
  drop: { from: live, to: ['dropped'] },
  'hand-over': { from: live, to: ['proposed', 'open'] },
  'undo-record': { from: ['proposed', 'open'], to: ['dropped'] },
  'undo-accept': { from: ['open'], to: ['proposed'] },
  'undo-done': { from: ['done'], to: ['open', 'blocked'] },
  'undo-drop': { from: ['dropped'], to: live },
} as const satisfies Record<string, { readonly from: readonly Status[]; readonly to: readonly Status[] }>;

export type Verb = keyof typeof changes;

const OVER = 'Record a new action if something is left to do.';

const standing: Readonly<Record<Status, string>> = {
  proposed: 'is not accepted yet. Its owner accepts it, proposes another date or declines it first.',
  open: 'is accepted and open, so there is nothing to do here. Look at its newest card.',
  blocked: 'is blocked. Press Done, Another date or Not blocked any more on its newest card.',
  declined: 'was declined. Hand it over, or drop it.',
  done: `is done already. ${OVER}`,
  dropped: `was dropped. ${OVER}`,
};

/** @throws Refusal unless this may happen to the action as it stands */
export const checkChange = (action: Action, verb: Verb): void => {
  const from: readonly Status[] = changes[verb].from;
  if (!from.includes(action.status)) throw new Refusal(`not-${verb}`, `${labelOf(action)} ${standing[action.status]}`);
};

export interface By {
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly at: Instant;
}

export type Next = { readonly status: Status } & Partial<Pick<Action, 'reason' | 'owner' | 'ownerFor' | 'dueOn'>>;

/** The action after something happened to it. @throws Refusal for what may not happen to it */
export const changed = (action: Action, verb: Verb, by: By, next: Next): Action => {
  checkChange(action, verb);
  const to: readonly Status[] = changes[verb].to;
  if (!to.includes(next.status)) throw new Error(`${verb} does not make an action ${next.status}`);
  const { reason: _reason, statusWas: _status, reasonWas: _was, ...kept } = action;
  const { person, at } = by;
  const moved = next.dueOn !== undefined && next.dueOn !== action.dueOn;
  return {
    ...{ ...kept, ...next, changedBy: person, changedAt: at, statusWas: action.status },
    ...(action.reason !== undefined && { reasonWas: action.reason }),
    ...(moved && { dueWas: action.dueOn, dueBy: person }),
    ...(next.owner !== undefined && { givenBy: person, givenAt: at }),
  };
};

/** What is given to somebody of one's own company is open at once; somebody of another one accepts it first. */
export const statusFor = (ownerFor: PartnerId, by: Pick<By, 'partner'>): 'open' | 'proposed' =>
  ownerFor === by.partner ? 'open' : 'proposed';

/** With a day of their own the owner accepts; another company's day is proposed to them again. */
export const statusAfterDate = (action: Action, by: By): 'open' | 'proposed' => {
  if (by.person === action.owner) return 'open';
  return action.status === 'proposed' ? 'proposed' : statusFor(action.ownerFor, by);
};

/** How it stood before the last change. */
export const before = ({ statusWas, reasonWas }: Action): Next => ({
  status: statusWas ?? 'open',
  ...(reasonWas !== undefined && { reason: reasonWas }),
});

/** @throws Refusal when the button shows another day than the action has by now */
export const checkSeenDay = (action: Action, seen: string | undefined): void => {
  if (seen !== action.dueOn)
    throw new Refusal(
      'other-day',
      `${labelOf(action)} is due on ${dayText(action.dueOn)}, another day than this card shows. Look at it again, then accept it.`,
    );
};
