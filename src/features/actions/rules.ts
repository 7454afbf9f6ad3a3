import { z } from 'zod';
import type { Committee, Partner, Seat } from '../../core/context.js';
import { daysAfter, dayText } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId, Day, Instant, PartnerId, PersonId } from '../../core/ids.js';
import { isSeen } from '../../core/naming.js';
import { listNames } from '../../core/sentences.js';
import type { Visibility } from '../../core/visibility.js';

export const statuses = ['proposed', 'open', 'blocked', 'declined', 'done', 'dropped'] as const;

export type Status = (typeof statuses)[number];

/** A commitment: a result, one owner, a day. */
export interface Action {
  readonly id: string;
  readonly number: number;
  readonly committee: CommitteeId;
  /** Whose alone it is; empty when all partners share it. */
  readonly visibility: Visibility;
  readonly text: string;
  readonly status: Status;
  /** Why it is blocked, declined or dropped. */
  readonly reason?: string;
  readonly owner: PersonId;
  readonly ownerFor: PartnerId;
  /** Who gave it to its owner, and when. */
  readonly givenBy: PersonId;
  readonly givenAt: Instant;
  readonly dueOn: Day;
  /** The day before it was changed the last time, and who did that. */
  readonly dueWas?: Day;
  readonly dueBy?: PersonId;
  readonly recordedBy: PersonId;
  readonly recordedFor: PartnerId;
  readonly recordedAt: Instant;
  readonly link?: string;
  /** When the message was written that it was taken from. */
  readonly saidAt?: Instant;
  /** The last change since it was recorded, and how it stood before. */
  readonly changedBy?: PersonId;
  readonly changedAt?: Instant;
  readonly statusWas?: Status;
  readonly reasonWas?: string;
}

/** Those that somebody still has to do something about. */
export const live = ['proposed', 'open', 'blocked', 'declined'] as const satisfies readonly Status[];
/** Those that their owner has taken on. */
export const owed = ['open', 'blocked'] as const satisfies readonly Status[];

export const isLive = (status: Status): boolean => live.some((one) => one === status);

/** Internal actions count by themselves, as internal decisions do. */
export const labelOf = ({ number, visibility }: Pick<Action, 'number' | 'visibility'>): string =>
  visibility ? `IA-${number}` : `A-${number}`;

const FARTHEST_DAYS = 3_660;

export const DAY_EXAMPLES = "Write it like 'by Friday', 'by 12 Apr' or 'in two weeks'.";

/** @throws Refusal for a day that is over, or so far away that the year must be wrong */
export const checkDue = (dueOn: Day, today: Day): void => {
  if (dueOn < today)
    throw new Refusal('past', `${dayText(dueOn)} is over. Choose a day from today on, such as 'by Friday'.`, 'due');
  if (dueOn > daysAfter(today, FARTHEST_DAYS))
    throw new Refusal('too-far', `${dayText(dueOn)} is more than ten years away. Check the year.`, 'due');
};

/** @throws Refusal when nothing would change */
export const checkOtherDay = (action: Action, dueOn: Day): void => {
  if (dueOn === action.dueOn)
    throw new Refusal(
      'unchanged',
      `${labelOf(action)} is due on ${dayText(dueOn)} already. Choose another day, or close the form.`,
      'due',
    );
};

const MOST_NAMED = 12;

/** 'On the JSC sit Ana Ruiz and Ben Ito.' */
export const whoSits = (seats: readonly Seat[], key: string): string => {
  const names = seats.slice(0, MOST_NAMED).map(({ personName }) => personName);
  const more = seats.length - names.length;
  if (names.length === 0) return `Nobody sits on the ${key} yet; an alliance professional seats people with 'seat'.`;
  return `On the ${key} ${seats.length > 1 ? 'sit' : 'sits'} ${listNames(more > 0 ? [...names, `${more} more`] : names)}.`;
};

/** Who may own an action: those with a seat, of an internal one its company's. */
export const eligible = (seats: readonly Seat[], visibility: Visibility): readonly Seat[] =>
  visibility ? seats.filter(({ partner }) => partner === visibility) : seats;

/** @throws Refusal for somebody without a seat on the committee */
export const checkOwner = (
  person: PersonId,
  name: string,
  { committee, seats }: { readonly committee: Committee; readonly seats: readonly Seat[] },
): Seat => {
  const seat = seats.find((one) => one.person === person);
  if (seat) return seat;
  throw new Refusal(
    'no-seat',
    `${name} has no seat on the ${committee.key}, so they cannot own its action. ${whoSits(seats, committee.key)}`,
    'owner',
  );
};

/** @throws Refusal when it is theirs already */
export const checkOtherOwner = (action: Action, owner: PersonId, name: string): void => {
  if (owner === action.owner && action.status !== 'declined')
    throw new Refusal('unchanged', `${labelOf(action)} is ${name}’s already. Choose somebody else.`, 'owner');
};

/** @throws Refusal for a committee that is closed */
export const checkCommitteeOpen = ({ key, closedAt }: Committee): void => {
  if (closedAt !== undefined)
    throw new Refusal('closed', `The ${key} is closed, and nothing is added. What it recorded stays as it is.`);
};

/**
 * Whose alone a form's action is: what the form said holds, so that nobody else ever reads what was written in it.
 * @throws Refusal when others would read it than the form said
 */
export const visibilityOfForm = (said: string | undefined, here: Visibility, own: PartnerId): Visibility => {
  if (said === own) return own;
  if (said === undefined || said === here) return here;
  throw new Refusal(
    'other-readers',
    'Who would see this has changed since the form was opened, so nothing was recorded. Copy what you wrote and open the form again.',
  );
};

export const textLimits = { text: 1_000, reason: 1_000, due: 60 } as const;

/** Trimmed; nothing where a reader would see nothing. */
const seen = (text: string): string => (isSeen(text) ? text.trim() : '');

const written = (what: string, max: number, missing: string) =>
  z
    .string(missing)
    .transform(seen)
    .refine((text) => text !== '', missing)
    .refine(
      (text) => [...text].length <= max,
      `${what} fits in ${max.toLocaleString('en')} characters. Shorten it and link to the paper that holds the rest.`,
    );

/** @throws Refusal for more than any day is, which may come from elsewhere than from the form */
export const checkDayLength = (said: string): string => {
  if (said.length <= textLimits.due) return said;
  throw new Refusal('no-day', `Entente cannot read this as a day. ${DAY_EXAMPLES}`, 'due');
};

export const textSchema = written('An action', textLimits.text, 'Say what will be done.');

export const reasonSchema = written('The reason', textLimits.reason, 'Say why.');

/** Where a message stands that an action was taken from. It comes back from a form, so it may be anything. */
export const linkSchema = z.url({ protocol: /^https?$/ }).max(1_000);

export const statusWords: Readonly<Record<Status, string>> = {
  ...{ proposed: 'Proposed', open: 'Open', blocked: 'Blocked', declined: 'Declined', done: 'Done', dropped: 'Dropped' },
};

export const partnerNamed = (partners: readonly Partner[], id: PartnerId): string =>
  partners.find((partner) => partner.id === id)?.name ?? 'a former partner';
