import { z } from 'zod';
import { actingCommittees, noCommitteeYet } from '../../core/acting.js';
import type { Committee, Ctx, Seat } from '../../core/context.js';
import { daysAfter } from '../../core/days.js';
import { type Command, command, type Mentioned } from '../../core/feature.js';
import { dayFinder, speakersToday } from '../../core/found-days.js';
import type { Day, Instant, PersonId } from '../../core/ids.js';
import { readSubject } from '../../core/origins.js';
import { checkPermission, seated } from '../../core/permission.js';
import { audienceLine, taken } from '../../core/sentences.js';
import type { Span, View } from '../../core/view.js';
import { onlyOf, type Visibility, visibilityHere } from '../../core/visibility.js';
import { statusFor } from './change-rules.js';
import { type Draft, recordForm } from './form-views.js';
import { readOwner } from './owner-rules.js';
import { checkResult, isTooLong, tidy } from './result-rules.js';
import {
  type Action,
  checkCommitteeOpen,
  checkDue,
  checkOwner,
  eligible,
  labelOf,
  linkSchema,
  textLimits,
} from './rules.js';
import { guessDue, readDue } from './spoken-rules.js';
import { insertAction } from './store.js';
import { doneNotice, subjectOf } from './views.js';

/** The committees the actor can record for from where they are. @throws Refusal when there is none */
const committeesHere = async (ctx: Ctx): Promise<readonly Committee[]> => {
  const { actor, place } = ctx;
  const own = (await actingCommittees(ctx)).filter((committee) => seated.allows({ actor, committee }));
  if (own.length === 0) checkPermission(seated, { actor, committee: place.committee });
  if (own.length === 0) throw noCommitteeYet();
  return own;
};

export interface Source {
  readonly link?: string;
  readonly saidAt?: Instant;
  /** What it is made from by a button, as spellSubject spells it. */
  readonly from?: string;
}

export interface Recording extends Source {
  readonly text: string;
  readonly owner: { readonly id: PersonId; readonly name: string };
  readonly dueOn: Day;
  readonly committee: Committee;
  readonly visibility: Visibility;
}

/** What is due so soon cannot wait for the next daily message. */
const SOON_DAYS = 2;

/** Tells the owner at once what is due within two days; everything else is in their daily message. */
export const tellSoon = async (action: Action, ctx: Ctx): Promise<void> => {
  if (action.owner === ctx.actor.person) return;
  if (action.dueOn <= daysAfter(speakersToday(ctx), SOON_DAYS)) await ctx.tell(action.owner, subjectOf(action.id));
};

const recordedText = async (action: Action, name: string, committee: Committee, ctx: Ctx): Promise<readonly Span[]> => {
  const partners = await ctx.directory.partners(ctx.alliance);
  const who = action.owner === ctx.actor.person ? 'yours' : `${name}’s`;
  const waits = action.status === 'proposed' ? ` It is proposed until ${name} accepts it.` : '';
  return [
    `Recorded as ${labelOf(action)} for the ${committee.key}: ${who}, due `,
    { day: action.dueOn },
    `.${waits} ${audienceLine(action.visibility, partners)}.`,
  ];
};

/** Records an action, and shows it to those who share it. @throws Refusal */
export const record = async (recording: Recording, ctx: Ctx): Promise<View> => {
  const { committee, visibility, owner, dueOn, link, saidAt } = recording;
  const { actor, alliance, now } = ctx;
  checkPermission(seated, { actor, committee });
  checkCommitteeOpen(committee);
  const text = checkResult(recording.text);
  const seats = eligible(await ctx.directory.seats(committee.id), visibility);
  const seat = checkOwner(owner.id, owner.name, { committee, seats });
  checkDue(dueOn, speakersToday(ctx));
  const only = onlyOf(visibility);
  const by = { person: actor.person, partner: actor.partner.id };
  const action: Action = {
    ...{ id: ctx.newId(), number: await ctx.nextNumber('A', only), committee: committee.id, visibility, text, dueOn },
    ...{ status: statusFor(seat.partner, by), owner: seat.person, ownerFor: seat.partner },
    ...{ givenBy: by.person, givenAt: now, recordedBy: by.person, recordedFor: by.partner, recordedAt: now },
    ...(link !== undefined && { link }),
    ...(saidAt !== undefined && { saidAt }),
  };
  await insertAction(ctx.db, { ...action, alliance });
  const subject = subjectOf(action.id);
  const { number, status, ownerFor } = action;
  const given = { owner: action.owner, ownerFor, dueOn, status };
  const detail = { number, committee: committee.key, text, ...given, recordedFor: by.partner, saidAt };
  // Said before it is recorded, so that it is not taken for made from what the committee is at just now. What a company
  // keeps to itself is made from nothing that it shares.
  const from = visibility ? undefined : readSubject(recording.from);
  if (from && (await ctx.sourceFor(from)) === committee.id) await ctx.cameFrom(subject, from);
  await ctx.record(subject, 'recorded', detail, only);
  await ctx.announce(subject, committee.id, only);
  await tellSoon(action, ctx);
  return doneNotice(await recordedText(action, seat.personName, committee, ctx), { verb: 'record', id: action.id });
};

