/* Minutes on a card, and on the card of their meeting. */
import type { Audience, Committee, Partner, Read } from '../../core/context.js';
import { dayOf, dayText } from '../../core/days.js';
import type { PersonId } from '../../core/ids.js';
import { nameIn, seenLine, shorten } from '../../core/sentences.js';
import { type Button, type Fact, type InteractionId, notice, type RecordView, type Text } from '../../core/view.js';
import { actionsIn, decidedIn, type Minutes, namedIn, type Outcome } from './draft-rules.js';
import { attendeesOf, fineOf, type Kept, type Present, quorumIn } from './minutes-rules.js';
import { findMinutes } from './outcome-store.js';
import { labelOf, type Meeting, statusWords } from './rules.js';
import { getMeeting } from './store.js';
import { type DrawPart, minutesSubject, type SubjectKind, subjectOf } from './views.js';

/** What every picture of minutes needs besides them. */
export interface Around {
  readonly committee: Committee;
  readonly partners: readonly Partner[];
  readonly names: ReadonlyMap<PersonId, string>;
}

export const aroundOf = async (minutes: Minutes, { directory }: Read): Promise<Around | undefined> => {
  const { meeting } = minutes;
  const committee = await directory.committee(meeting.committee);
  if (!committee) return undefined;
  const partners = await directory.partners(meeting.alliance);
  return { committee, partners, names: await directory.names([...new Set(namedIn(minutes))]) };
};

/** 'Minutes · JSC · Fri 11 Dec 2026' */
export const minutesTitle = ({ startsAt, zone }: Meeting, { key }: Committee): string =>
  `Minutes · ${key} · ${dayText(dayOf(startsAt, zone))}`;

export const companyIn = ({ partners }: Around, partner: string): string =>
  partners.find(({ id }) => id === partner)?.name ?? 'a former company';

/** 'Mei Sato for Jun Mori' */
export const presentName = ({ person, standsFor }: Present, { names }: Around): string =>
  standsFor === undefined ? nameIn(names, person) : `${nameIn(names, person)} for ${nameIn(names, standsFor)}`;

