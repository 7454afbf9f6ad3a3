import { z } from 'zod';
import type { Absence, Ctx, Somebody } from '../../core/context.js';
import { deleteHolidays, listAbsences, replaceAbsences, saveHolidays } from '../../core/directory/absences.js';
import { actorFor } from '../../core/directory/resolve.js';
import type { Day, PartnerId, PersonId } from '../../core/ids.js';
import type { Subject } from '../../core/view.js';
import type { Replaced, Span } from './rules.js';

export const subjectOf = (person: PersonId): Subject => ({ feature: 'calendar', id: `person:${person}` });
export const companySubject = (partner: PartnerId): Subject => ({ feature: 'calendar', id: `company:${partner}` });

/** Whom or which company a subject of this feature is about. */
export const readSubject = (id: string): { readonly person?: PersonId; readonly partner?: PartnerId } => {
  const [kind, key] = id.split(':');
  if (kind === 'person') return { person: key as PersonId };
  return kind === 'company' ? { partner: key as PartnerId } : {};
};

/** In the company's own chain: an alternate's vote may rest on it, and when somebody is out is nobody else's. */
export const saveAbsences = async (person: PersonId, verb: string, replaced: Replaced, ctx: Ctx): Promise<void> => {
  await replaceAbsences(ctx.db, ctx.alliance, person, replaced);
  await ctx.record(subjectOf(person), verb, { ...replaced }, ctx.actor.partner.id);
};

/** A company's days before and after a change; a day without a name is none. */
export interface HolidayChange {
  readonly before: Readonly<Record<Day, string | null>>;
  readonly after: Readonly<Record<Day, string | null>>;
}

export const changeHolidays = async (verb: string, change: HolidayChange, ctx: Ctx): Promise<void> => {
  const { id } = ctx.actor.partner;
  const days = Object.entries(change.after);
  await saveHolidays(ctx.db, id, new Map(days.flatMap(([day, name]) => (name === null ? [] : [[day, name] as const]))));
  await deleteHolidays(
    ctx.db,
    id,
    days.flatMap(([day, name]) => (name === null ? [day] : [])),
  );
  await ctx.record(companySubject(id), verb, { ...change }, id);
};

const absence = z.object({
  fromOn: z.string(),
  untilOn: z.string(),
  cover: z
    .string()
    .transform((id) => id as PersonId)
    .optional(),
});
const replaced = z.object({ before: z.array(absence), after: z.array(absence) });
const days = z.record(z.string(), z.string().nullable());
const changed = z.object({ before: days, after: days });

/** What was done to a subject last, and when. */
export const lastChange = async (subject: Subject, ctx: Ctx) => {
  const last = (await ctx.history(subject, ctx.actor.partner.id)).at(-1);
  return {
    ...(last && last.verb !== 'undone' && { at: last.at }),
    absences: replaced.safeParse(last?.detail).data,
    holidays: changed.safeParse(last?.detail).data,
  };
};

const MOST_OFFERED = 5;

/** Those of one's own company who sit on the same committees, and are there meanwhile. */
export const listCovers = async (person: PersonId, span: Span, ctx: Ctx): Promise<readonly Somebody[]> => {
  const absent = await actorFor(ctx.db, ctx.alliance, person, ctx.now);
  const found = new Map<PersonId, string>();
  for (const { committee } of absent?.seats ?? [])
    for (const seat of await ctx.directory.seats(committee))
      if (seat.partner === ctx.actor.partner.id && seat.person !== person && seat.role !== 'guest')
        found.set(seat.person, seat.personName);
  const free: Somebody[] = [];
  for (const [id, name] of [...found].sort(([, a], [, b]) => a.localeCompare(b, 'en'))) {
    if (free.length === MOST_OFFERED) break;
    if ((await absencesIn(id, span, ctx)).length === 0) free.push({ id, name });
  }
  return free;
};

export const absencesIn = (person: PersonId, { fromOn, untilOn }: Span, ctx: Ctx): Promise<readonly Absence[]> =>
  listAbsences(ctx.db, ctx.alliance, person, fromOn, untilOn);
