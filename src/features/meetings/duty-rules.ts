/* What each person owes a meeting before it begins. Pure. */
import type { Seat } from '../../core/context.js';
import { dayOf, daysAfter } from '../../core/days.js';
import type { Day, Instant, PartnerId, PersonId, Zone } from '../../core/ids.js';
import { hasVote, mayVote } from '../../core/permission.js';
import { type Holidays, workdaysAfter } from '../../core/workdays.js';
import type { Item } from './agenda-rules.js';
import type { Attendance } from './attendance-rules.js';
import { type DayStep, type Plan, stepOn, usualPlan } from './plan-rules.js';
import type { Position } from './position-rules.js';
import type { Meeting } from './rules.js';

/** In the order in which they are told. */
export const dutyKinds = ['paper', 'question', 'position', 'answer', 'accept', 'agenda'] as const;

export type DutyKind = (typeof dutyKinds)[number];

/** What each takes, about. */
export const minutesOf: Readonly<Record<DutyKind, number>> = {
  ...{ paper: 10, question: 5, position: 5, answer: 1, accept: 2, agenda: 10 },
};

export interface Duty {
  readonly kind: DutyKind;
  readonly person: PersonId;
  /** Of what concerns one item. */
  readonly item?: Item;
  /** The day by which it should be done. */
  readonly dueOn: Day;
  /** The first day on which anybody is asked for it. */
  readonly askedOn: Day;
  readonly minutes: number;
}

/** Since when things are as they are: what comes up late is asked late. */
export interface Raised {
  readonly meeting: Instant;
  readonly items: ReadonlyMap<string, Instant>;
  /** Items that were handed to somebody else: they hear of it before its usual day. */
  readonly handedOver: ReadonlyMap<string, Instant>;
}

/** All that duties come from. */
export interface Around {
  readonly meeting: Meeting;
  readonly plan: Plan;
  readonly items: readonly Item[];
  readonly attendance: readonly Attendance[];
  /** Of today. */
  readonly seats: readonly Seat[];
  /** Those of the reader's own company, since nobody else's are known; none without `own`. */
  readonly positions: readonly Pick<Position, 'item' | 'person'>[];
  /** The company that reads; none where others read too, and then nobody's positions are spoken of. */
  readonly own?: PartnerId;
  readonly recused: readonly { readonly item: string; readonly person: PersonId }[];
  /** Of all companies, for the days of the plan. */
  readonly holidays: Holidays;
  /** Those who run the meeting for each company. */
  readonly runners: ReadonlyMap<PartnerId, readonly PersonId[]>;
  readonly raised: Raised;
}

/** Working days between the first word about a paper and the day on which it is due. */
const PAPER_DAYS = 3;

/** The days that count, on the calendar of one reader. */
interface Days {
  /** The last day on which anything is of use. */
  readonly last: Day;
  readonly papers: Day | undefined;
  readonly positions: Day | undefined;
  readonly internal: Day | undefined;
  /** People are asked whether they come, whatever else a committee does without. */
  readonly answers: Day;
  /** The day after a moment: whoever did something knows of it that day. */
  after(at: Instant): Day;
}

const daysFor = ({ meeting, plan, holidays }: Around, zone: Zone): Days => {
  const last = daysAfter(dayOf(meeting.startsAt, zone), -1);
  const on = (step: DayStep, of: Plan = plan): Day | undefined => {
    const day = stepOn(step, of, meeting, holidays);
    return day !== undefined && day > last ? last : day;
  };
  return {
    last,
    ...{ papers: on('papers'), positions: on('positions'), internal: on('internal') },
    answers: on('papers') ?? on('papers', usualPlan) ?? last,
    after: (at) => daysAfter(dayOf(at, zone), 1),
  };
};

const latest = (...days: readonly Day[]): Day => [...days].sort().at(-1) ?? '';

type Asked = Pick<Duty, 'kind' | 'person' | 'item' | 'askedOn' | 'dueOn'>;

/** What is asked after the day on which it would have been due is due while it is still of use. */
const dutyOf = ({ last }: Days, { dueOn, ...asked }: Asked): Duty => ({
  ...asked,
  dueOn: asked.askedOn > dueOn ? latest(last, asked.askedOn) : dueOn,
  minutes: minutesOf[asked.kind],
});

const raisedAt = ({ raised }: Around, item: Item): Instant => Math.max(item.proposedAt, raised.items.get(item.id) ?? 0);

const sits = ({ seats, runners }: Around, person: PersonId): boolean =>
  seats.some((seat) => seat.person === person) || [...runners.values()].some((people) => people.includes(person));

/** Whoever speaks to an item; of one whose owner has left, those who run the meeting for the company that proposed it. */
const ownersOf = (around: Around, { owner, proposedFor }: Item): readonly PersonId[] =>
  sits(around, owner) ? [owner] : (around.runners.get(proposedFor) ?? []);

