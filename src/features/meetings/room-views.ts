/* The running agenda: where the room is, what comes next, who decides and who listens. */
import { dayText } from '../../core/days.js';
import { spellSubject } from '../../core/origins.js';
import { cut, shorten } from '../../core/sentences.js';
import type { Button, Fact } from '../../core/view.js';
import { questionBelow } from './agenda-draft-rules.js';
import { type Item, isInRoom } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { quorumOf, votesOf } from './attendance-rules.js';
import { listAttendance } from './attendance-store.js';
import {
  byCompany,
  guestTexts,
  type Naming,
  namingOf,
  quorumText,
  seatsOn,
  shortList,
  voteText,
} from './attendance-views.js';
import { listGuests } from './guest-store.js';
import { listMadeFrom, listMadeIn } from './made-store.js';
import { listRecusals } from './recusal-store.js';
import { recusalText } from './recusal-views.js';
import {
  itemAfter,
  NO_ITEM,
  numberIn,
  phaseOf,
  type Room,
  roomOf,
  sinceOpened,
  spentOn,
  timeText,
} from './room-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { findLastHeld } from './store.js';
import { type DrawPart, itemSubject, type Looking, subjectOf } from './views.js';

/** A whole question. */
const TEXT_MAX = 300;
const REASON_MAX = 100;
/** Buttons carry about 2,000 characters. */
const QUESTION_MAX = 500;
const SHOWN = 5;

const lookAtRoom = async (meeting: Meeting, { read, audience }: Looking): Promise<Room> =>
  roomOf(meeting, (await listItems(read.db, meeting.id, audience)).filter(isInRoom));

const askedOf = ({ question, title }: Item): string => question ?? title;

const headOf = (room: Room, item: Item): string =>
  `Item ${numberIn(room, item)} of ${room.agenda.length} · ${shorten(askedOf(item), TEXT_MAX)}`;

/** 'A-27 Send the protocol, Jun Mori, due Fri 12 Dec 2026', of what came of the last meeting and is still owed. */
const openFromLast = async (meeting: Meeting, { read, audience }: Looking): Promise<readonly string[]> => {
  const last = await findLastHeld(read.db, meeting.committee);
  if (!last) return [];
  const made = await listMadeIn(read.db, last, await listItems(read.db, last.id, audience), audience);
  const owed = made.map(({ entry }) => entry).filter(({ live, owner }) => live && owner !== undefined);
  const name = await namingOf(
    read,
    owed.map(({ owner }) => owner),
  );
  const lines = owed.map(({ label, title, owner, dueOn }) =>
    [
      `${label} ${shorten(title, 80)}`,
      ...(owner ? [name(owner)] : []),
      ...(dueOn ? [`due ${dayText(dueOn)}`] : []),
    ].join(', '),
  );
  return lines.length > SHOWN ? [...lines.slice(0, SHOWN), `and ${lines.length - SHOWN} more`] : lines;
};

const paperText = ({ paper }: Item): string | undefined => {
  if (!paper) return undefined;
  const pages = paper.pages === undefined ? '' : `, ${paper.pages} pages`;
  return `${paper.link} (version ${paper.version}${pages})`;
};

const factIf = (label: string, text: string | undefined): readonly Fact[] =>
  text === undefined || text === '' ? [] : [{ label, text }];

const itemFacts = async (room: Room, item: Item, looking: Looking): Promise<readonly Fact[]> => {
  const { read, audience } = looking;
  const recusals = await listRecusals(read.db, [item.id]);
  const guests = (await listGuests(read.db, [item.id])).get(item.id) ?? [];
  const name = await namingOf(read, [
    item.owner,
    ...recusals.map(({ person }) => person),
    ...guests.map((one) => one.person),
  ]);
  const made = await listMadeFrom(read.db, [itemSubject(item.id).id], audience);
  const live = made.map(({ entry }) => entry).filter((entry) => entry.live);
  const labels = (decided: boolean): string =>
    live
      .filter(({ subject }) => (subject.feature === 'decisions') === decided)
      .map(({ label }) => label)
      .join(', ');
  const called = guests.map((one) => (one.person === undefined ? one.name : name(one.person)) ?? 'somebody');
  return [
    { label: 'Now', text: headOf(room, item) },
    ...factIf('About', questionBelow(item) === undefined ? undefined : shorten(item.title, TEXT_MAX)),
    { label: 'Owner', text: name(item.owner) },
    ...factIf('Paper', paperText(item)),
    ...factIf('Guests', called.join(', ')),
    ...factIf('Recused', shortList(recusals.map((one) => shorten(recusalText(one, name), REASON_MAX)))),
    ...factIf('Decided', labels(true)),
    ...factIf('Actions', labels(false)),
  ];
};

