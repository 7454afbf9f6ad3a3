import { z } from 'zod';
import { chosenCommittee, openCommittee } from '../../core/acting.js';
import { type Committee, type Ctx, roles, type Seat } from '../../core/context.js';
import { findAllyById } from '../../core/directory/mentions.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { CommitteeId, Day, PartnerId, PersonId } from '../../core/ids.js';
import { dayReader } from '../../core/spoken-days.js';
import { checkUndo } from '../../core/undoing.js';
import type { Subject } from '../../core/view.js';
import { endSeat, giveSeat, knownPerson } from './commands.js';
import { type Change, checkChaired, tenuresOf } from './rules.js';
import { boardOf, formOf, getChange, kept, rosterOf, saveKind, saveTouched, touchedBy } from './store.js';
import { NOBODY, rosterView, seatForm } from './views.js';

const named = async (id: string, ctx: Ctx) => {
  const person = id as PersonId;
  // Who takes part in other alliances only is not even named.
  return { id: person, name: (await findAllyById(ctx.db, ctx.alliance, person))?.name ?? 'This person' };
};

const roster = interaction({
  id: 'seats.roster',
  values: z.object({ committee: z.string() }),
  run: async ({ values }, ctx) => rosterView(await rosterOf(await chosenCommittee(values.committee, ctx), ctx)),
});

const form = interaction({
  id: 'seats.form',
  values: z.object({ committee: z.string().optional() }),
  run: async ({ values: { committee } }, ctx) =>
    seatForm(await formOf(committee === undefined ? {} : { committee: (await openCommittee(committee, ctx)).id }, ctx)),
});

const LONGEST_DAY = 60;

/** A day in a field of its own. @throws Refusal unless it is one, and nothing else */
const readDay = async (said: string | undefined, field: 'from' | 'until', ctx: Ctx): Promise<Day | undefined> => {
  const text = (said ?? '').trim().replace(new RegExp(`^${field}\\s+`, 'iu'), '');
  if (text === '') return undefined;
  // It may come from elsewhere than from the form, and thousands of days take long to be read.
  const days = text.length <= LONGEST_DAY ? (await dayReader(ctx))(text, 'coming') : undefined;
  if (days?.text === text && days.untilOn === undefined) return days.on;
  throw new Refusal('no-day', 'Entente cannot read this day. Write it like 1 March 2027.', field);
};

const somebody = z
  .string()
  .optional()
  .transform((id) => (id === undefined || id === '' || id === NOBODY ? undefined : (id as PersonId)));

const seat = interaction({
  id: 'seats.seat',
  values: z.object({
    person: z.string('Choose who gets the seat.').min(1, 'Choose who gets the seat.'),
    committee: z.string('Choose a committee.').min(1, 'Choose a committee.'),
    role: z.enum(roles, 'Choose a role.'),
    standsFor: somebody,
    opposite: somebody,
    from: z.string().optional(),
    until: z.string().optional(),
  }),
  run: async ({ values: { person: id, committee: on, role, standsFor, opposite, from, until } }, ctx) => {
    const person = await knownPerson(await named(id, ctx), 'own', ctx);
    const fromOn = await readDay(from, 'from', ctx);
    const untilOn = await readDay(until, 'until', ctx);
    const asked = {
      role,
      whole: true as const,
      ...(fromOn && { fromOn }),
      ...(untilOn && { untilOn }),
      ...(standsFor && { standsFor }),
      ...(opposite && { counterpart: opposite }),
    };
    return giveSeat(asked, await openCommittee(on, ctx), person, ctx);
  },
});

const unseat = interaction({
  id: 'seats.unseat',
  values: z.object({
    person: z.string(),
    committee: z.string(),
    until: z.iso.date('Say this again with another day.').optional(),
  }),
  run: async ({ values: { person, committee, until } }, ctx) =>
    endSeat(await named(person, ctx), await openCommittee(committee, ctx), until, ctx),
});

const seatSchema = z.object({
  committee: z.string().transform((id) => id as CommitteeId),
  person: z.string().transform((id) => id as PersonId),
  partner: z.string().transform((id) => id as PartnerId),
  role: z.enum(roles),
  fromOn: z.string().optional(),
  untilOn: z.string().optional(),
  standsFor: somebody,
  counterpart: somebody,
});

const keptSchema = z.object({ before: z.array(seatSchema), after: z.array(seatSchema) });

/** The seats that a change touched, as they were before and after; what was done last counts. */
const lastKept = async (subject: Subject, ctx: Ctx) => {
  const entries = await ctx.history(subject);
  const last = entries.map((entry) => keptSchema.safeParse(entry.detail).data).findLast((found) => found !== undefined);
  const full = ({ standsFor, counterpart, ...one }: z.output<typeof seatSchema>): Seat => ({
    ...{ ...one, personName: '' },
    ...(standsFor && { standsFor }),
    ...(counterpart && { counterpart }),
  });
  return { before: (last?.before ?? []).map(full), after: (last?.after ?? []).map(full) };
};

/** @throws Refusal when others have built on it, or a company would be without a co-chair */
const takeBack = async (change: Change, committee: Committee, subject: Subject, ctx: Ctx): Promise<void> => {
  const board = await boardOf(committee, ctx);
  const { before, after } = await lastKept(subject, ctx);
  for (const { person } of before)
    if (!(await ctx.directory.partnerOf(ctx.alliance, person)))
      throw new Refusal('gone', 'Somebody whom this gave a seat back to was forgotten meanwhile. Nothing has changed.');
  const people = new Set([...before, ...after].map((one) => one.person));
  const present = board.seats.filter((one) => people.has(one.person));
  const moved = touchedBy(present, after);
  if (moved.before.length + moved.after.length > 0)
    throw new Refusal('changed-since', "This seat was changed again since. Say 'roster' to see how it stands.");
  const seats = [...board.seats.filter((one) => !people.has(one.person)), ...before];
  const planned = board.planned.filter((one) => one.change !== change.id);
  checkChaired(tenuresOf(board.seats, board.planned), tenuresOf(seats, planned), {
    ...{ committee, partner: ctx.actor.partner, today: board.today },
  });
  await saveTouched(ctx.db, { before: present, after: before });
  await ctx.cancelWake(change.id);
  await saveKind(ctx.db, change.id, 'undone');
  await ctx.record(subject, 'undone', kept({ before: present, after: before }));
};

const undo = interaction({
  id: 'seats.undo',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const change = subject && (await getChange(ctx.db, subject.id, ctx.place.audience));
    const committee = change?.committee && (await ctx.directory.committee(change.committee));
    if (!subject || !change || !committee)
      throw new Refusal('no-change', "There is nothing to undo here. Say 'roster' to see who sits.");
    checkUndo(change.kind === 'undone' ? undefined : change.at, ctx.now, "Say 'seat' or 'unseat' to change it now.");
    await takeBack(change, committee, subject, ctx);
    return { kind: 'notice', text: `Undone. Say 'roster ${committee.key}' to see who sits.` };
  },
});

export const seatInteractions: readonly Interaction[] = [roster, form, seat, unseat, undo];