/** Those who may own an action of one of these committees. */
export const seatsOf = async (
  committees: readonly Committee[],
  visibility: Visibility,
  ctx: Ctx,
): Promise<readonly Seat[]> => {
  const all: Seat[] = [];
  for (const { id } of committees) all.push(...(await ctx.directory.seats(id)));
  return eligible(all, visibility);
};

interface Heard {
  readonly committees: readonly Committee[];
  readonly seats: readonly Seat[];
  readonly visibility: Visibility;
}

const settingOf = async ({ committees, seats }: Heard, ctx: Ctx) => ({
  seats: [...new Map(seats.map((seat) => [seat.person, seat])).values()],
  partners: await ctx.directory.partners(ctx.alliance),
  self: { id: ctx.actor.person, name: ctx.actor.name },
  key: committees.length === 1 ? (committees[0]?.key ?? '') : 'committees',
});

type Read = Draft & { readonly named?: Recording['owner'] };

/** What was said, as far as it could be read. @throws Refusal for what is meant and cannot be */
const readSaid = async (text: string, people: readonly Mentioned[], heard: Heard, ctx: Ctx): Promise<Read> => {
  if (isTooLong(text)) checkResult(text);
  const { owner, rest } = readOwner(text, people, await settingOf(heard, ctx));
  const { rest: left, ...due } = readDue(rest, dayFinder(ctx), speakersToday(ctx));
  const said = tidy(left);
  const seat = owner && heard.seats.find(({ person }) => person === owner.id);
  const [committee] = heard.committees;
  if (owner && !seat && committee) checkOwner(owner.id, owner.name, { committee, seats: heard.seats });
  return { ...due, ...(said !== '' && { text: checkResult(said) }), ...(owner && { owner: owner.id, named: owner }) };
};

/** A message that is quoted stays as it is; its day and owner are a first guess, and nothing in it is refused. */
const readQuoted = (ctx: Ctx): Draft => {
  const { text = '', saidAt = ctx.now } = ctx.quote ?? {};
  const draft = taken(text, textLimits.text);
  const dueOn = guessDue(draft.text, dayFinder(ctx, saidAt));
  return { ...draft, ...(dueOn !== undefined && dueOn >= speakersToday(ctx) && { dueOn }) };
};

/** The committee that is meant: the only one, or the only one of them that the owner sits on. */
const meantCommittee = ({ committees, seats }: Heard, owner: PersonId | undefined): Committee | undefined => {
  const [only, ...others] = committees.filter(
    ({ id }) => committees.length === 1 || seats.some((seat) => seat.committee === id && seat.person === owner),
  );
  return others.length === 0 ? only : undefined;
};

const start = async (text: string, people: readonly Mentioned[], ctx: Ctx): Promise<View> => {
  const visibility = visibilityHere(ctx);
  const committees = await committeesHere(ctx);
  const heard: Heard = { committees, visibility, seats: await seatsOf(committees, visibility, ctx) };
  const link = linkSchema.safeParse(ctx.quote?.link).data;
  const saidAt = ctx.quote?.saidAt;
  const quoted = ctx.quote !== undefined && text.trim() === '';
  const read: Read = quoted ? readQuoted(ctx) : await readSaid(text, people, heard, ctx);
  const committee = meantCommittee(heard, read.owner);
  const { text: result, named: owner, dueOn } = read;
  if (!quoted && committee && result && owner && dueOn)
    return record({ text: result, owner, dueOn, committee, visibility, link, saidAt }, ctx);
  return recordForm({
    ...{ draft: read, committees, visibility, seats: heard.seats },
    partners: await ctx.directory.partners(ctx.alliance),
    carry: { ...(link && { link }), ...(saidAt !== undefined && { saidAt: String(saidAt) }) },
  });
};

export const actionCommands: readonly Command[] = [
  command({
    name: 'action',
    summary: 'Record what somebody will do, by when.',
    usage: '@owner [what will be done] by [day]',
    menu: 'Log action',
    args: z.object({
      text: z.string(),
      people: z.array(z.custom<Mentioned>((one) => typeof one === 'object' && one !== null)),
    }),
    run: ({ text, people }, ctx) => start(text, people, ctx),
  }),
];