const few = (all: readonly string[], most: number): string =>
  all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${all.length - most} more`;

const NAMES = 8;

/** 'Acme Bio: Ana Ruiz, Bob Brown · Nova Pharma: nobody' */
export const byCompany = (room: readonly Present[], around: Around, most = NAMES): string =>
  around.partners
    .map(({ id, name }) => {
      const own = room.filter(({ partner }) => partner === id).map((one) => presentName(one, around));
      return `${name}: ${own.length > 0 ? few(own, most) : 'nobody'}`;
    })
    .join(' · ');

/** 'Met: Acme Bio 2, Nova Pharma 1 with a vote' */
export const quorumText = (kept: Kept, { partners }: Around): string => {
  const { met, needed, votes } = quorumIn(kept, partners);
  const counted = votes.map(({ partner, here }) => `${partner.name} ${here}`).join(', ');
  return met ? `Met: ${counted} with a vote` : `Not met: ${counted} with a vote, ${needed} of each needed`;
};

/** 'Acme Bio 2 of 2 · Nova Pharma 1 of 2' */
export const fineText = ({ kept, readings }: Minutes, { partners }: Around): string => {
  const [asked, fine] = [attendeesOf(kept), fineOf(kept, readings)];
  const of = (all: readonly Present[], id: string): number => all.filter(({ partner }) => partner === id).length;
  return partners.map(({ id, name }) => `${name} ${of(fine, id)} of ${of(asked, id)}`).join(' · ');
};

const LISTED = 3;
const TITLE = 60;

const outcomeNames = (all: readonly Outcome[]): string =>
  few(
    all.map(({ label, title }) => `${label} ${shorten(title, TITLE)}`),
    LISTED,
  );

export const openIn = ({ proposals }: Minutes) => proposals.filter(({ status }) => status === 'open');

const lockText = ({ kept, meeting, ...minutes }: Minutes, now: number): Text => {
  const open = openIn({ ...minutes, kept, meeting }).length;
  if (open > 0 && now >= kept.dueAt) return 'Once the co-chairs have settled what is proposed';
  const when = { moment: kept.dueAt, zone: meeting.zone };
  return open > 0 ? [when, ', once the co-chairs have settled what is proposed'] : [when, ', or once all said fine'];
};

/** How far they are, in a few words: 'Drafted, 3 of 5 said fine'. */
export const stateText = ({ meeting, kept, readings }: Minutes): string => {
  const fine = `${fineOf(kept, readings).length} of ${attendeesOf(kept).length} said fine`;
  return `${meeting.status === 'agreed' ? 'Agreed' : 'Drafted'}, ${fine}`;
};

const factsOf = (minutes: Minutes, around: Around, now: number): readonly Fact[] => {
  const { kept, items, meeting, addenda } = minutes;
  const [decided, actions] = [decidedIn(minutes), actionsIn(minutes)];
  const parked = items.filter(({ fate }) => fate === 'parked' || fate === 'carried');
  const open = openIn(minutes).length;
  const optional = (label: string, text: string): readonly Fact[] => (text === '' ? [] : [{ label, text }]);
  const titles = parked.map(({ item }) => shorten(item.title, TITLE));
  return [
    { label: 'Present', text: byCompany(attendeesOf(kept), around) },
    { label: 'Quorum', text: quorumText(kept, around) },
    { label: 'Decided', text: decided.length > 0 ? outcomeNames(decided) : 'Nothing' },
    ...optional('Actions', outcomeNames(actions)),
    ...optional('Parked', few(titles, LISTED)),
    { label: 'Fine', text: fineText(minutes, around) },
    ...(open > 0 ? [{ label: 'Proposed', text: `${open} ${open === 1 ? 'change' : 'changes'}` }] : []),
    ...(addenda.length > 0 ? [{ label: 'Corrections', text: String(addenda.length) }] : []),
    meeting.lockedAt === undefined
      ? { label: 'Locks', text: lockText(minutes, now) }
      : { label: 'Agreed', text: [{ moment: meeting.lockedAt, zone: meeting.zone }] },
  ];
};

type Pressed = 'fine' | 'ask-change' | 'minutes' | 'ask-document' | 'changes' | 'ask-correction';

const labels: Readonly<Record<Pressed, string>> = {
  fine: 'Fine',
  'ask-change': 'Propose a change',
  minutes: 'Read',
  changes: 'Settle',
  'ask-document': 'As a document',
  'ask-correction': 'Add a correction',
};

const windows: readonly Pressed[] = ['ask-change', 'minutes', 'changes', 'ask-correction'];

export const minutesButton = (verb: Pressed, meeting: string, label = labels[verb]): Button => ({
  id: `meetings.${verb}` satisfies InteractionId,
  label,
  subject: minutesSubject(meeting),
  ...(verb === 'fine' && { style: 'primary' }),
  ...(windows.includes(verb) && { opensWindow: true }),
});

const buttonsOf = (minutes: Minutes): readonly Button[] => {
  const { status, id } = minutes.meeting;
  const settle = openIn(minutes).length > 0 ? (['changes'] as const) : [];
  const pressed: readonly Pressed[] =
    status === 'agreed'
      ? ['minutes', 'ask-document', 'ask-correction']
      : ['fine', 'ask-change', ...settle, 'minutes', 'ask-document'];
  return pressed.map((verb) => minutesButton(verb, id));
};

export const minutesCard = (minutes: Minutes, around: Around, now: number): RecordView => {
  const { meeting } = minutes;
  const title = minutesTitle(meeting, around.committee);
  const status = meeting.status === 'agreed' ? 'Agreed' : 'Draft';
  return {
    kind: 'record',
    subject: minutesSubject(meeting.id),
    label: labelOf(meeting),
    ...{ title, status },
    summary: `${labelOf(meeting)} ${title}. ${stateText(minutes)}.`,
    facts: factsOf(minutes, around, now),
    footer: [
      ...(meeting.status === 'agreed' ? [] : ['Those who were there say whether this is fine.']),
      `${seenLine('', around.partners)}.`,
    ],
    buttons: buttonsOf(minutes),
  };
};

const gone = (meeting: Meeting) =>
  notice(
    `${labelOf(meeting)} has no minutes now: its closing was undone. ${statusWords[meeting.status]}. They are drafted again when it is closed.`,
  );

export const minutesKind: SubjectKind = {
  async present(id, read, audience) {
    const meeting = await getMeeting(read.db, id, audience);
    if (!meeting) return undefined;
    const minutes = await findMinutes(meeting, read);
    const around = minutes && (await aroundOf(minutes, read));
    return minutes && around ? minutesCard(minutes, around, read.now) : gone(meeting);
  },
  async about(id, read, audience: Audience) {
    const meeting = await getMeeting(read.db, id, audience);
    return meeting && { committee: meeting.committee };
  },
};

/** On the card of a meeting that is over. */
export const minutesPart: DrawPart = async (meeting, { read }) => {
  const minutes = await findMinutes(meeting, read);
  if (!minutes) return {};
  const decided = decidedIn(minutes).map(({ label }) => label);
  const actions = actionsIn(minutes).map(({ label }) => label);
  const came = [...decided, ...actions];
  return {
    facts: [
      ...(came.length > 0 ? [{ label: 'Came of it', text: few(came, NAMES) }] : []),
      { label: 'Minutes', text: stateText(minutes) },
    ],
    buttons: [minutesButton('minutes', meeting.id, 'Minutes')],
  };
};

export const historyPart: DrawPart = async ({ id }) => ({
  buttons: [{ id: 'meetings.history', label: 'History', subject: subjectOf(id), opensWindow: true }],
});
