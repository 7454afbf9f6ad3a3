import type { Actor, Audience, Read, Work } from '../../core/context.js';
import type { Tx } from '../../core/db/store.js';
import type { Feature, Waiting } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import type { Subject } from '../../core/view.js';
import { mergeItems } from './agenda-store.js';
import { agendaWaits, ownedItems } from './agenda-waiting-views.js';
import { aheadOf, pendingOf } from './ahead-commands.js';
import { countdownAlarms } from './alarm-store.js';
import { forgetAnswersOf, mergeAttendance } from './attendance-store.js';
import { meetingKind } from './card-views.js';
import { meetingCommands } from './commands.js';
import { placeKey } from './document-interactions.js';
import { deleteDocumentsOf, forgetPlace as forgetDocumentPlace, mergeDocuments } from './document-store.js';
import { documentKind } from './document-views.js';
import { dumpMeetings } from './dump-store.js';
import { waitingDuties } from './duty-views.js';
import { getEntry } from './entry-store.js';
import { listEvents } from './event-store.js';
import { deleteFilesOf, forgetPlace as forgetFilePlace, mergeFiles } from './file-store.js';
import { fileKind, newSeriesItem, seriesKind } from './file-views.js';
import { clearGuestNames, mergeGuests } from './guest-store.js';
import { meetingVerbs } from './history-views.js';
import { hourKind } from './hour-views.js';
import { meetingInteractions } from './interactions.js';
import { internalKind } from './internal-views.js';
import { itemKind } from './item-views.js';
import { noteMade, recusedFrom, sourceOf } from './led-store.js';
import { lockAlarm } from './lock-store.js';
import { calledSo } from './made-store.js';
import { mergeReaders } from './minutes-store.js';
import { minutesKind } from './minutes-views.js';
import { eraseNotes, mergeNotes } from './note-store.js';
import { dutiesKind } from './nudge-views.js';
import { planKind } from './plan-views.js';
import { erasePositions, mergePositions } from './position-store.js';
import { restorePrepared } from './prepared-store.js';
import { deleteQuiet, mergeQuiet } from './quiet-store.js';
import { proposalKind } from './reading-views.js';
import { clearReasonsOf, mergeRecusals } from './recusal-store.js';
import { restoreMeetings } from './restore-store.js';
import { ringSeries, tellSeries } from './series-store.js';
import { defineMeetings, findMeeting, findOpenMeeting } from './store.js';
import { unclosedKind } from './unclosed-store.js';
import { openChanges, unreadMinutes } from './unread-views.js';
import { listUntaken } from './untaken-store.js';
import { verifyMeetings } from './verify-store.js';
import {
  documentSubject,
  fileSubject,
  internalSubject,
  itemSubject,
  minutesSubject,
  readKind,
  type SubjectKind,
  subjectOf,
} from './views.js';

/** What its subjects are, by the word before their ids. */
const kinds: Readonly<Record<string, SubjectKind>> = {
  '': meetingKind,
  item: itemKind,
  plan: planKind,
  hour: hourKind,
  unclosed: unclosedKind,
  internal: internalKind,
  duties: dutiesKind,
  minutes: minutesKind,
  proposal: proposalKind,
  document: documentKind,
  calendar: seriesKind,
  invite: fileKind,
};

/** What its alarms do and were for, by the word before what they are about. */
interface Alarm {
  ring(rest: string, work: Work): Promise<void>;
  tell(rest: string, read: Read): Promise<string | undefined>;
}

const alarms: Readonly<Record<string, Alarm>> = {
  series: { ring: ringSeries, tell: tellSeries },
  ...countdownAlarms,
  lock: lockAlarm,
  document: { ring: (id, { db }) => forgetDocumentPlace(db, id), tell: async () => undefined },
  invite: { ring: (id, { db }) => forgetFilePlace(db, id), tell: async () => undefined },
};

type Waits = (actor: Actor, read: Read, audience: Audience) => Promise<readonly Waiting[]>;

/** Each new series once, until it is in their calendar. */
const newSeries: Waits = async (actor, read) =>
  (await listUntaken(actor, read)).map(({ series, committee, tellOn }) => newSeriesItem(series, committee, tellOn));

const waits: readonly Waits[] = [agendaWaits, waitingDuties, unreadMinutes, openChanges, newSeries];

/** What each noun does when two people are one. */
type Merges = (kept: PersonId, gone: PersonId, tx: Tx) => Promise<void>;

