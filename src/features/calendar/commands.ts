import { z } from 'zod';
import type { Absence, Ctx, Somebody } from '../../core/context.js';
import { dayOf, dayText } from '../../core/days.js';
import { findMute, listAbsences, saveMute, zoneOf } from '../../core/directory/absences.js';
import { isMember, listPeopleOf } from '../../core/directory/people.js';
import { Refusal } from '../../core/errors.js';
import { type Command, command, type Mentioned, type Said } from '../../core/feature.js';
import type { Day, PersonId } from '../../core/ids.js';
import { splitMentions } from '../../core/mentioned.js';
import { checkPermission, professionals } from '../../core/permission.js';
import { type ReadDays, readDays } from '../../core/spoken-days.js';
import type { View } from '../../core/view.js';
import { showAddress } from './address-commands.js';
import { checkAhead, checkSpan, endedBy, readHolidays, readSpan, readUntil, type Span, spellSpan } from './rules.js';
import { absencesIn, changeHolidays, companySubject, listCovers, saveAbsences } from './store.js';
import {
  absencesView,
  backNotice,
  holidaysNotice,
  holidaysView,
  muteNotice,
  outForm,
  outNotice,
  type Whose,
} from './views.js';

/** The day that it is for whoever speaks, and days as they write them. */
export const speakersDays = ({ now, actor }: Ctx): { readonly today: Day; readonly read: ReadDays } => {
  const today = dayOf(now, actor.zone);
  return { today, read: (text, meant) => readDays(text, { today, meant }) };
};

/** Somebody of the speaker's company. @throws Refusal for others */
export const ownPerson = async ({ id, name }: Mentioned, ctx: Ctx): Promise<Somebody> => {
  const { partner } = ctx.actor;
  if (id && (await isMember(ctx.db, partner.id, id))) return { id, name };
  throw new Refusal(
    'not-own',
    `${name} is not one of ${partner.name}’s people in this alliance. Name somebody who is.`,
  );
};

/** Whose absence is meant: one's own, or, for an alliance professional, a colleague's. @throws Refusal */
export const whoseAbsence = async (who: Mentioned | undefined, ctx: Ctx): Promise<Whose> => {
  const { actor } = ctx;
  if (!who || who.id === actor.person) return { id: actor.person, name: actor.name, own: true };
  checkPermission(professionals, { actor });
  return { ...(await ownPerson(who, ctx)), own: false };
};

/** @throws Refusal for oneself, and for somebody who is out then too */
export const checkCover = async (cover: Somebody, person: PersonId, span: Span, ctx: Ctx): Promise<void> => {
  if (cover.id === person)
    throw new Refusal('own-cover', 'Nobody covers for themselves. Name somebody else, or nobody.', 'cover');
  const [away] = await absencesIn(cover.id, span, ctx);
  if (away)
    throw new Refusal(
      'cover-out',
      `${cover.name} is out too, ${spellSpan(away)}. Choose somebody else, or nobody.`,
      'cover',
    );
};

/** Says when somebody is out; what was said before of these days is over. @throws Refusal */
export const setAbsence = async (who: Whose, span: Span, cover: Somebody | undefined, ctx: Ctx): Promise<View> => {
  const today = dayOf(ctx.now, await zoneOf(ctx.db, ctx.alliance, who.id));
  checkSpan(span, speakersDays(ctx).today);
  if (cover) await checkCover(cover, who.id, span, ctx);
  const absence: Absence = { ...span, ...(cover && { cover: cover.id }) };
  await saveAbsences(who.id, 'out', { before: await absencesIn(who.id, span, ctx), after: [absence] }, ctx);
  const covers = cover ? [] : await listCovers(who.id, span, ctx);
  return outNotice(who, absence, { today, covers, ...(cover && { cover: cover.name }) });
};

/** Ends an absence today, or takes one back that is still to come. @throws Refusal when there is none */
export const endAbsence = async (who: Whose, from: Day | undefined, ctx: Ctx): Promise<View> => {
  const today = dayOf(ctx.now, await zoneOf(ctx.db, ctx.alliance, who.id));
  const known = await listAbsences(ctx.db, ctx.alliance, who.id, today);
  const absence = known.find(({ fromOn }) => (from === undefined ? fromOn <= today : fromOn === from));
  if (!absence)
    throw new Refusal('not-out', `${who.own ? 'You are' : `${who.name} is`} not out. Say 'out' to see what is set.`);
  await saveAbsences(who.id, 'back', endedBy(absence, today), ctx);
  return backNotice(who, absence.fromOn <= today);
};

/** At most this many choices, which a person can still look through. */
const MOST_CHOICES = 100;

export const openForm = async (ctx: Ctx): Promise<View> => {
  const { actor } = ctx;
  const people = await listPeopleOf(ctx.db, actor.partner.id, MOST_CHOICES);
  const me = { id: actor.person, name: actor.name };
  return outForm(actor.partner, me, { people, others: actor.professional });
};

const showAbsences = async (who: Whose, ctx: Ctx): Promise<View> => {
  const today = dayOf(ctx.now, await zoneOf(ctx.db, ctx.alliance, who.id));
  const absences = await listAbsences(ctx.db, ctx.alliance, who.id, today);
  if (absences.length === 0 && who.own) return openForm(ctx);
  const names = await ctx.directory.names(absences.flatMap(({ cover }) => cover ?? []));
  return absencesView(who, absences, names, today);
};

