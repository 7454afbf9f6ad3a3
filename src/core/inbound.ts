/*
 * A call -> one transaction -> a view.
 *
 * Whoever calls is resolved first, on the read side: that is where the scope of the transaction is known from. Inside
 * it: the receipt of an earlier delivery, the permission, the handler, the new receipt. Nothing is answered before the
 * commit, and the platform is asked who somebody is before any transaction begins.
 */
import { type AnsweringParts, answerOnce } from './answering.js';
import { identifyPeople, resolveCaller } from './callers.js';
import type { Ctx, Read } from './context.js';
import { isTold } from './daily/messages.js';
import { storable } from './db/text.js';
import { presentCard } from './delivery.js';
import { directoryOf } from './directory/reads.js';
import { isStale, refreshAddresses } from './directory/refresh.js';
import { audienceNow, listChoices, type Resolved } from './directory/resolve.js';
import { Refusal } from './errors.js';
import { readersOf } from './exposure.js';
import type { Command, Feature, Interaction, Said } from './feature.js';
import { guarded } from './guarding.js';
import { createCtx } from './handling.js';
import { openHelp } from './help.js';
import { openHome } from './home.js';
import type { Log } from './log.js';
import type { MeetingParts } from './meeting.js';
import { observeNotification } from './notifications.js';
import { labelSaid, OPEN, openCalled, openPressed } from './opening.js';
import type { Permissions } from './permission.js';
import { permit } from './permit.js';
import type { Answer, Call, CommandCall, Inbound, Platform, PressCall, Quote, Word } from './platform.js';
import { ANOTHER, quotedWith, type Taken, takenAgain, takenBefore } from './quoting.js';
import { SPEAK, speakFor, stamped, whichAlliance } from './speaking.js';
import { unfurl } from './unfurling.js';
import type { Subject, View } from './view.js';
import { visit } from './visiting.js';
import { ALLIANCE, commandsOf, findCommand, HELP, isGreeting, parseWords, plainWords } from './words.js';

export interface InboundParts extends AnsweringParts, MeetingParts {
  readonly features: ReadonlyMap<string, Feature>;
  readonly platforms: ReadonlyMap<Platform['id'], Platform>;
  /** None permits everything that the features' own rules do: for tests of small features. */
  readonly permissions?: Permissions;
  readonly log: Log;
  /** Where browsers find Entente; without it records have no links. */
  readonly publicUrl?: string;
}

const clean = (word: Word): Word =>
  typeof word === 'string' ? storable(word) : { ...word, name: storable(word.name) };

const cleanValues = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, storable(value)]));

const exposedRefusal = new Refusal(
  'exposed',
  'This was your company’s own channel, and people from outside of it can read it by now, so nothing was kept. Ask your alliance professional to bind another one.',
);

/** Looks at what a call is allowed before anything of it is done. @throws Refusal */
const checkExposure = ({ exposed }: Resolved, mends?: true): void => {
  if (exposed && !mends) throw exposedRefusal;
};

interface Errand {
  readonly call: CommandCall | PressCall;
  readonly resolved: Resolved;
  readonly feature: Feature;
  /** The word said or the button pressed, as the table of permissions has it. */
  readonly key: string;
  readonly subject?: Subject;
  readonly asks?: 'readers';
  readonly quote?: Quote;
}

/** Tells when a card that is wished for will stand in the place itself. */
const noting = (ctx: Ctx, { exposed, place }: Resolved, note: () => void): Ctx => ({
  ...ctx,
  announce: async (subject, committee, only) => {
    await ctx.announce(subject, committee, only);
    const here = place.committee !== undefined && place.committee.id === committee;
    if (here && !exposed && place.internal === (only !== undefined)) note();
  },
});

/** Kept with the receipt, so that a redelivered call is answered in the same way. */
type Noted = View & Pick<Answer, 'shown'> & { readonly taken?: Taken };

const run = async (parts: InboundParts, errand: Errand, handle: (ctx: Ctx) => Promise<Noted>): Promise<Answer> => {
  const { call, resolved, feature, asks, quote } = errand;
  const { actor, stored } = resolved;
  const readers = asks && (await readersOf(parts, call.spot));
  const answered: Noted = await answerOnce(parts, call, actor.alliance, async (tx, now): Promise<Noted> => {
    let shown: true | undefined;
    if (isStale(stored, call)) await refreshAddresses(tx, stored, call);
    const given = {
      tx,
      now,
      newId: parts.newId,
      derive: parts.derive,
      publicUrl: parts.publicUrl,
      alliance: actor.alliance,
      feature: feature.name,
      features: parts.features,
    };
    const ctx = noting(createCtx(given, resolved, { quote, readers }), resolved, () => {
      shown = true;
    });
    const checkRest = await permit(parts.permissions, errand, ctx);
    const { taken, ...view } = await handle(ctx);
    checkRest();
    const answer = resolved.several ? stamped(view, actor.alliance) : view;
    return { ...answer, ...(shown && { shown }), ...(taken && { taken }) };
  });
  const { shown, taken: _, ...view } = answered;
  return { ...done(view), ...(shown && { shown }) };
};

const readOf = (parts: InboundParts, db: Read['db']): Read => {
  const now = parts.now();
  return { db, now, directory: directoryOf(db, now), publicUrl: parts.publicUrl };
};

/**
 * The pressed card as it is after the commit, for platforms that answer a press with the new card. What was committed
 * stays so when it cannot be drawn: then there is none.
 */
