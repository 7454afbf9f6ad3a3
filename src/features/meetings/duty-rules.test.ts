import { describe, expect, it } from 'vitest';
import type { Role, Seat } from '../../core/context.js';
import { momentOf } from '../../core/days.js';
import type { Day, PartnerId, PersonId, WallTime, Zone } from '../../core/ids.js';
import type { Item } from './agenda-rules.js';
import type { Answer } from './attendance-rules.js';
import { type Around, askedBy, type Duty, dutiesOf } from './duty-rules.js';
import { usualPlan } from './plan-rules.js';
import type { Meeting } from './rules.js';

const [acme, nova] = ['acme', 'nova'] as unknown as readonly [PartnerId, PartnerId];
const [zurich, tokyo, newYork]: readonly Zone[] = ['Europe/Zurich', 'Asia/Tokyo', 'America/New_York'];
const id = (name: string) => name as PersonId;
const longAgo = Date.UTC(2026, 8, 1);

const meetingAt = (at: WallTime, zone: Zone = 'Europe/Zurich'): Meeting =>
  ({ id: 'm', startsAt: momentOf(at, zone), zone, minutes: 90, status: 'planned' }) as Meeting;

const item = (more: Partial<Item> = {}): Item =>
  ({
    ...{ id: 'i', kind: 'decision', title: 'The protocol', question: 'Do we?', status: 'accepted', minutes: 20 },
    ...{ owner: id('ana'), proposedFor: acme, proposedAt: longAgo },
    ...more,
  }) as Item;

const paper = { version: 1, link: 'https://x.example', person: id('ana'), at: longAgo };

const seat = (name: string, partner: PartnerId, role: Role, more: Partial<Seat> = {}): Seat =>
  ({ person: id(name), personName: name, partner, role, ...more }) as Seat;

const seats = [
  seat('ana', acme, 'co-chair'),
  seat('bob', acme, 'member'),
  seat('ben', nova, 'co-chair'),
  seat('jun', nova, 'member'),
  seat('kei', nova, 'alternate', { standsFor: id('jun') }),
  seat('mei', nova, 'observer'),
  seat('gus', nova, 'guest'),
];

const everybody = ['ana', 'bob', 'ben', 'jun'];
const said = (answers: Readonly<Record<string, Answer>>) =>
  Object.entries(answers).map(([name, answer]) => ({ person: id(name), partner: acme, answer, answeredAt: longAgo }));
const allCome = said(Object.fromEntries(everybody.map((name) => [name, 'coming'])));

const around = (more: Partial<Around> = {}): Around => ({
  meeting: meetingAt('2026-12-11T14:00'),
  plan: usualPlan,
  items: [item({ paper })],
  attendance: allCome,
  seats,
  positions: everybody.map((name) => ({ item: 'i', person: id(name) })),
  own: acme,
  recused: [],
  holidays: new Map(),
  runners: new Map([
    [acme, [id('ana')]],
    [nova, [id('ben')]],
  ]),
  raised: { meeting: longAgo, items: new Map(), handedOver: new Map() },
  ...more,
});

const told = (duties: readonly Duty[]) => duties.map(({ kind, person }) => `${kind} ${person}`);
const owed = (more: Partial<Around>) => told(dutiesOf(around(more), 'Europe/Zurich'));

