/* What people do to meetings that they know well, from planning them to what is said of their minutes. */
import { asc, desc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Answer, PressCall } from '../../src/core/platform.js';
import type { Subject } from '../../src/core/view.js';
import { runDueWakes } from '../../src/core/wakes.js';
import { meetingTables } from '../../src/features/meetings/tables.js';
import {
  internalSubject,
  itemSubject,
  minutesSubject,
  proposalSubject,
  subjectOf,
} from '../../src/features/meetings/views.js';
import { type House, lanes, people, type Who } from '../house/house.js';

const voters = ['ana', 'ben', 'bob', 'mei', 'jun'] as const satisfies readonly Who[];

export interface MeetingDeed {
  readonly who: number;
  readonly which: number;
  readonly what: number;
  readonly how: number;
}

const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];

const titles = ['Budget of the trial', 'Sites in Japan', '=SUM("Ü", x)', 'Papers, posters & talks'];

type Tables = ReturnType<typeof meetingTables>;
type MeetingRow = Tables['meetings']['$inferSelect'];
type ItemRow = Tables['items']['$inferSelect'];

interface At {
  readonly house: House;
  readonly one: MeetingDeed;
  readonly meeting: MeetingRow;
  readonly label: string;
  readonly items: readonly ItemRow[];
  readonly item: ItemRow | undefined;
  /** Whoever runs it, and anybody. */
  readonly chair: Who;
  readonly by: Who;
  readonly text: string;
}

/** Does what comes due by itself until now. */
export const ring = async ({ parts, derive, reconciler }: House): Promise<void> => {
  const { store, features, now, newId, log } = parts;
  await runDueWakes({ store, features, now, newId, log, derive, nudge: reconciler.nudge });
};

const tally = new Map<string, number>();
/** How often what was done, and not refused: a walk in which nothing happens would find nothing. */
export const doneSoFar: ReadonlyMap<string, number> = tally;

const took = (what: string, answer: Answer): Answer => {
  expect(answer.outcome, `${what}: ${JSON.stringify(answer.view)}`).not.toBe('failed');
  if (answer.outcome === 'done') tally.set(what, (tally.get(what) ?? 0) + 1);
  return answer;
};

const say = async ({ house }: Pick<At, 'house'>, by: Who, text: string, lane = false): Promise<void> => {
  const more = lane ? { conversation: lanes[people[by].platform] } : {};
  took(text.split(' ').slice(0, 2).join(' '), await house.say(by, text, more));
};

const press = async (
  { house }: At,
  by: Who,
  verb: string,
  subject: Subject,
  values: PressCall['values'] = {},
  lane = false,
): Promise<Answer> => {
  const more = lane ? { conversation: lanes[people[by].platform] } : {};
  return took(verb, await house.press(by, { interaction: `meetings.${verb}`, subject, values }, more));
};

type Doing = (at: At) => Promise<unknown>;

const onMeeting =
  (verb: string, values: (at: At) => PressCall['values'] = () => ({}), chairs = false): Doing =>
  (at) =>
    press(at, chairs ? at.chair : at.by, verb, subjectOf(at.meeting.id), values(at));

const onItem =
  (verb: string, values: (at: At) => PressCall['values'] = () => ({}), lane = false): Doing =>
  async (at) =>
    at.item && press(at, at.one.who % 2 === 0 ? at.chair : at.by, verb, itemSubject(at.item.id), values(at), lane);

const onMinutes =
  (verb: string, values: (at: At) => PressCall['values'] = () => ({})): Doing =>
  (at) =>
    press(at, at.by, verb, minutesSubject(at.meeting.id), values(at));

const onProposal =
  (verb: string, values: PressCall['values'] = {}): Doing =>
  async (at) => {
    const { proposals } = meetingTables(at.house.store.read);
    const rows = await at.house.store.read
      .select()
      .from(proposals)
      .where(eq(proposals.meetingId, at.meeting.id))
      .orderBy(desc(proposals.at), desc(proposals.id));
    const row = pick(rows, at.one.which);
    if (row) await press(at, at.by, verb, proposalSubject(row.id), values);
  };

const itemOf = ({ item }: At): Record<string, string> => (item ? { item: item.id } : {});
const currentOf = ({ meeting }: At): Record<string, string> => ({ item: meeting.itemId ?? 'none' });