const pressedCard = (parts: InboundParts, call: PressCall, { actor, place }: Resolved): Promise<View | undefined> => {
  const subject = call.on ?? call.subject;
  if (!subject) return Promise.resolve(undefined);
  return parts.store
    .snapshot(async (db) => {
      // What a card says that it stands on comes from outside: nobody sees what was told to somebody else.
      if (call.on && !(await isTold(db, call.on, actor.person))) return undefined;
      const audience = await audienceNow(db, place);
      return audience && presentCard(parts.features, subject, readOf(parts, db), audience);
    })
    .catch((error: unknown) => {
      parts.log.error({ call: call.id, err: error }, 'pressed card not drawn');
      return undefined;
    });
};

const findInteraction = (features: ReadonlyMap<string, Feature>, id: string): [Feature, Interaction] => {
  const [name = ''] = id.split('.');
  const feature = features.get(name);
  const found = feature?.interactions?.find((candidate) => candidate.id === id);
  if (!feature || !found)
    throw new Refusal('unknown-button', 'This button is from an older version of Entente. Use a newer card.');
  return [feature, found];
};

/** Buttons are about subjects of their own feature; one that comes back with another's was not drawn by us. */
const checkSubject = ({ subject }: PressCall, { name }: Feature): void => {
  if (subject && (subject.feature !== name || storable(subject.id) !== subject.id))
    throw new Refusal('unknown-button', 'This button does not say what it is about. Use a newer card.');
};

const ownerOf = (features: ReadonlyMap<string, Feature>, command: Command): Feature => {
  const found = [...features.values()].find((feature) => feature.commands?.includes(command));
  if (!found) throw new Error(`no feature offers ${command.name}`);
  return found;
};

const visited = ({ name }: Feature, { guests }: Command | Interaction) => ({ feature: name, guests });

const done = (view: View): Answer => ({ outcome: 'done', view });

export const createInbound = (parts: InboundParts): Inbound => {
  const { features, store } = parts;
  const commands = commandsOf(features.values());

  const home = async (call: Call): Promise<Answer> => done(await openHome({ ...parts, commands }, call));

  const act = async (call: CommandCall, found: Command, rest: readonly Word[], again?: 'again'): Promise<Answer> => {
    const feature = ownerOf(features, found);
    if (found.visit) {
      const said: Said = { text: plainWords(rest, []), people: [] };
      return done(await visit(parts, call, visited(feature, found), (visitor) => found.visit(said, visitor)));
    }
    const resolved = await resolveCaller(parts, call);
    if (resolved.kind === 'several')
      return done(whichAlliance(resolved.choices, call.words, found.menu && (call.quote ?? call.replied)));
    checkExposure(resolved, found.mends);
    const people = await identifyPeople(parts, resolved.actor.alliance, call.spot, rest);
    const said: Said = { text: plainWords(rest, people), people };
    const quote = await quotedWith(parts, call, found, said.text !== '');
    const errand: Errand = { call, resolved, feature, key: found.name, asks: found.asks, quote };
    return run(parts, errand, async (ctx): Promise<Noted> => {
      const fresh = again !== undefined || said.text !== '' || !quote;
      const before = fresh ? undefined : await takenBefore(ctx, features, feature.name, quote, call.id);
      return before && quote ? { ...before, taken: { word: found.name, quote } } : found.run(said, ctx);
    });
  };

  const command = async (call: CommandCall): Promise<Answer> => {
    const { name, rest } = parseWords(call.words.map(clean));
    const greeted = call.spot.direct && isGreeting(name);
    if (greeted || (name === '' && rest.length === 0)) return home(call);
    if (name === HELP) return done(await openHelp({ ...parts, commands }, call, plainWords(rest, [])));
    if (name === ALLIANCE) return done(whichAlliance(await listChoices(store.read, call.caller)));
    const known = commands.some((one) => one.name === name);
    // 'open' is a word of its own too: 'open meeting', but 'open D-14'.
    const label = known && name !== 'open' ? undefined : labelSaid(call.words.map(clean), call.spot.direct && !known);
    if (label !== undefined) return done(await openCalled(parts, call, label));
    return act(call, findCommand(name, commands), rest);
  };

  const speak = async (call: PressCall): Promise<Answer> => {
    const words = await speakFor(store, call, await listChoices(store.read, call.caller));
    return words.length > 0 ? command({ ...call, id: `${call.id}:said`, words }) : home(call);
  };

  const another = async (call: PressCall): Promise<Answer> => {
    const { word, quote } = await takenAgain(store.read, call);
    return act({ ...call, words: [word], quote }, findCommand(word, commands), [], 'again');
  };

  const press = async (call: PressCall): Promise<Answer> => {
    if (call.interaction === SPEAK) return speak(call);
    if (call.interaction === OPEN) return done(await openPressed(parts, { ...call, values: cleanValues(call.values) }));
    if (call.interaction === ANOTHER) return another(call);
    const [feature, found] = findInteraction(features, call.interaction);
    checkSubject(call, feature);
    const { subject } = call;
    const asked = { subject, values: cleanValues(call.values) };
    if (found.visit)
      return done(await visit(parts, call, visited(feature, found), (visitor) => found.visit(asked, visitor)));
    const resolved = await resolveCaller(parts, call);
    if (resolved.kind === 'several') return done(whichAlliance(resolved.choices));
    checkExposure(resolved, found.mends);
    const errand: Errand = { call, resolved, feature, key: found.id, subject, asks: found.asks };
    const answer = await run(parts, errand, (ctx) => found.run(asked, ctx));
    return { ...answer, card: await pressedCard(parts, call, resolved) };
  };

  return {
    command: (call) => guarded(parts, call, () => command(call)),
    press: (call) => guarded(parts, call, () => press(call)),
    home: (call) => guarded(parts, call, () => home(call)),
    unfurl: (call) => unfurl(parts, call),
    notify: (event) => observeNotification(parts, event),
  };
};