const startFacts = async (room: Room, looking: Looking): Promise<readonly Fact[]> => {
  if (phaseOf(room) === 'end' && room.agenda.length > 0) return [{ label: 'Now', text: 'All items are done' }];
  const lines = await openFromLast(room.meeting, looking);
  const text = lines.length === 0 ? ' none' : `\n${lines.join('\n')}`;
  return [{ label: 'Now', text: `Open actions from last time:${text}` }];
};

const timeFact = ({ meeting, at }: Room, looking: Looking): Fact => {
  const { now } = looking.read;
  const whole = `meeting ${timeText(sinceOpened(meeting, now), meeting.minutes)}`;
  const text = at ? `${timeText(spentOn(at, meeting, now), at.minutes)} · ${whole}` : whole;
  return { label: 'Time', text };
};

const nextFact = (room: Room): readonly Fact[] => {
  const next = itemAfter(room);
  return next
    ? [{ label: 'Next', text: `Item ${numberIn(room, next)} · ${shorten(next.title, TEXT_MAX)}, ${next.minutes} min` }]
    : [];
};

/** Its buttons name interactions of other features: they open those features' forms, filled in from the item. */
const recordButtons = ({ meeting, at }: Room): readonly Button[] => {
  const { committee } = meeting;
  const from = spellSubject(at ? itemSubject(at.id) : subjectOf(meeting.id));
  const decided: Button = {
    ...{ id: 'decisions.begin', label: 'Decided', style: 'primary', opensWindow: true },
    carry: { text: at ? cut(askedOf(at), QUESTION_MAX) : '', committee, meeting: labelOf(meeting), from },
  };
  const action: Button = { id: 'actions.begin', label: 'Action', opensWindow: true, carry: { committee, from } };
  return at?.kind === 'decision' ? [decided, action] : [action];
};

const moveButtons = ({ meeting, agenda, at }: Room): readonly Button[] => {
  const subject = subjectOf(meeting.id);
  const carry = { item: at?.id ?? NO_ITEM };
  const left = agenda.some(({ status }) => status === 'accepted');
  return [
    ...(at ? [{ id: 'meetings.park', label: 'Park', subject, carry } satisfies Button] : []),
    ...(at || left ? [{ id: 'meetings.next', label: 'Next', subject, carry } satisfies Button] : []),
    ...(at || (agenda.length > 0 && !left)
      ? [{ id: 'meetings.back', label: 'Back', subject, carry } satisfies Button]
      : []),
    ...(at || !left
      ? []
      : [{ id: 'meetings.here', label: 'Who is here', subject, opensWindow: true } satisfies Button]),
    { id: 'meetings.close', label: 'Close meeting', subject },
  ];
};

export const roomPart: DrawPart = async (meeting, looking) => {
  const room = await lookAtRoom(meeting, looking);
  const { at } = room;
  const now = at ? await itemFacts(room, at, looking) : await startFacts(room, looking);
  return {
    facts: [...now, timeFact(room, looking), ...nextFact(room)],
    buttons: [...recordButtons(room), ...moveButtons(room)],
  };
};

const listeners = (
  meeting: Meeting,
  deciding: ReadonlySet<string>,
  attendance: Awaited<ReturnType<typeof listAttendance>>,
  name: Naming,
): readonly string[] =>
  meeting.status === 'planned'
    ? []
    : attendance.filter(({ person, present }) => present && !deciding.has(person)).map(({ person }) => name(person));

/** Who decides and who listens, by name: it stands there as long as the meeting is open. */
export const decidingPart: DrawPart = async (meeting, looking) => {
  const { read, partners, committee } = looking;
  const room = await lookAtRoom(meeting, looking);
  const seats = await seatsOn(meeting, read);
  const attendance = await listAttendance(read.db, meeting.id);
  const items = room.agenda.map(({ id }) => id);
  const guests = [...(await listGuests(read.db, items)).values()].flat();
  const recused = room.at ? (await listRecusals(read.db, [room.at.id])).map(({ person }) => person) : [];
  const name = await namingOf(
    read,
    [...seats, ...attendance, ...guests].map(({ person }) => person),
  );
  const votes = votesOf(seats, attendance, true).filter(({ person }) => !recused.includes(person));
  const deciding = new Set<string>(votes.map(({ person }) => person));
  const listening = [...listeners(meeting, deciding, attendance, name), ...guestTexts(guests, items, name)];
  const shares = quorumOf({ seats, attendance, partners, quorum: committee.quorum, begun: true, recused });
  const named = votes.map((vote) => ({ partner: vote.partner, text: voteText(vote, name) }));
  return {
    facts: [
      { label: 'Decides', text: byCompany(named, partners) || 'Nobody with a vote is here' },
      ...factIf('Listens', shortList(listening)),
      { label: 'Quorum', text: quorumText(shares, name) },
    ],
  };
};