const add: Doing = async (at) => {
  const { text, one } = at;
  const kind = pick(['decision', 'discussion', 'information'], one.how) ?? 'decision';
  const owner = pick(['@Ben Ito', '@Ana Ruiz', '@Jun Mori'], one.which) ?? '';
  const paper = one.how % 2 === 0 ? ' https://x.test/paper 12 pages' : '';
  await say(at, at.by, `meeting agenda add ${at.label} for ${kind}: ${text}? ${owner} 20 min${paper}`);
};

const uninvite: Doing = async (at) => {
  const { guests } = meetingTables(at.house.store.read);
  const [row] = await at.house.store.read.select().from(guests).orderBy(desc(guests.id));
  if (row) await press(at, at.by, 'uninvite', itemSubject(row.itemId), { guest: row.id });
};

const moved = (at: At): string => {
  const day = new Date(at.meeting.startsAt + (at.one.how + 1) * 86_400_000).toISOString().slice(0, 10);
  return `meeting move ${at.label} to ${day} 15:00${at.one.how > 4 ? ' all' : ''}`;
};

const move: Doing = async (at) => say(at, at.chair, moved(at));
const cancel: Doing = async (at) =>
  say(at, at.chair, `meeting ${at.one.how > 4 ? 'end' : 'cancel'} ${at.label} because ${at.text}`);
const undo: Doing = onMeeting('undo', ({ one }) => ({
  verb: pick(['scheduled', 'moved', 'series-moved', 'cancelled', 'series-ended'], one.how) ?? '',
}));
const note: Doing = (at) => say(at, at.by, `meeting note ${at.label} ${at.text} for us`, true);
const undoNote: Doing = async (at) => {
  const { notes } = meetingTables(at.house.store.read);
  const [row] = await at.house.store.read.select().from(notes).orderBy(desc(notes.at));
  if (row)
    await press(at, at.by, 'undo-note', internalSubject(row.partnerId as never, row.meetingId), { note: row.id }, true);
};

/** Everybody said that they come, and the clock goes to when it begins. */
const open: Doing = async (at) => {
  const { house, meeting } = at;
  if (at.one.how > 1) for (const who of voters) await press(at, who, 'coming', subjectOf(meeting.id));
  house.clock.at = Math.max(house.clock.at, meeting.startsAt);
  await ring(house);
  await press(at, at.chair, 'open', subjectOf(meeting.id));
};

const close: Doing = async (at) => {
  for (const made of ['0', '1', '2', '3', '4', '5']) {
    await press(at, at.chair, 'close-now', subjectOf(at.meeting.id), { made });
    const { meetings } = meetingTables(at.house.store.read);
    const [row] = await at.house.store.read.select().from(meetings).where(eq(meetings.id, at.meeting.id));
    if (row?.status !== 'open') return;
  }
};

const setHere: Doing = onMeeting('set-here', ({ one, items }) => ({
  person: pick(items, one.which)?.ownerId ?? '',
  here: one.how % 2 === 0 ? 'yes' : 'no',
}));

const meanwhile: Doing = async (at) => {
  const { one, text, house } = at;
  const at_ = house.clock.at % 1_000_000;
  await say(at, at.by, one.how % 2 === 0 ? `decision ${text} ${at_}` : `action me send ${text} ${at_} by next Friday`);
};

const later =
  (minutes: number): Doing =>
  async ({ house }) => {
    house.clock.at += minutes * 60_000;
    await ring(house);
  };