const merges: readonly Merges[] = [
  mergeItems,
  mergePositions,
  mergeNotes,
  mergeReaders,
  mergeFiles,
  mergeAttendance,
  mergeRecusals,
  mergeGuests,
  mergeDocuments,
  mergeQuiet,
];

/** What each noun lets go of when somebody is forgotten. */
type Erases = (person: PersonId, work: Work) => Promise<readonly Subject[]>;

const eraseInternal: Erases = async (person, { db, alliance }) => {
  const read = [...(await erasePositions(person, alliance, db)), ...(await eraseNotes(person, alliance, db))];
  return read.map(({ partner, meeting }) => internalSubject(partner, meeting));
};

const eraseDocuments: Erases = async (person, work) => {
  const ids = await deleteDocumentsOf(work.db, work.alliance, person);
  for (const id of ids) await work.cancelWake(placeKey(id));
  return ids.map(documentSubject);
};

const eraseFiles: Erases = async (person, work) => {
  const ids = await deleteFilesOf(work.db, work.alliance, person);
  for (const id of ids) await work.cancelWake(`invite:${id}`);
  return ids.map(fileSubject);
};

const eraseAnswers: Erases = async (person, { db, alliance }) => {
  const ids = [...(await forgetAnswersOf(db, alliance, person)), ...(await clearReasonsOf(db, alliance, person))];
  return [...new Set(ids)].map(subjectOf);
};

const eraseQuiet: Erases = async (person, { db, alliance }) => {
  await deleteQuiet(db, alliance, person);
  return [];
};

const eraseGuest: Erases = async (person, { db, alliance, directory }) => {
  const name = (await directory.names([person])).get(person);
  if (name === undefined) return [];
  const companies = (await directory.partners(alliance)).map((company) => company.name);
  return [...new Set(await clearGuestNames(db, alliance, { person, name, companies }))].map(subjectOf);
};

const erases: readonly Erases[] = [eraseInternal, eraseDocuments, eraseFiles, eraseAnswers, eraseQuiet, eraseGuest];

export const meetings: Feature = {
  name: 'meetings',
  tables: defineMeetings,
  commands: meetingCommands,
  interactions: meetingInteractions,
  async present(id, read, audience) {
    const { kind, rest } = readKind(id);
    return kinds[kind]?.present?.(rest, read, audience);
  },
  async about(id, read, audience) {
    const { kind, rest } = readKind(id);
    return kinds[kind]?.about?.(rest, read, audience);
  },
  entry: (id, read) => getEntry(id, read),
  verbs: meetingVerbs,
  pending: pendingOf,
  ahead: aheadOf,
  dump: dumpMeetings,
  restoring: [restoreMeetings, restorePrepared],
  verify: verifyMeetings,
  async waiting(actor, read, audience) {
    const waiting: Waiting[] = [];
    for (const waitsFor of waits) waiting.push(...(await waitsFor(actor, read, audience)));
    return waiting;
  },
  leaves: ownedItems,
  async merged(kept, gone, tx) {
    for (const merge of merges) await merge(kept, gone, tx);
  },
  async wake(key, work) {
    const { kind, rest } = readKind(key);
    await alarms[kind]?.ring(rest, work);
  },
  async alarm(key, read) {
    const { kind, rest } = readKind(key);
    return alarms[kind]?.tell(rest, read);
  },
  async erase(person, work) {
    const erased: Subject[] = [];
    for (const erase of erases) erased.push(...(await erase(person, work)));
    return erased;
  },
  events: (actor, read, audience) => listEvents(actor, read, audience),
  async shownBy(id, verb, { db, directory }) {
    const meeting = readKind(id).kind === '' ? await findMeeting(db, id) : undefined;
    // Where one company stands is shown on no other company's own card, and must not stir it.
    if (!meeting || verb === 'readiness') return [];
    const companies = await directory.partners(meeting.alliance);
    return [minutesSubject(id), ...companies.map((company) => internalSubject(company.id, id))];
  },
  led: noteMade,
  source: sourceOf,
  recused: recusedFrom,
  async called(id, { db }) {
    const { kind, rest } = readKind(id);
    return calledSo(db, kind, rest);
  },
  async occasion(committee, read) {
    const open = await findOpenMeeting(read.db, committee);
    if (!open) return undefined;
    return open.item ? itemSubject(open.item.id) : subjectOf(open.id);
  },
};