describe('what is owed to a meeting', () => {
  it('is nothing where all is there', () => {
    expect(owed({})).toEqual([]);
  });

  it.each(['open', 'held', 'agreed', 'cancelled'] as const)('is nothing once it is %s', (status) => {
    const meeting = { ...meetingAt('2026-12-11T14:00'), status };
    expect(owed({ meeting, items: [item()], attendance: [] })).toEqual([]);
  });

  it.each(['decision', 'discussion', 'information'] as const)('is a paper for each item for %s', (kind) => {
    expect(owed({ items: [item({ kind })] })).toEqual(['paper ana']);
  });

  it('is a question for a decision alone', () => {
    expect(owed({ items: [item({ paper, question: undefined })] })).toEqual(['question ana']);
    expect(owed({ items: [item({ paper, question: undefined, kind: 'discussion' })] })).toEqual([]);
  });

  it.each(['declined', 'carried', 'parked', 'done'] as const)('is nothing for an item that is %s', (status) => {
    expect(
      owed({ items: [item({ status, positions: [] } as never), item({ id: 'j', paper, kind: 'information' })] }),
    ).toEqual([]);
  });

  it('is a position of everybody with a vote in the reader’s company, and of nobody else', () => {
    expect(owed({ positions: [] })).toEqual(['position ana', 'position bob']);
    expect(owed({ positions: [], own: nova })).toEqual(['position ben', 'position jun']);
    expect(owed({ positions: [], own: undefined })).toEqual([]);
    expect(owed({ positions: [{ item: 'i', person: id('bob') }] })).toEqual(['position ana']);
  });

  it('is no position of somebody with a conflict of interest', () => {
    expect(owed({ positions: [], recused: [{ item: 'i', person: id('bob') }] })).toEqual(['position ana']);
  });

  it('is the position of an alternate in the place of a member who is out and will not come', () => {
    const standing = seats.map((one) => (one.person === 'kei' ? { ...one, standsIn: true as const } : one));
    const away = [...allCome.filter(({ person }) => person !== 'jun'), ...said({ jun: 'not-coming', kei: 'coming' })];
    const asked = { seats: standing, own: nova, attendance: away };
    expect(owed({ ...asked, positions: [{ item: 'i', person: id('ben') }] })).toEqual(['position jun', 'position kei']);
    for (const one of ['jun', 'kei'])
      expect(owed({ ...asked, positions: ['ben', one].map((name) => ({ item: 'i', person: id(name) })) })).toEqual([]);
    // Back before the meeting: nobody asks the alternate.
    expect(owed({ ...asked, attendance: allCome, positions: [{ item: 'i', person: id('ben') }] })).toEqual([
      'position jun',
    ]);
  });

  it('is an answer of everybody with a vote, and of the alternate of whoever does not come', () => {
    expect(owed({ attendance: [] })).toEqual(everybody.map((name) => `answer ${name}`));
    const away = [...allCome.filter(({ person }) => person !== 'jun'), ...said({ jun: 'not-coming' })];
    expect(owed({ attendance: away })).toEqual(['answer kei']);
  });

  it('is with those who run the meeting where an item’s owner has left', () => {
    expect(owed({ items: [item({ owner: id('gone') })] })).toEqual(['paper ana']);
    expect(owed({ items: [item({ owner: id('gone'), proposedFor: nova })] })).toEqual(['paper ben']);
  });

  it('is to take up what one’s own company proposes, and an agenda where there is none', () => {
    expect(owed({ items: [item({ paper, status: 'proposed', proposedFor: nova })] })).toEqual(['accept ben']);
    expect(owed({ items: [] })).toEqual(['agenda ana', 'agenda ben']);
  });
});

const dates = (duties: readonly Duty[], kind: Duty['kind'], person: string): readonly Day[] | undefined => {
  const found = duties.find((one) => one.kind === kind && one.person === person);
  return found && [found.askedOn, found.dueOn];
};
const datesOf = (more: Partial<Around>, kind: Duty['kind'], zone: Zone = 'Europe/Zurich', person = 'ana') =>
  dates(dutiesOf(around(more), zone), kind, person);

const lacking = { items: [item()], positions: [], attendance: [] };

