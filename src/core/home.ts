import { type CallerParts, resolveCaller } from './callers.js';
import type { Actor, Place, Read } from './context.js';
import { directoryOf } from './directory/reads.js';
import { Refusal } from './errors.js';
import type { Feature } from './feature.js';
import { gatherWaiting } from './gathering.js';
import { groupsFor, type Sayable } from './help.js';
import type { Call } from './platform.js';
import { stamped, whichAlliance } from './speaking.js';
import type { ListItem, ListView, NoticeView, View } from './view.js';
import { mostUrgentFirst } from './waiting.js';

const HELP = 'help: what each word does';

interface HomeParts extends CallerParts, Sayable {
  readonly features: ReadonlyMap<string, Feature>;
}

interface Visitor {
  readonly actor: Actor;
  readonly place: Place;
  readonly read: Read;
}

const seatsOf = async ({ actor, read }: Visitor): Promise<string> => {
  const names: string[] = [];
  for (const seat of actor.seats)
    names.push(`${(await read.directory.committee(seat.committee))?.key ?? ''} (${seat.role})`);
  return names.length > 0 ? `You sit on ${names.join(', ')}` : 'You have no seat on a committee yet';
};

const MOST_AHEAD = 3;

/** Their next meetings. */
const aheadOf = async ({ features }: HomeParts, { actor, place, read }: Visitor): Promise<readonly ListItem[]> => {
  const ahead: ListItem[] = [];
  for (const feature of features.values()) ahead.push(...((await feature.ahead?.(actor, read, place.audience)) ?? []));
  return ahead.slice(0, MOST_AHEAD);
};

/** What waits for this person, what is ahead of them, and what they can do. */
const homeView = async (parts: HomeParts, visitor: Visitor): Promise<ListView> => {
  const { actor, place, read } = visitor;
  const waiting = await gatherWaiting(parts, actor, read, place.audience);
  const ahead = await aheadOf(parts, visitor);
  const said = groupsFor(parts, [actor]).map(
    ({ title, commands }) => `${title}: ${commands.map(({ name }) => name).join(', ')}`,
  );
  return {
    kind: 'list',
    title: waiting.length > 0 ? 'What waits for you' : 'Nothing waits for you',
    intro: `${actor.name}, ${actor.partner.name}. ${await seatsOf(visitor)}.`,
    // What can be said is one item, so that nobody takes a command for something that waits.
    items: [...mostUrgentFirst(waiting), ...ahead, { title: 'What you can say', text: [...said, HELP].join('\n') }],
    empty: "Say 'help' for what you can do.",
  };
};

/** For people whose workspace takes part in nothing yet: where to begin. */
const welcomeView = (features: Iterable<Feature>, sentence: string): NoticeView => ({
  kind: 'notice',
  title: 'Welcome to Entente',
  text: sentence,
  buttons: [...features].flatMap((feature) => feature.welcome ?? []),
});

/** @throws Refusal for strangers */
export const openHome = async (parts: HomeParts, call: Call): Promise<View> => {
  let who: Awaited<ReturnType<typeof resolveCaller>>;
  try {
    who = await resolveCaller(parts, call);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'unknown-workspace') throw error;
    return welcomeView(parts.features.values(), error.sentence);
  }
  if (who.kind === 'several') return whichAlliance(who.choices);
  const { actor, place, several } = who;
  return parts.store.snapshot(async (db) => {
    const now = parts.now();
    const view = await homeView(parts, { actor, place, read: { db, now, directory: directoryOf(db, now) } });
    return several ? stamped(view, actor.alliance) : view;
  });
};
