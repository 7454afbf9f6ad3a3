/* Saying whether one comes to a meeting. */
import type { Ctx, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { checkPermission, mayVote, seated } from '../../core/permission.js';
import { type Button, notice, type View } from '../../core/view.js';
import { type Answer, alternatesOf, checkAnswerable } from './attendance-rules.js';
import { listAttendance, saveAttendance } from './attendance-store.js';
import { seatsOn } from './attendance-views.js';
import { takeMeeting, type Verb } from './choosing-commands.js';
import { labelOf, type Meeting } from './rules.js';
import { subjectOf } from './views.js';

/** @throws Refusal unless the actor has a vote and somebody is seated to stand in for them */
const checkAlternate = (ctx: Ctx, seats: readonly Seat[], key: string): Seat => {
  const { person, partner } = ctx.actor;
  const own = seats.find((seat) => seat.person === person);
  if (!own || !mayVote(own.role))
    throw new Refusal('no-vote', `You have no vote on the ${key} for somebody else to cast. Say Coming or Not coming.`);
  const [alternate] = alternatesOf(person, seats);
  if (alternate) return alternate;
  throw new Refusal(
    'no-alternate',
    `Nobody is seated on the ${key} as your alternate. The alliance professional of ${partner.name} seats one: seat @colleague alternate ${key} for @${ctx.actor.name}.`,
  );
};

const sentenceOf = (answer: Answer, label: string, alternate: Seat | undefined): string => {
  switch (answer) {
    case 'coming':
      return `You are coming to ${label}.`;
    case 'not-coming':
      return `You are not coming to ${label}.`;
    case 'alternate':
      return `${alternate?.personName ?? 'Your alternate'} comes to ${label} for you, and has your vote in the room. To confirm wordings too, say 'out' for that day.`;
    default:
      return answer satisfies never;
  }
};

/** Opens the list of items, for whoever takes no part in deciding one. */
export const recusalsButton = ({ id }: Pick<Meeting, 'id'>): Button => ({
  id: 'meetings.recusals',
  label: 'Recuse me',
  subject: subjectOf(id),
  opensWindow: true,
});

/** What somebody says of coming takes the place of what they said before. @throws Refusal */
export const answerMeeting = async (meeting: Meeting, answer: Answer, ctx: Ctx): Promise<View> => {
  const committee = await ctx.directory.committee(meeting.committee);
  checkPermission(seated, { actor: ctx.actor, committee });
  checkAnswerable(meeting);
  const seats = await seatsOn(meeting, ctx);
  const alternate = answer === 'alternate' ? checkAlternate(ctx, seats, committee?.key ?? 'committee') : undefined;
  const { person, partner } = ctx.actor;
  const before = (await listAttendance(ctx.db, meeting.id)).find((one) => one.person === person);
  const text = sentenceOf(answer, labelOf(meeting), alternate);
  if (before?.answer === answer) return notice(`${text} You said so already.`);
  await saveAttendance(ctx.db, meeting.id, { person, partner: partner.id, answer, answeredAt: ctx.now });
  await ctx.record(subjectOf(meeting.id), 'attendance', { person, partner: partner.id, answer });
  return notice(text, answer === 'coming' ? [recusalsButton(meeting)] : []);
};

const saying = (word: string, answer: Answer, after?: RegExp): Verb => ({
  word,
  usage: `${word}${after ? ' coming' : ''} [M-9]`,
  run: async ({ text, people }, ctx) => {
    const rest = after ? text.replace(after, '') : text;
    if (after && rest === text) throw new Refusal('arguments', "Say 'meeting not coming'.");
    const { found } = await takeMeeting({ text: rest, people }, ctx, ['planned', 'open']);
    return answerMeeting(found, answer, ctx);
  },
});

export const attendanceVerbs: readonly Verb[] = [
  saying('coming', 'coming'),
  saying('not', 'not-coming', /^\s*coming\b\s*/iu),
  saying('alternate', 'alternate'),
];
