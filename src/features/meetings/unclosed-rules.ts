/* What may be said of a meeting whose end has passed. Pure. */
import { Refusal } from '../../core/errors.js';
import type { Instant, PersonId } from '../../core/ids.js';
import { labelOf, type Meeting, statusWords } from './rules.js';

/** @throws Refusal unless it is open */
export const checkStillOpen = (meeting: Meeting): void => {
  if (meeting.status === 'open') return;
  const label = labelOf(meeting);
  throw new Refusal(
    'not-open',
    meeting.status === 'planned'
      ? `${label} was never opened. Say 'meeting open' to begin it now, or press It took place.`
      : `${label} is over: ${statusWords[meeting.status].toLowerCase()}. Nothing has changed.`,
  );
};

/**
 * A meeting that nobody opened, as one that began when it was planned to: what the room decided is recorded now, and then
 * it is closed. `other` is the meeting that the committee is in. @throws Refusal
 */
export const openedLate = (
  meeting: Meeting,
  other: Meeting | undefined,
  { person, now }: { readonly person: PersonId; readonly now: Instant },
): Meeting => {
  const label = labelOf(meeting);
  if (meeting.status !== 'planned')
    throw new Refusal(
      'wrong-time',
      `${label} is ${statusWords[meeting.status].toLowerCase()} already. Nothing has changed.`,
    );
  if (meeting.startsAt > now)
    throw new Refusal('wrong-time', `${label} was moved and is still to come. Say 'meeting' to see when.`);
  if (other)
    throw new Refusal('open-already', `${labelOf(other)} is open just now. Close it first, then press this again.`);
  return { ...meeting, status: 'open', openedAt: meeting.startsAt, openedBy: person };
};