const planned: readonly Doing[] = [
  ...[add, add, add, add],
  ...[onItem('accept-item'), onItem('accept-item'), onItem('accept-item')],
  onItem('decline-item', ({ text }) => ({ reason: text })),
  onItem('remove-item'),
  onItem('undo-remove'),
  onItem('move-item', ({ one }) => ({ to: String((one.how % 3) + 1) })),
  onItem('change-item', (at) => ({
    ...{ kind: pick(['decision', 'discussion', 'information'], at.one.which) ?? '', title: `${at.text} again` },
    ...{ question: `${at.text} or not?`, owner: at.item?.ownerId ?? '', minutes: '15' },
  })),
  onItem('add-paper', ({ one }) => ({ link: `https://x.test/${one.how}`, pages: one.how % 2 === 0 ? '3' : '' })),
  onItem('invite-guest', ({ one }) => ({
    person: '',
    name: `Dr Kim ${one.how}`,
    company: one.which % 2 ? 'Kim & "Co"' : '',
  })),
  uninvite,
  onMeeting('keep', undefined, true),
  onMeeting('recuse', (at) => ({ ...itemOf(at), reason: at.text })),
  onMeeting('unrecuse', itemOf),
  ...[onMeeting('coming'), onMeeting('not-coming'), onMeeting('alternate')],
  onItem('aligned', undefined, true),
  onItem('not-yet', undefined, true),
  onItem('if', ({ text }) => ({ condition: text }), true),
  onItem('step', ({ text, one }) => ({ step: text, day: one.how % 2 === 0 ? 'in two weeks' : '' }), true),
  ...[note, note, undoNote, move, cancel, undo, open, open],
];

const opened: readonly Doing[] = [
  ...[onMeeting('next', currentOf, true), onMeeting('next', currentOf, true), onMeeting('next', currentOf, true)],
  onMeeting('park', currentOf, true),
  onMeeting('back', currentOf, true),
  onMeeting('undo-step', currentOf, true),
  ...[meanwhile, meanwhile, meanwhile, setHere, later(20)],
  onMeeting('recuse', (at) => ({ ...itemOf(at), reason: at.text })),
  onItem('aligned', undefined, true),
  onMeeting('undo-open', undefined, true),
  ...[close, close, close],
];

const held: readonly Doing[] = [
  ...[onMinutes('fine'), onMinutes('fine'), onMinutes('undo-fine')],
  onMinutes('propose-change', (at) => ({ item: at.item?.id ?? 'meeting', text: at.text })),
  onMinutes('propose-change', ({ text }) => ({ item: 'meeting', text })),
  ...[onProposal('take-change'), onProposal('take-change'), onProposal('leave-change', { reason: 'It was not so' })],
  ...[onMeeting('undo-close', undefined, true), later(9 * 24 * 60), later(5)],
];

const agreed: readonly Doing[] = [onMinutes('correct', ({ text }) => ({ text })), later(5)];

const doings: Readonly<Record<string, readonly Doing[]>> = { planned, open: opened, held, agreed, cancelled: [undo] };

const schedule = async (house: House, one: MeetingDeed): Promise<void> => {
  const day = new Date(house.clock.at + (8 + one.how) * 86_400_000).toISOString().slice(0, 10);
  const every = pick(['', ' every week', ' every month'], one.which) ?? '';
  await say(
    { house },
    one.who % 2 === 0 ? 'ana' : 'ben',
    `meeting schedule JSC ${day} 14:00 Zurich 90 min in room 4${every}`,
  );
  await ring(house);
};

/** The fewer there are, the more is scheduled; most is done to the one that is next. */
export const doToMeetings = async (house: House, one: MeetingDeed): Promise<void> => {
  const { meetings, items } = meetingTables(house.store.read);
  const rows = await house.store.read.select().from(meetings).orderBy(asc(meetings.startsAt), asc(meetings.number));
  const live = rows.filter(({ status }) => status === 'open' || status === 'planned' || status === 'held');
  const next = live.find(({ status }) => status === 'open') ?? live.find(({ status }) => status === 'held') ?? live[0];
  const meeting = one.which === 3 || !next ? pick(rows, one.how) : next;
  if (!meeting || (live.length < 2 && one.what % 7 === 0)) return schedule(house, one);
  const own = await house.store.read
    .select()
    .from(items)
    .where(eq(items.meetingId, meeting.id))
    .orderBy(asc(items.position), asc(items.id));
  house.clock.at += 1_000;
  const text = `${pick(titles, one.how) ?? ''} ${(house.clock.at / 1_000) % 100_000}`;
  const at: At = {
    ...{
      house,
      one,
      meeting,
      label: `M-${meeting.number}`,
      items: own,
      item: pick([...own].reverse(), one.which),
      text,
    },
    ...{ chair: one.who % 2 === 0 ? 'ana' : 'ben', by: pick(voters, one.who + one.what) ?? 'ana' },
  };
  await pick(doings[meeting.status] ?? [], one.what)?.(at);
};
