import { z } from 'zod';
import {
  actingCommittees,
  calledCommittee,
  noCommitteeYet,
  openCommittees,
  whichCommittee,
} from '../../core/acting.js';
import type { Committee, Ctx, Role, Somebody } from '../../core/context.js';
import { startOf } from '../../core/days.js';
import { ensureMember, isMember } from '../../core/directory/people.js';
import { Refusal } from '../../core/errors.js';
import { type Command, command, type Mentioned, type Said } from '../../core/feature.js';
import type { Day, PersonId } from '../../core/ids.js';
import { dayReader } from '../../core/spoken-days.js';
import { readSeatWords } from '../../core/spoken-seats.js';
import type { ListItem, View } from '../../core/view.js';
import {
  type Asked,
  checkChaired,
  checkSpan,
  draftSeat,
  isPlan,
  notYours,
  tenuresOf,
  withoutSeat,
  withSeat,
} from './rules.js';
import {
  aroundOf,
  boardOf,
  dropPlans,
  formOf,
  type NewChange,
  noteChange,
  rosterOf,
  saveTouched,
  type Touched,
  touchedBy,
} from './store.js';
import { doneView, rosterView, seatForm } from './views.js';

/** @throws Refusal for strangers, and with `own` for people of another company */
export const knownPerson = async (who: Mentioned, whose: 'own' | 'any', ctx: Ctx): Promise<Somebody> => {
  const { partner } = ctx.actor;
  const { id, name } = who;
  if (!id)
    throw new Refusal(
      'no-part',
      `${name} takes no part in this alliance, so Entente cannot seat them. People of ${partner.name} can be seated from ${partner.name}’s own workspace; a guest is seated by their own company.`,
    );
  if (whose === 'own' && !(await isMember(ctx.db, partner.id, id)))
    throw new Refusal(
      'other-company',
      `${name} belongs to another company. ${partner.name} seats its own people only; ask that company’s alliance professional.`,
    );
  return { id, name };
};

/** Keeps what became of a seat, and says so to whoever changed it. */
const answer = async (
  change: NewChange,
  more: { readonly touched?: Touched; readonly left?: readonly ListItem[]; readonly note?: string },
  ctx: Ctx,
): Promise<View> => {
  const made = await noteChange(change, more.touched, ctx);
  const { alliance, directory } = ctx;
  return doneView(made, await aroundOf(made, ctx, alliance), await directory.partners(alliance), more);
};

/** Gives a seat or changes it; a new role of somebody who sits already waits for its day. @throws Refusal */
export const giveSeat = async (
  asked: Asked & { readonly role: Role },
  committee: Committee,
  person: Somebody,
  ctx: Ctx,
): Promise<View> => {
  const { partner } = ctx.actor;
  const board = await boardOf(committee, ctx);
  const { seats, today } = board;
  const setting = { committee, partner, person, seats, today };
  const seat = draftSeat(asked, setting);
  const before = seats.find((one) => one.person === person.id);
  const plan = isPlan(before, seat, today);
  const id = ctx.newId();
  const others = board.planned.filter((one) => one.seat.person !== person.id);
  const after = plan ? seats : withSeat(seats, seat);
  const planned = plan ? [...others, { change: id, seat }] : others;
  checkChaired(tenuresOf(seats, board.planned), tenuresOf(after, planned), setting);
  const note = await dropPlans(board, person.id, ctx);
  const touched = touchedBy(seats, after);
  await saveTouched(ctx.db, touched);
  if (plan) await ctx.wakeAt(id, startOf(seat.fromOn, await ctx.directory.zone(ctx.alliance)));
  const { fromOn, untilOn, standsFor, role } = seat;
  const kind = plan ? 'planned' : before ? 'changed' : 'seated';
  const days = { ...(fromOn && { fromOn }), ...(untilOn && { untilOn }), ...(standsFor && { standsFor }) };
  return answer({ id, committee: committee.id, person: person.id, kind, role, ...days }, { touched, note }, ctx);
};

/** Ends a seat at once, or after its last day. @throws Refusal */
export const endSeat = async (
  person: Somebody,
  committee: Committee,
  untilOn: Day | undefined,
  ctx: Ctx,
): Promise<View> => {
  const { partner } = ctx.actor;
  const board = await boardOf(committee, ctx);
  const { seats, today } = board;
  const seat = seats.find((one) => one.person === person.id);
  if (!seat)
    throw new Refusal(
      'no-seat',
      `${person.name} has no seat on the ${committee.key}. 'roster ${committee.key}' shows who has.`,
    );
  if (seat.partner !== partner.id) throw notYours(seat, partner);
  checkSpan({ ...seat, untilOn }, { today });
  if (untilOn !== undefined && untilOn === seat.untilOn)
    throw new Refusal('unchanged', `${person.name}’s seat on the ${committee.key} ends on that day already.`);
  const after = untilOn === undefined ? withoutSeat(seats, person.id) : withSeat(seats, { ...seat, untilOn });
  const planned = board.planned.filter((one) => one.seat.person !== person.id);
  checkChaired(tenuresOf(seats, board.planned), tenuresOf(after, planned), { committee, partner, today });
  const note = await dropPlans(board, person.id, ctx);
  const touched = touchedBy(seats, after);
  await saveTouched(ctx.db, touched);
  const left = await ctx.leaves(person.id, committee.id);
  const change = { committee: committee.id, person: person.id, kind: 'unseated', role: seat.role } as const;
  return answer({ ...change, ...(untilOn && { untilOn }) }, { touched, left, note }, ctx);
};

