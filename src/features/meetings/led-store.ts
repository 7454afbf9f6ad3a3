/* What comes of a meeting, told to it: by records that were made from its items, and before those may be. */
import type { Read, Work } from '../../core/context.js';
import { sharedAudience } from '../../core/directory/audience.js';
import { listEntries } from '../../core/entries/entries.js';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId, PersonId } from '../../core/ids.js';
import type { Making } from '../../core/origins.js';
import type { Subject } from '../../core/view.js';
import { getItem } from './agenda-store.js';
import { renewMinutes } from './lock-store.js';
import { calledSo, findPlaced } from './made-store.js';
import { deleteReading, listReadings } from './minutes-store.js';
import { listRecusals } from './recusal-store.js';
import type { Meeting } from './rules.js';
import { findMeeting, getMeeting } from './store.js';
import { readKind, subjectOf } from './views.js';

const meetingOf = async (id: string, db: Read['db']): Promise<Meeting | undefined> => {
  const { kind, rest } = readKind(id);
  if (kind === '') return findMeeting(db, rest);
  return kind === 'item' ? (await findPlaced(db, rest))?.meeting : undefined;
};

/** Nobody's word stands under minutes that tell of more than they have read. */
const askAgain = async ({ id }: Meeting, work: Work): Promise<void> => {
  for (const { person } of await listReadings(work.db, id)) await deleteReading(work.db, id, person);
  await renewMinutes(id, work);
};

/** Notes on the meeting what was made from it or from one of its items, once: both companies read it there. */
export const noteMade = async (id: string, made: Subject, work: Work): Promise<void> => {
  const meeting = await meetingOf(id, work.db);
  if (!meeting) return;
  const [entry] = await listEntries(work.db, made.feature, [made.id], await sharedAudience(work.db, work.alliance));
  if (!entry) return;
  const subject = subjectOf(meeting.id);
  const told = (await work.history(subject)).some(
    ({ verb, detail }) => verb === 'led-to' && detail.made === made.id && detail.from === id,
  );
  if (told) return;
  await work.record(subject, 'led-to', { from: id, feature: made.feature, made: made.id, label: entry.label });
  if (meeting.status === 'held') await askAgain(meeting, work);
};

/** See `Feature.recused`: the item that somebody is recused from, as all call it. */
export const recusedFrom = async (id: string, person: PersonId, { db }: Pick<Read, 'db'>) => {
  const { kind, rest } = readKind(id);
  const recused = kind === 'item' && (await listRecusals(db, [rest])).some((one) => one.person === person);
  return recused ? calledSo(db, kind, rest) : undefined;
};

/** @throws Refusal for somebody who takes no part in deciding an item */
const checkTakesPart = async (id: string, { actor }: Making, read: Read): Promise<void> => {
  const called = await recusedFrom(id, actor.person, read);
  if (called === undefined) return;
  throw new Refusal('recused', `You are recused from ${called}: somebody else of ${actor.partner.name} decides on it.`);
};

/** See `Feature.source`. @throws Refusal for a decision by somebody who is recused from the item */
export const sourceOf = async (id: string, making: Making, read: Read): Promise<CommitteeId | undefined> => {
  const { db } = read;
  const { kind, rest } = readKind(id);
  const { audience, feature } = making;
  const item = kind === 'item' ? await getItem(db, rest, audience) : undefined;
  if (kind !== '' && !item) return undefined;
  if (item && feature === 'decisions') await checkTakesPart(id, making, read);
  const meeting = await getMeeting(db, item?.meeting ?? rest, audience);
  // Once the minutes are agreed, nothing more comes of a meeting.
  return meeting?.status === 'open' || meeting?.status === 'held' ? meeting.committee : undefined;
};