describe('when it is asked for, and due', () => {
  it.each([
    // The meeting is on a Friday: 10 days before it is a Tuesday, 5 are a Sunday.
    ['paper', '2026-11-26', '2026-12-01'],
    ['position', '2026-12-01', '2026-12-04'],
    ['answer', '2026-12-01', '2026-12-10'],
  ] as const)('a %s from %s, due %s', (kind, asked, due) => {
    expect(datesOf(lacking, kind)).toEqual([asked, due]);
  });

  it('keeps the holidays of both companies', () => {
    const holidays = new Map([
      ['2026-12-01', 'One'],
      ['2026-11-30', 'Two'],
      ['2026-12-04', 'Three'],
    ]);
    expect(datesOf({ ...lacking, holidays }, 'paper')).toEqual(['2026-11-24', '2026-11-27']);
    expect(datesOf({ ...lacking, holidays }, 'position')).toEqual(['2026-11-27', '2026-12-03']);
  });

  it.each([
    // Friday 04:00 in Tokyo is still Thursday in New York.
    ['2026-12-10T14:00', 'America/New_York', tokyo, '2026-12-10'],
    ['2026-12-10T14:00', 'America/New_York', newYork, '2026-12-09'],
    ['2026-12-10T14:00', 'America/New_York', zurich, '2026-12-09'],
    ['2026-12-11T08:00', 'Asia/Tokyo', newYork, '2026-12-09'],
    ['2026-12-11T08:00', 'Asia/Tokyo', tokyo, '2026-12-10'],
  ] as const)('ends before the day that %s %s is in %s: %s', (at, where, zone = '', due) => {
    expect(datesOf({ ...lacking, meeting: meetingAt(at, where) }, 'answer', zone)?.[1]).toBe(due);
  });

  it('asks late for what comes up late, and leaves the time that there is', () => {
    const accepted = Date.UTC(2026, 11, 8, 15);
    const late = { ...lacking, items: [item({ proposedAt: accepted })] };
    expect(datesOf(late, 'paper')).toEqual(['2026-12-09', '2026-12-10']);
    expect(datesOf(late, 'position')).toEqual(['2026-12-09', '2026-12-10']);
    const raised = { meeting: longAgo, items: new Map([['i', accepted]]), handedOver: new Map() };
    expect(datesOf({ ...lacking, raised }, 'position')).toEqual(['2026-12-09', '2026-12-10']);
  });

  it('asks anew after a meeting was moved to where the days are over', () => {
    const raised = { meeting: Date.UTC(2026, 11, 7, 9), items: new Map(), handedOver: new Map() };
    expect(datesOf({ ...lacking, raised }, 'answer')).toEqual(['2026-12-08', '2026-12-10']);
  });

  it('asks whoever was handed an item from the next day on', () => {
    const raised = { meeting: longAgo, items: new Map(), handedOver: new Map([['i', Date.UTC(2026, 10, 16, 9)]]) };
    expect(datesOf({ ...lacking, raised }, 'paper')).toEqual(['2026-11-17', '2026-12-01']);
  });

  it('asks somebody from their first day on the committee', () => {
    const fresh = seats.map((one) => (one.person === 'bob' ? { ...one, fromOn: '2026-12-07' } : one));
    for (const kind of ['position', 'answer'] as const)
      expect(datesOf({ ...lacking, seats: fresh }, kind, zurich, 'bob')?.[0]).toBe('2026-12-07');
  });

  it('leaves out what a committee does without, but not who comes', () => {
    const plan = { ...usualPlan, papers: null, positions: null };
    const duties = dutiesOf(around({ ...lacking, plan }), 'Europe/Zurich');
    expect([...new Set(duties.map(({ kind }) => kind))]).toEqual(['answer']);
    expect(dates(duties, 'answer', 'ana')).toEqual(['2026-12-01', '2026-12-10']);
  });

  it('is silent before it is asked for, and once the meeting begins', () => {
    const one = around(lacking);
    const at = (now: number) => askedBy(dutiesOf(one, 'Europe/Zurich'), one.meeting, now, 'Europe/Zurich').length;
    expect(at(Date.UTC(2026, 10, 25, 22))).toBe(0);
    expect(at(Date.UTC(2026, 10, 26, 8))).toBe(1);
    expect(at(one.meeting.startsAt - 1)).toBeGreaterThan(1);
    expect(at(one.meeting.startsAt)).toBe(0);
  });
});
