import { z } from 'zod';
import type { Committee, Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Command, command } from '../../core/feature.js';
import type { View } from '../../core/view.js';
import {
  checkMayRecord,
  labelOf,
  linkSchema,
  mayRecord,
  mayVote,
  namesOf,
  seatOn,
  splitDecision,
  textLimits,
  type WordingInput,
  wordingSchema,
} from './rules.js';
import { insertConfirmation, insertDecision } from './store.js';
import { doneNotice, recordForm, subjectOf } from './views.js';

/** The committees the actor can record for from where they are. */
const committeesHere = async (ctx: Ctx): Promise<readonly Committee[]> => {
  if (ctx.place.committee) {
    checkMayRecord(ctx.actor, ctx.place.committee);
    return [ctx.place.committee];
  }
  if (!ctx.place.spot.direct)
    throw new Refusal(
      'unbound-channel',
      'This channel is not bound to a committee. Record the decision in the committee’s channel, or write to Entente directly.',
    );
  const all = await ctx.directory.committees(ctx.actor.alliance);
  const sits = all.filter((committee) => ctx.actor.professional || seatOn(ctx.actor, committee.id));
  const own = sits.filter((committee) => mayRecord(ctx.actor, committee));
  const [asGuest] = own.length === 0 ? sits : [];
  if (asGuest) checkMayRecord(ctx.actor, asGuest);
  if (own.length === 0)
    throw new Refusal(
      'no-seat',
      'You have no seat on a committee yet. Ask the alliance professional of your company for one.',
    );
  return own;
};

/** The actor's confirmation, for their company. */
export const confirmFor = async (ctx: Ctx, id: string, revision: number): Promise<void> => {
  const { person, partner } = ctx.actor;
  await insertConfirmation(ctx.db, id, revision, { partner: partner.id, person, at: ctx.now });
};

interface Source {
  readonly link?: string;
  readonly saidAt?: number;
}

/** Records a decision, confirmed by the recorder's side if they have a vote, and shows it on both sides. */
export const record = async (wording: WordingInput, committee: Committee, source: Source, ctx: Ctx): Promise<View> => {
  checkMayRecord(ctx.actor, committee);
  const id = ctx.newId();
  const number = await ctx.nextNumber('D');
  const { person, partner, alliance } = ctx.actor;
  await insertDecision(
    ctx.db,
    { id, alliance, number, committee: committee.id, person, partner: partner.id, at: ctx.now, ...source },
    wording,
  );
  const role = seatOn(ctx.actor, committee.id)?.role;
  const votes = role !== undefined && mayVote(role);
  if (votes) await confirmFor(ctx, id, 1);
  await ctx.record(subjectOf(id), 'recorded', {
    number,
    committee: committee.key,
    ...wording,
    confirmedFor: votes ? partner.id : null,
  });
  await ctx.announce(subjectOf(id), committee.id);
  const others = (await ctx.directory.partners(alliance)).filter((other) => !votes || other.id !== partner.id);
  return doneNotice(
    `Recorded as ${labelOf({ number })} for the ${committee.key}. It is agreed when ${namesOf(others)} ${others.length > 1 ? 'have' : 'has'} confirmed the wording.`,
    { verb: 'record', id },
  );
};

const start = async (said: ReturnType<typeof splitDecision>, ctx: Ctx): Promise<View> => {
  const committees = await committeesHere(ctx);
  const source: Source = { link: linkSchema.safeParse(ctx.quote?.link).data, saidAt: ctx.quote?.saidAt };
  const [only] = committees;
  if (said.text !== '' && !ctx.quote && only && committees.length === 1)
    return record(parseWording(said), only, source, ctx);
  const partners = await ctx.directory.partners(ctx.actor.alliance);
  const draft = ctx.quote ? { text: cut(ctx.quote.text, textLimits.text) } : said;
  const carry = {
    ...(source.link ? { link: source.link } : {}),
    ...(source.saidAt === undefined ? {} : { saidAt: String(source.saidAt) }),
  };
  return recordForm(draft, committees, partners, carry);
};

const cut = (text: string, max: number): string => [...text].slice(0, max).join('');

const parseWording = (input: z.input<typeof wordingSchema>): WordingInput => {
  const result = wordingSchema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refusal('wording', issue?.message ?? 'Write what was decided.', String(issue?.path[0] ?? 'text'));
};

export const decisionCommands: readonly Command[] = [
  command({
    name: 'decision',
    summary: 'Record what the committee decided, for both companies to confirm.',
    usage: '[what was decided] because [why] instead of [what was rejected]',
    menu: 'Log decision',
    args: z.object({ text: z.string().transform(splitDecision) }),
    run: ({ text }, ctx) => start(text, ctx),
  }),
];