const paperDuties = (around: Around, days: Days): readonly Duty[] => {
  const { papers } = days;
  if (papers === undefined) return [];
  const first = workdaysAfter(papers, -PAPER_DAYS, around.holidays);
  return around.items
    .filter(({ status }) => status === 'proposed' || status === 'accepted')
    .flatMap((item) => {
      const missing: DutyKind[] = [
        ...(item.paper ? [] : ['paper' as const]),
        ...(item.kind === 'decision' && item.question === undefined ? ['question' as const] : []),
      ];
      const handedAt = around.raised.handedOver.get(item.id);
      const usually = latest(first, days.after(raisedAt(around, item)), days.after(around.raised.meeting));
      const askedOn = handedAt === undefined ? usually : days.after(handedAt);
      return missing.flatMap((kind) =>
        ownersOf(around, item).map((person) => dutyOf(days, { kind, person, item, askedOn, dueOn: papers })),
      );
    });
};

/** An alternate speaks where their member is out and will not be there; who spoke for a seat, spoke for both. */
const spokenFor = ({ seats, positions, attendance }: Around, seat: Seat, item: string): boolean => {
  const gave = (person: PersonId) => positions.some((one) => one.item === item && one.person === person);
  if (gave(seat.person)) return true;
  if (mayVote(seat.role)) return seats.some((one) => one.standsFor === seat.person && gave(one.person));
  const member = seat.standsFor;
  const said = attendance.find(({ person }) => person === member)?.answer;
  return member === undefined || gave(member) || said === undefined || said === 'coming';
};

const positionDuties = (around: Around, days: Days): readonly Duty[] => {
  const { items, seats, own, recused } = around;
  const { positions, internal, last } = days;
  if (positions === undefined || own === undefined) return [];
  const dueOn = internal !== undefined && internal > positions ? internal : last;
  const voters = seats.filter((seat) => seat.partner === own && hasVote(seat));
  return items
    .filter(({ kind, status }) => kind === 'decision' && status === 'accepted')
    .flatMap((item) => {
      const raised = latest(positions, days.after(raisedAt(around, item)), days.after(around.raised.meeting));
      return voters
        .filter((seat) => !spokenFor(around, seat, item.id))
        .filter(({ person }) => !recused.some((one) => one.item === item.id && one.person === person))
        .map(({ person, fromOn }) =>
          dutyOf(days, { kind: 'position', person, item, dueOn, askedOn: latest(raised, fromOn ?? raised) }),
        );
    });
};

/** Whether they come: those with a vote, and whoever stands in for one of them who does not. */
const answerDuties = (around: Around, days: Days): readonly Duty[] => {
  const { seats, attendance, raised } = around;
  const answers = new Map(attendance.map(({ person, answer }) => [person, answer]));
  const isAway = (person: PersonId | undefined) =>
    person !== undefined && ['not-coming', 'alternate'].includes(answers.get(person) ?? '');
  const first = latest(days.answers, days.after(raised.meeting));
  return seats
    .filter((seat) => mayVote(seat.role) || (seat.role === 'alternate' && isAway(seat.standsFor)))
    .filter(({ person }) => answers.get(person) === undefined)
    .map(({ person, standsFor, fromOn }) => {
      const told = attendance.find((one) => one.person === standsFor)?.answeredAt;
      const askedOn = latest(first, fromOn ?? first, told === undefined ? first : days.after(told));
      return dutyOf(days, { kind: 'answer', person, askedOn, dueOn: days.last });
    });
};

/** Of those who run the meeting: to take up what their company's people propose, and that there is an agenda at all. */
const agendaDuties = (around: Around, days: Days): readonly Duty[] => {
  const { items, runners, raised, holidays } = around;
  const { papers, last } = days;
  if (papers === undefined) return [];
  const all = [...new Set([...runners.values()].flat())];
  const open = items.filter(({ status }) => status === 'proposed' || status === 'accepted');
  if (open.length === 0) {
    const askedOn = latest(papers, days.after(raised.meeting));
    return all.map((person) => dutyOf(days, { kind: 'agenda', person, askedOn, dueOn: last }));
  }
  const first = workdaysAfter(papers, -PAPER_DAYS, holidays);
  return open
    .filter(({ status }) => status === 'proposed')
    .flatMap((item) => {
      const own = runners.get(item.proposedFor) ?? [];
      const askedOn = latest(first, days.after(raisedAt(around, item)));
      return (own.length > 0 ? own : all).map((person) =>
        dutyOf(days, { kind: 'accept', person, item, askedOn, dueOn: papers }),
      );
    });
};

/** What is owed to a meeting that is to come, as the reader's calendar has its days; nothing of what needs no asking. */
export const dutiesOf = (around: Around, zone: Zone): readonly Duty[] => {
  if (around.meeting.status !== 'planned') return [];
  const days = daysFor(around, zone);
  return [paperDuties, positionDuties, answerDuties, agendaDuties].flatMap((duties) => duties(around, days));
};

/** What is asked for by now: nothing once the meeting begins. */
export const askedBy = (
  duties: readonly Duty[],
  { startsAt }: Pick<Meeting, 'startsAt'>,
  now: Instant,
  zone: Zone,
): readonly Duty[] => (now >= startsAt ? [] : duties.filter(({ askedOn }) => askedOn <= dayOf(now, zone)));