/** Makes somebody one of those who run the alliance for the company, or no longer. @throws Refusal */
const nameProfessional = async (person: Somebody, on: boolean, ctx: Ctx): Promise<View> => {
  const { partner } = ctx.actor;
  const now = await ctx.directory.professionals(partner.id);
  if (now.some(({ id }) => id === person.id) === on)
    throw new Refusal(
      'unchanged',
      `${person.name} is ${on ? 'an' : 'no'} alliance professional of ${partner.name} ${on ? 'already' : 'now'}. Nothing has changed.`,
    );
  if (!on && now.length === 1)
    throw new Refusal(
      'last-professional',
      `${partner.name} would be without an alliance professional. Name another one first: 'seat @person professional'.`,
    );
  await ensureMember(ctx.db, partner.id, person.id, on);
  const kind = on ? 'professional' : 'not-professional';
  return answer({ person: person.id, kind, role: 'alliance professional' }, {}, ctx);
};

/** The committee said, else the one of the place, else the only one there is. @throws Refusal for an unknown key */
const meantCommittee = async (key: string | undefined, ctx: Ctx): Promise<Committee | undefined> => {
  if (key !== undefined) return calledCommittee(key, ctx);
  const open = await openCommittees(ctx);
  const here = open.find((one) => one.id === ctx.place.committee?.id);
  return here ?? (open.length === 1 ? open[0] : undefined);
};

const seat = async (said: Said, ctx: Ctx): Promise<View> => {
  const { person: who, standsFor, counterpart, committee: key, ...words } = readSeatWords(said, await dayReader(ctx));
  const person = who && (await knownPerson(who, 'own', ctx));
  if (person && words.role === 'alliance professional' && key === undefined) {
    if (words.fromOn ?? words.untilOn)
      throw new Refusal('no-days', 'Who runs the alliance for a company does so at once. Leave the day out.');
    return nameProfessional(person, true, ctx);
  }
  const committee = await meantCommittee(key, ctx);
  const stands = standsFor && (await knownPerson(standsFor, 'any', ctx)).id;
  const opposite = counterpart && (await knownPerson(counterpart, 'any', ctx)).id;
  const asked = { ...words, ...(stands && { standsFor: stands }), ...(opposite && { counterpart: opposite }) };
  const now = person && committee && (await seatOf(person.id, committee, ctx));
  // Nothing but a name: the form shows the seat as it is.
  if (now && Object.keys(asked).length === 0) return seatForm(await formOf({ ...now, committee: committee.id }, ctx));
  const role = words.role ?? now?.role;
  const missing = role === 'alternate' && (stands ?? now?.standsFor) === undefined;
  if (person && committee && role && !missing) return giveSeat({ ...asked, role }, committee, person, ctx);
  const given = { ...asked, ...(person && { person: person.id }), ...(committee && { committee: committee.id }) };
  return seatForm(await formOf(given, ctx));
};

const seatOf = async (person: PersonId, committee: Committee, ctx: Ctx) =>
  (await ctx.directory.seats(committee.id, 'all')).find((one) => one.person === person);

const unseat = async (said: Said, ctx: Ctx): Promise<View> => {
  const { person: who, role, committee: key, untilOn, fromOn } = readSeatWords(said, await dayReader(ctx));
  if (!who)
    throw new Refusal('nobody', "Say who leaves: 'unseat @person JSC', or 'unseat @person JSC until 31 March'.");
  if (fromOn) throw new Refusal('no-from', "Say the last day with until: 'unseat @person JSC until 31 March'.");
  const person = await knownPerson(who, 'any', ctx);
  if (role === 'alliance professional' && key === undefined)
    return nameProfessional(await knownPerson(who, 'own', ctx), false, ctx);
  const open = await openCommittees(ctx);
  const named = key === undefined ? undefined : await meantCommittee(key, ctx);
  const sits: Committee[] = [];
  for (const one of named ? [named] : open) if (await seatOf(person.id, one, ctx)) sits.push(one);
  const here = sits.find((one) => one.id === ctx.place.committee?.id);
  const [only, ...others] = here ? [here] : sits;
  if (only && others.length === 0) return endSeat(person, only, untilOn, ctx);
  if (!only)
    throw new Refusal(
      'no-seat',
      `${person.name} has no seat on ${named ? `the ${named.key}` : 'a committee'}. 'roster' shows who has.`,
    );
  const carry = { person: person.id, ...(untilOn && { until: untilOn }) };
  return whichCommittee(sits, { id: 'seats.unseat', carry });
};

const roster = async (text: string, ctx: Ctx): Promise<View> => {
  const key = text.trim().replace(/^the\s+/iu, '');
  const said = key === '' ? ctx.place.committee : await calledCommittee(key, ctx, 'all');
  if (said) return rosterView(await rosterOf(said, ctx));
  const open = await openCommittees(ctx);
  const own = await actingCommittees(ctx);
  const [only, ...others] = own.length > 0 ? own : open;
  if (!only) throw noCommitteeYet();
  if (others.length === 0) return rosterView(await rosterOf(only, ctx));
  return whichCommittee(open, { id: 'seats.roster', opensWindow: true });
};

export const seatCommands: readonly Command[] = [
  command({
    name: 'roster',
    summary: 'Who sits on a committee, and where you stand.',
    usage: '[key]',
    topic: 'people',
    within: 'entente',
    args: z.object({ text: z.string() }),
    run: ({ text }, ctx) => roster(text, ctx),
  }),
  {
    name: 'seat',
    summary: 'Give somebody of your company a seat, or change it.',
    usage: '@person [role] [key] from [day] until [day] for @member',
    topic: 'people',
    within: 'entente',
    run: seat,
  },
  {
    name: 'unseat',
    summary: 'End the seat of somebody of your company.',
    usage: '@person [key] until [day]',
    topic: 'people',
    within: 'entente',
    run: unseat,
  },
];