const COVERED = /[\s,;]*\b(?:cover(?:ed)?(?:\s+(?:by|is|will\s+be))?|with)\s*:?\s*$/iu;

/** 'out @person until 3 June covered by @other': who, who covers, and the days between. */
const readOut = (said: Said) => {
  const people: { who?: Mentioned; cover?: Mentioned } = {};
  const words: string[] = [];
  for (const piece of splitMentions(said)) {
    if (typeof piece === 'string') {
      words.push(piece);
      continue;
    }
    const before = words.at(-1) ?? '';
    const key = COVERED.test(before) ? 'cover' : 'who';
    if (people[key]) throw new Refusal('several', 'Name one person who is out, and one who covers for them.');
    people[key] = piece;
    words.splice(-1, 1, before.replace(COVERED, ''));
  }
  return { ...people, text: words.join(' ').trim().replace(/\s+/gu, ' ') };
};

const out = async (said: Said, ctx: Ctx): Promise<View> => {
  const { who: named, cover, text } = readOut(said);
  const who = await whoseAbsence(named, ctx);
  if (text === '' && !cover) return showAbsences(who, ctx);
  const { today, read } = speakersDays(ctx);
  return setAbsence(who, readSpan(text, read, today), cover && (await ownPerson(cover, ctx)), ctx);
};

const holidays = async (text: string, ctx: Ctx): Promise<View> => {
  const { actor, directory } = ctx;
  const { today, read } = speakersDays(ctx);
  const known = await directory.holidays(actor.partner.id);
  const subject = companySubject(actor.partner.id);
  if (text === '') {
    const coming = [...known].filter(([day]) => day >= today);
    return holidaysView(actor.partner, coming, actor.professional ? subject : undefined);
  }
  checkPermission(professionals, { actor });
  const removing = /^(?:remove|delete)\s+/iu;
  const said = readHolidays(text.replace(removing, ''), read, today);
  const removes = removing.test(text);
  const days = [...said.keys()].filter((day) => !removes || known.has(day));
  if (days.length === 0)
    throw new Refusal('no-holiday', "None of these days is a holiday. 'holidays' shows those that are.");
  const before = Object.fromEntries(days.map((day) => [day, known.get(day) ?? null]));
  const after = Object.fromEntries(days.map((day) => [day, removes ? null : (said.get(day) ?? null)]));
  await changeHolidays(removes ? 'holidays-removed' : 'holidays-added', { before, after }, ctx);
  const { name } = actor.partner;
  const [one, many] = removes ? ['a working day', 'working days'] : ['a holiday', 'holidays'];
  const [first = ''] = days;
  const what = days.length === 1 ? `${dayText(first)} is ${one}` : `${days.length} days are ${many}`;
  return holidaysNotice(`${what} of ${name}${removes ? ' again' : ''}. Say 'holidays' to see them all.`, subject);
};

const mute = async (text: string, ctx: Ctx): Promise<View> => {
  const { actor } = ctx;
  const { today, read } = speakersDays(ctx);
  if (text === '') {
    const until = await findMute(ctx.db, ctx.alliance, actor.person);
    return muteNotice(until !== undefined && until >= today ? until : undefined, actor.zone);
  }
  if (/^off$/iu.test(text)) return unmute(ctx);
  const until = readUntil(text, read);
  checkAhead(until, today);
  await saveMute(ctx.db, ctx.alliance, actor.person, until);
  return muteNotice(until, actor.zone);
};

export const unmute = async (ctx: Ctx): Promise<View> => {
  await saveMute(ctx.db, ctx.alliance, ctx.actor.person, undefined);
  return muteNotice(undefined, ctx.actor.zone);
};

const words = z.object({ text: z.string().transform((text) => text.trim()) });
const within = { topic: 'people', within: 'entente' } as const;

export const calendarCommands: readonly Command[] = [
  command({
    ...within,
    name: 'calendar',
    summary: 'Have your meetings in your own calendar, kept up to date.',
    usage: '',
    args: words,
    run: (_, ctx) => showAddress(ctx),
  }),
  {
    ...within,
    name: 'out',
    summary: 'Say when you are out, and who gets what waits for you.',
    usage: 'until [day] covered by @person',
    run: out,
  },
  command({
    ...within,
    name: 'back',
    summary: 'You are back earlier than you said.',
    usage: '',
    args: words,
    run: (_, ctx) => endAbsence({ id: ctx.actor.person, name: ctx.actor.name, own: true }, undefined, ctx),
  }),
  command({
    ...within,
    name: 'holidays',
    summary: 'Days on which your company does not work.',
    usage: '[day] [name], [day] to [day] [name]',
    args: words,
    run: ({ text }, ctx) => holidays(text, ctx),
  }),
  command({
    ...within,
    name: 'mute',
    summary: 'Get no daily message for a while.',
    usage: 'until [day]',
    args: words,
    run: ({ text }, ctx) => mute(text, ctx),
  }),
  command({
    ...within,
    name: 'unmute',
    summary: 'Get the daily message again.',
    usage: '',
    args: words,
    run: (_, ctx) => unmute(ctx),
  }),
];
