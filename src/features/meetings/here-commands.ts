/* Who is in the room, corrected by whoever runs the meeting. */
import type { Ctx, Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import type { ListView } from '../../core/view.js';
import { listAttendance, saveAttendance } from './attendance-store.js';
import { namingOf, seatsOn } from './attendance-views.js';
import { takeMeeting, type Verb } from './choosing-commands.js';
import { hereList, type Somebody } from './here-views.js';
import { runRoom } from './room-commands.js';
import type { Meeting } from './rules.js';
import { subjectOf } from './views.js';

/** Those who may be there: who has a seat that is not a guest's, and whoever said that they come. */
const listSomebodies = async (
  meeting: Meeting,
  partners: readonly Partner[],
  ctx: Ctx,
): Promise<readonly Somebody[]> => {
  const seats = (await seatsOn(meeting, ctx)).filter(({ role }) => role !== 'guest');
  const attendance = await listAttendance(ctx.db, meeting.id);
  const known = new Map(attendance.map((one) => [one.person, one]));
  const others = attendance.filter(({ person }) => !seats.some((seat) => seat.person === person));
  const name = await namingOf(
    ctx,
    [...seats, ...others].map(({ person }) => person),
  );
  const company = (id: PartnerId): string => partners.find((one) => one.id === id)?.name ?? 'a former partner';
  return [...seats, ...others].map((one) => ({
    ...{ person: one.person, partner: one.partner, name: name(one.person), company: company(one.partner) },
    ...('role' in one && { role: one.role }),
    here: known.get(one.person)?.present === true,
  }));
};

/** @throws Refusal unless it is under way and the actor runs it */
export const listHere = async (meeting: Meeting, page: number, ctx: Ctx, instead?: true): Promise<ListView> => {
  await runRoom(meeting, ctx);
  const partners = await ctx.directory.partners(ctx.alliance);
  return hereList({ meeting, everybody: await listSomebodies(meeting, partners, ctx), page, partners }, instead);
};

/** @throws Refusal */
export const setHere = async (meeting: Meeting, person: PersonId, present: boolean, ctx: Ctx): Promise<void> => {
  await runRoom(meeting, ctx);
  const partners = await ctx.directory.partners(ctx.alliance);
  const one = (await listSomebodies(meeting, partners, ctx)).find((candidate) => candidate.person === person);
  if (!one) throw new Refusal('no-seat', 'This person has no seat on the committee any more. Seat them first.');
  if (one.here === present) return;
  const known = (await listAttendance(ctx.db, meeting.id)).find((candidate) => candidate.person === person);
  await saveAttendance(ctx.db, meeting.id, { ...(known ?? { person, partner: one.partner }), present });
  await ctx.record(subjectOf(meeting.id), 'present', { person, partner: one.partner, present });
};

export const hereVerb: Verb = {
  word: 'here',
  usage: 'here',
  run: async (said, ctx) => listHere((await takeMeeting(said, ctx, ['open'])).found, 0, ctx),
};
