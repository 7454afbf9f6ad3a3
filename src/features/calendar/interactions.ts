import { z } from 'zod';
import type { Absence, Ctx } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import { listAbsences, replaceAbsences, zoneOf } from '../../core/directory/absences.js';
import { isMember } from '../../core/directory/people.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction, type Press } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { checkUndo } from '../../core/undoing.js';
import { renewAddress, stopAddress } from './address-commands.js';
import {
  checkCover,
  endAbsence,
  openForm,
  ownPerson,
  setAbsence,
  speakersDays,
  unmute,
  whoseAbsence,
} from './commands.js';
import { checkUnchanged, daySchema, readDay, spellSpan } from './rules.js';
import { changeHolidays, lastChange, readSubject, saveAbsences } from './store.js';
import { coverNotice, holidaysNotice, NOBODY, type Whose } from './views.js';

const named = async (id: string, ctx: Ctx) => {
  const person = id as PersonId;
  // Who is none of one's own company's people is not even named: not everybody there is known here.
  const own = await isMember(ctx.db, ctx.actor.partner.id, person);
  return { id: person, name: (own && (await ctx.directory.names([person])).get(person)) || 'This person' };
};

const gone = () => new Refusal('no-absence', "There is nothing to change here any more. Say 'out' to see what is set.");

/** Whose absence a button is about. @throws Refusal */
const whoseIn = async ({ subject }: Pick<Press, 'subject'>, ctx: Ctx): Promise<Whose> => {
  const { person } = readSubject(subject?.id ?? '');
  if (!person) throw gone();
  return whoseAbsence(await named(person, ctx), ctx);
};

const day = z
  .string()
  .optional()
  .transform((text) => (text ?? '').trim());
const chosen = z
  .string()
  .optional()
  .transform((id) => (id === undefined || id === '' || id === NOBODY ? undefined : id));

const form = interaction({ id: 'calendar.form', values: z.object({}), run: (_, ctx) => openForm(ctx) });

const set = interaction({
  id: 'calendar.set',
  values: z.object({ person: chosen, from: day, until: day, cover: chosen }),
  run: async ({ values: { person, from, until, cover } }, ctx) => {
    const { today, read } = speakersDays(ctx);
    const who = await whoseAbsence(person === undefined ? undefined : await named(person, ctx), ctx);
    const span = { fromOn: from === '' ? today : readDay(from, read, 'from'), untilOn: readDay(until, read, 'until') };
    return setAbsence(who, span, cover === undefined ? undefined : await ownPerson(await named(cover, ctx), ctx), ctx);
  },
});

const cover = interaction({
  id: 'calendar.cover',
  values: z.object({ from: daySchema, cover: chosen }),
  run: async ({ subject, values: { from, cover: id } }, ctx) => {
    const who = await whoseIn({ subject }, ctx);
    const found = (await listAbsences(ctx.db, ctx.alliance, who.id, from, from)).find(({ fromOn }) => fromOn === from);
    if (!found) throw gone();
    const by = id === undefined ? undefined : await ownPerson(await named(id, ctx), ctx);
    if (by) await checkCover(by, who.id, found, ctx);
    const { fromOn, untilOn } = found;
    const after: Absence = { fromOn, untilOn, ...(by && { cover: by.id }) };
    await saveAbsences(who.id, 'covered', { before: [found], after: [after] }, ctx);
    return coverNotice(who, after, by?.name);
  },
});

const back = interaction({
  id: 'calendar.back',
  values: z.object({ from: daySchema }),
  run: async ({ subject, values: { from } }, ctx) => endAbsence(await whoseIn({ subject }, ctx), from, ctx),
});

const undoAbsence = async (who: Whose, press: Pick<Press, 'subject'>, ctx: Ctx) => {
  if (!press.subject) throw gone();
  const { at, absences } = await lastChange(press.subject, ctx);
  checkUndo(absences && at, ctx.now, "Say 'out' to change it now.");
  if (!absences) throw gone();
  const all = await listAbsences(ctx.db, ctx.alliance, who.id, '0000-01-01');
  checkUnchanged(absences, all);
  await replaceAbsences(ctx.db, ctx.alliance, who.id, { before: absences.after, after: absences.before });
  await ctx.record(press.subject, 'undone', { before: absences.after, after: absences.before }, ctx.actor.partner.id);
  const today = dayOf(ctx.now, await zoneOf(ctx.db, ctx.alliance, who.id));
  const left = (await listAbsences(ctx.db, ctx.alliance, who.id, today)).map(spellSpan);
  const is = who.own ? 'You are' : `${who.name} is`;
  return {
    kind: 'notice',
    text: `Undone. ${left.length > 0 ? `${is} out ${left.join(' and ')}.` : `${is} not out.`}`,
  } as const;
};

const undoHolidays = async ({ subject }: Pick<Press, 'subject'>, ctx: Ctx) => {
  if (!subject) throw gone();
  const { at, holidays } = await lastChange(subject, ctx);
  checkUndo(holidays && at, ctx.now, "Say 'holidays' to change them now.");
  if (!holidays) throw gone();
  await changeHolidays('undone', { before: holidays.after, after: holidays.before }, ctx);
  return { kind: 'notice', text: "Undone. Say 'holidays' to see them." } as const;
};

const undo = interaction({
  id: 'calendar.undo',
  values: z.object({}),
  run: async ({ subject }, ctx) =>
    readSubject(subject?.id ?? '').partner
      ? undoHolidays({ subject }, ctx)
      : undoAbsence(await whoseIn({ subject }, ctx), { subject }, ctx),
});

const remove = interaction({
  id: 'calendar.remove',
  values: z.object({ on: daySchema }),
  run: async ({ subject, values: { on } }, ctx) => {
    const name = (await ctx.directory.holidays(ctx.actor.partner.id)).get(on);
    if (!subject || name === undefined)
      throw new Refusal('no-holiday', "This day is no holiday any more. Say 'holidays' to see those that are.");
    await changeHolidays('holidays-removed', { before: { [on]: name }, after: { [on]: null } }, ctx);
    return holidaysNotice(`${spellSpan({ fromOn: on, untilOn: on })} is a working day again.`, subject);
  },
});

const unmuteAgain = interaction({ id: 'calendar.unmute', values: z.object({}), run: (_, ctx) => unmute(ctx) });

const renew = interaction({ id: 'calendar.renew-address', values: z.object({}), run: (_, ctx) => renewAddress(ctx) });

const stop = interaction({ id: 'calendar.stop-address', values: z.object({}), run: (_, ctx) => stopAddress(ctx) });

export const calendarInteractions: readonly Interaction[] = [
  ...[form, set, cover, back, undo, remove, unmuteAgain],
  ...[renew, stop],
];
