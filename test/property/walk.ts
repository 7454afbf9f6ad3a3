/*
 * What people do in a world: they say words, press buttons they saw or guessed, submit forms, and let others in.
 */
import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { findChannelAt } from '../../src/core/directory/channels.js';
import { isAccount } from '../../src/core/directory/places.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import { DeliveryError } from '../../src/core/errors.js';
import type { Answer, Call, PressCall, Quote, Word } from '../../src/core/platform.js';
import { SPEAK } from '../../src/core/speaking.js';
import type { Button, FormView, Subject, View } from '../../src/core/view.js';
import type { Scope } from './secrets.js';
import { tour } from './tour.js';
import { accountKey, hostOf, type Inhabitant, type Room, type Town } from './town.js';
import type { World } from './world.js';

const kinds = [
  'record',
  'record',
  'record',
  'say',
  'press',
  'press',
  'submit',
  'submit',
  'position',
  'position',
  'home',
  'open',
  'forge',
  'rest',
] as const;

/** Numbers are taken modulo what there is to choose from. */
export const step = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(50),
  where: fc.nat(50),
  what: fc.nat(200),
  how: fc.nat(5),
});

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A button or a form that somebody has before them. */
interface Offer {
  readonly account: string;
  readonly room?: Room;
  readonly button?: Button;
  readonly form?: FormView;
}

interface Walk {
  readonly town: Town;
  readonly world: World;
  readonly offers: Offer[];
  readonly subjects: Map<string, { readonly subject: Subject; readonly scope: Scope }>;
}

const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];

const roomsOf = ({ world }: Walk, { account, side }: Inhabitant): readonly Room[] =>
  world.rooms.filter((room) => room.platform === account.platform && room.sides.has(side));

/** One in four speaks to Entente directly, one in four in a lane of their own company. */
const placeFor = (walk: Walk, who: Inhabitant, where: number): Room | undefined => {
  const rooms = roomsOf(walk, who);
  if (where % 4 === 0) return undefined;
  const lanes = where % 4 === 1 ? rooms.filter((room) => walk.world.lanes.includes(room)) : [];
  return pick(lanes.length > 0 ? lanes : rooms, where >> 2);
};

const callFrom = ({ account, profile }: Inhabitant, room: Room | undefined): Call => {
  const { platform, workspace, user } = account;
  const direct = { platform, workspace, conversation: `D${user}`, direct: true };
  const spot = room ? { platform, workspace: room.workspace, conversation: room.conversation, direct: false } : direct;
  return { id: randomUUID(), caller: { ...account, name: profile.name }, spot };
};

/** True in a company's own lane that others read: what is said there must be kept nowhere. */
const isExposed = async ({ town }: Walk, { side }: Inhabitant, room: Room | undefined): Promise<boolean> =>
  room !== undefined && (room.sides.size > 1 || side !== room.owner) && (await town.isLane(room));

/** Alliances that people of this world have set up since it was made. */
const meetAlliances = async ({ town, world }: Walk): Promise<void> => {
  const { workspaces, partners } = directoryTables(town.store.read);
  const rows = await town.store.read
    .select({ workspace: workspaces.workspace, alliance: partners.allianceId })
    .from(workspaces)
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .where(inArray(workspaces.workspace, [...new Set(world.people.map(({ account }) => account.workspace))]));
  for (const { workspace, alliance } of rows)
    world.sides.set(alliance, new Set([...(world.sides.get(alliance) ?? []), hostOf({ workspace })]));
};

/** Whom what somebody records is for, as they were told or can see. */
const scopeOf = async (
  walk: Walk,
  who: Inhabitant,
  room: Room | undefined,
  values: Readonly<Record<string, string>>,
) => {
  const { town, world } = walk;
  const channel = room && (await findChannelAt(town.store.read, room));
  if (room && channel?.internal && room.owner === who.side && room.sides.size === 1)
    return { kind: 'company', side: who.side, internal: true } as const;
  const { identities } = directoryTables(town.store.read);
  const [row] = await town.store.read
    .select({ alliance: identities.allianceId })
    .from(identities)
    .where(isAccount(town.store.read, who.account));
  const all = [...world.sides]
    .filter(([, sides]) => sides.has(who.side) && sides.has(hostOf(who.account)))
    .map(([alliance]) => alliance);
  const alliance = channel?.alliance ?? values.alliance ?? (all.length === 1 ? all[0] : row?.alliance);
  const sides = world.sides.get(alliance ?? '');
  return sides && ({ kind: 'sides', sides } as const);
};

const offersIn = (view: View): Pick<Offer, 'button' | 'form'>[] => {
  if (view.kind === 'form') return [{ form: view }];
  const inItems = view.kind === 'list' ? view.items.flatMap((item) => item.buttons ?? []) : [];
  const own = 'buttons' in view ? (view.buttons ?? []) : [];
  return [...own, ...inItems].map((button) => ({ button }));
};

const heard = (walk: Walk, call: Call, room: Room | undefined, answer: Answer): void => {
  walk.town.answered(call, answer);
  const account = accountKey(call.caller);
  for (const view of answer.card ? [answer.view, answer.card] : [answer.view])
    for (const offer of offersIn(view)) walk.offers.push({ ...offer, account, ...(room && { room }) });
};

const count = ({ tally }: Town, what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

/** Asks, and settles whom what was typed is for now, if it was taken. */
const ask = async (
  walk: Walk,
  call: Call,
  room: Room | undefined,
  scope: Scope | undefined,
  said: object,
  go: () => Promise<Answer>,
) => {
  const answer = await go();
  const { view, outcome } = answer;
  count(walk.town, outcome);
  if (outcome === 'done' && scope && view.kind === 'notice') {
    walk.town.secrets.settle(JSON.stringify(said), scope);
    const subject = view.buttons?.[0]?.subject;
    if (subject && !walk.subjects.has(subject.id)) {
      walk.subjects.set(subject.id, { subject, scope });
      count(walk.town, `recorded for ${scope.kind}`);
    }
  }
  heard(walk, call, room, answer);
};

const speak = async (walk: Walk, who: Inhabitant, room: Room | undefined, words: readonly Word[], quote?: Quote) => {
  const call = { ...callFrom(who, room), words, ...(quote && { quote }) };
  const scope = await scopeOf(walk, who, room, {});
  await ask(walk, call, room, scope, { words }, () => walk.town.inbound.command(call));
};

/** Something unmistakable, for now for nobody but who typed it. */
const secretOf = async (walk: Walk, who: Inhabitant, room: Room | undefined): Promise<string> => {
  const exposed = await isExposed(walk, who, room);
  if (exposed) count(walk.town, 'said in an open lane');
  return walk.town.secrets.make(exposed ? { kind: 'nobody' } : { kind: 'typer', account: accountKey(who.account) });
};

const record = async (
  walk: Walk,
  who: Inhabitant,
  room: Room | undefined,
  { how, where, what }: Step,
): Promise<void> => {
  const secret = () => secretOf(walk, who, room);
  if (how === 0) return speak(walk, who, room, ['decision']);
  if (how === 1) {
    const to = pick(['me', '@me', ''], where) ?? '';
    return speak(walk, who, room, [
      `action ${to} Send ${await secret()} *_~<b>& ${pick(['tomorrow', 'by 3 May', ''], what)}`,
    ]);
  }
  if (how > 2) {
    const more = how > 3 ? ` because ${await secret()} instead of ${await secret()}` : '';
    return speak(walk, who, room, [`decision ${await secret()} *_~<b>&${more}`]);
  }
  // A message in another company's chat, where they are a guest, is known there too.
  const known: Scope =
    hostOf(who.account) === who.side
      ? { kind: 'company', side: who.side, internal: false }
      : { kind: 'sides', sides: new Set([who.side, hostOf(who.account)]) };
  const link = `https://x.example/${walk.town.secrets.make(known)}`;
  const quote: Quote = { text: `${await secret()} is sent`, link };
  await speak(walk, who, room, [what % 2 === 0 ? 'decision' : 'action'], quote);
};

const arguments_ = [
  ...['', 'JSC', 'JDC', 'JSC internal', 'JSC member', 'JSC from 1 Jan', 'list', 'add XYZ Another one'],
  ...['positions JSC', 'prep JSC', 'note JSC', 'show JSC'],
];

/** Any word of any feature, with whatever may follow. */
const say = async (walk: Walk, who: Inhabitant, room: Room | undefined, { what, how, where }: Step): Promise<void> => {
  const known = walk.town.features.flatMap((feature) => feature.commands ?? []).map((one) => one.name);
  const name = pick([...known, 'help', 'alliance', 'nonsense'], what) ?? 'help';
  const other = pick(walk.world.people, where + how)?.account;
  const mention = other ? { user: other.user, workspace: other.workspace, name: 'somebody' } : '';
  const words = pick(arguments_, what + how) ?? '';
  await speak(walk, who, room, how === 1 ? [`${name} `, mention, ` ${words}`] : [`${name} ${words}`.trim()]);
};

const press = async (
  walk: Walk,
  who: Inhabitant,
  room: Room | undefined,
  pressed: Pick<PressCall, 'interaction' | 'subject' | 'values'>,
  scope?: Scope,
) => {
  const call: PressCall = { ...callFrom(who, room), ...pressed };
  const intended =
    scope ??
    (pressed.subject ? walk.subjects.get(pressed.subject.id)?.scope : await scopeOf(walk, who, room, pressed.values));
  await ask(walk, call, room, intended, pressed.values, () => walk.town.inbound.press(call));
  if (pressed.interaction.startsWith('alliances.')) await meetAlliances(walk);
};

/** What somebody keeps within their company, wherever they say it: at home it is that company's alone. */
const within = (who: Inhabitant): Scope | undefined =>
  hostOf(who.account) === who.side ? { kind: 'company', side: who.side, internal: true } : undefined;

const stances = ['aligned', 'not-yet', 'if', 'step'] as const;

/** Somebody says where they stand on what is to be decided, notes something for their company, or reads what it said. */
const position = async (walk: Walk, anybody: Inhabitant, step: Step): Promise<void> => {
  const { world } = walk;
  const question = pick(world.questions, step.what);
  if (!question) return;
  const voting = world.companies.flatMap(({ people }) =>
    people.filter(({ role }) => role === 'co-chair' || role === 'member').map(({ account }) => account),
  );
  const who = step.where % 5 === 0 ? anybody : (pick(voting, step.who) ?? anybody);
  const room = placeFor(walk, who, step.where);
  const { key, item } = question;
  const secret = await secretOf(walk, who, room);
  const scope = within(who);
  if (step.how > 3) {
    const words = [
      `meeting ${step.how === 4 ? `note ${key} ${secret}` : pick([`positions ${key}`, `prep ${key}`], step.where)}`,
    ];
    const call = { ...callFrom(who, room), words };
    return ask(walk, call, room, scope, { words }, () => walk.town.inbound.command(call));
  }
  const stance = pick(stances, step.how) ?? 'aligned';
  const values: Record<string, string> =
    stance === 'if' ? { condition: secret } : stance === 'step' ? { step: secret } : {};
  const before = walk.town.tally.get('done') ?? 0;
  await press(walk, who, room, { interaction: `meetings.${stance}`, subject: item, values }, scope);
  if ((walk.town.tally.get('done') ?? 0) > before) count(walk.town, `position ${stance}`);
};

/** A button that somebody saw, by them or by anybody else who learned of it. */
const pressSeen = async (walk: Walk, step: Step, who: Inhabitant, room: Room | undefined): Promise<void> => {
  const offer = pick(
    walk.offers.filter(({ button }) => button),
    step.what,
  );
  if (!offer?.button) return record(walk, who, room, step);
  const { id: interaction, subject, carry = {} } = offer.button;
  // What waits for the answer which alliance is meant is said once, by who said it and where they did.
  const choosing = interaction === SPEAK;
  const theirs = choosing || step.how < 4;
  const owner = theirs ? walk.world.people.find(({ account }) => accountKey(account) === offer.account) : who;
  if (choosing)
    walk.offers.splice(
      0,
      walk.offers.length,
      ...walk.offers.filter(({ button }) => button?.carry?.words !== carry.words),
    );
  await press(walk, owner ?? who, theirs ? offer.room : room, {
    interaction,
    ...(subject && { subject }),
    values: carry,
  });
};

const submit = async (walk: Walk, step: Step, other: Inhabitant, elsewhere: Room | undefined): Promise<void> => {
  const offer = pick(
    walk.offers.filter(({ form }) => form),
    step.what,
  );
  if (!offer?.form) return record(walk, other, elsewhere, { ...step, how: step.how % 2 });
  const { form } = offer;
  const own = walk.world.people.find(({ account }) => accountKey(account) === offer.account);
  // Whoever is of another company never saw the form.
  const who = own && (step.how < 5 || own.side !== other.side) ? own : other;
  // Teams may bring a form back from the chat with its reader instead of the channel it was asked for in.
  const room = step.how < 4 ? offer.room : placeFor(walk, who, step.where);
  const values: Record<string, string> = { ...form.carry };
  for (const field of form.fields) {
    const kept = field.value !== undefined && step.how > 2;
    const chosen = field.kind === 'choice' ? pick(field.options, step.what)?.value : undefined;
    values[field.name] =
      chosen ??
      (kept
        ? (field.value ?? '')
        : field.name === 'review'
          ? ''
          : field.name === 'due'
            ? 'in two weeks'
            : field.kind === 'text' && field.name !== 'day' && /^(?:decisions|actions|meetings)\./u.test(form.id)
              ? `${await secretOf(walk, who, room)} is sent`
              : 'plain');
  }
  const only = form.audience.startsWith('Only ');
  const alone: Scope = { kind: 'company', side: who.side, internal: true };
  const kept = form.id.startsWith('meetings.') ? within(who) : form.subject ? undefined : alone;
  const promised = only ? kept : undefined;
  await press(
    walk,
    who,
    room,
    { interaction: form.id, ...(form.subject && { subject: form.subject }), values },
    promised,
  );
};

/** Any button of any feature on any record, by somebody who may not even know that it exists. */
const forge = async (walk: Walk, step: Step, who: Inhabitant, room: Room | undefined): Promise<void> => {
  const known = walk.town.features.flatMap((feature) => feature.interactions ?? []).map(({ id }) => id);
  const interaction = pick(known, step.what);
  const asked = walk.world.questions.flatMap(({ item, internal }) => [item, ...internal]);
  const recorded = [...walk.subjects.values()].map(({ subject }) => subject);
  const internal = interaction?.startsWith('meetings.');
  const target = pick(internal ? asked : recorded, step.where + step.how);
  if (!interaction || !target) return record(walk, who, room, step);
  const writes =
    ['decisions.revise', 'actions.decline', 'actions.block', 'actions.drop'].includes(interaction) || internal;
  const secret = writes ? await secretOf(walk, who, room) : 'x';
  const reason = interaction.startsWith('actions.') ? secret : 'because';
  const values = { revision: '1', text: secret, reason, committee: 'x', due: 'in two weeks', owner: 'x' };
  const said = internal ? { text: secret, condition: secret, step: secret } : values;
  await press(walk, who, room, { interaction, subject: target, values: said }, internal ? within(who) : undefined);
};

/** Others are let into a company's own lane, or leave it. */
const open = async (walk: Walk, { where, how, what }: Step): Promise<void> => {
  const { town, world } = walk;
  const room = pick(world.lanes, where);
  const other = pick(
    world.companies.filter(({ side }) => side !== room?.owner),
    what,
  );
  if (!room || !other) return;
  await town.settle();
  const { platform, workspace, conversation } = room;
  const spot = { platform, workspace, conversation, direct: false };
  const closes = room.sides.size > 1 && how > 2;
  room.sides.clear();
  for (const side of closes ? [room.owner] : [room.owner, other.side]) room.sides.add(side);
  const guest = world.people.find(({ account, side }) => side === other.side && account.workspace === workspace);
  if (!closes && how === 0 && guest) await speak(walk, guest, room, ['decision Said by who is no more outside']);
  else
    await town.inbound.notify({
      kind: 'readers',
      platform,
      workspace,
      spot,
      ...(how === 1 && !closes && { outsiders: true as const }),
    });
  await town.settle();
  town.standing(room);
  count(town, closes ? 'own again' : 'exposed');
};

/** A message that the platform never lets Entente change stays as it is, and nothing can be done about it from here. */
const trouble = (town: Town, times: number): void => {
  let left = times;
  town.trouble = (how) => {
    left -= 1;
    if (left < 0) {
      town.trouble = undefined;
      return undefined;
    }
    const never = how === 'post' && left % 3 === 2;
    return new DeliveryError(never ? 'never' : 'later', 'test:trouble', { afterMs: 1_000 });
  };
};

const take = async (walk: Walk, one: Step): Promise<void> => {
  const who = pick(walk.world.people, one.who);
  if (!who) return;
  const room = placeFor(walk, who, one.where);
  switch (one.kind) {
    case 'record':
      return record(walk, who, room, one);
    case 'say':
      return say(walk, who, room, one);
    case 'press':
      return pressSeen(walk, one, who, room);
    case 'submit':
      return submit(walk, one, who, room);
    case 'position':
      return position(walk, who, one);
    case 'home': {
      const call = callFrom(who, room);
      return heard(walk, call, room, await walk.town.inbound.home(call));
    }
    case 'forge':
      return forge(walk, one, who, room);
    case 'open':
      return open(walk, one);
    case 'rest':
      walk.town.clock.at += one.how * 60_000;
      if (one.what % 5 === 0) trouble(walk.town, one.how);
      return walk.town.settle();
    default:
      return one.kind satisfies never;
  }
};

/** Everything that happens, and a last look at what stands everywhere; the leaks are the town's. */
export const walkThrough = async (town: Town, world: World, steps: readonly Step[]): Promise<void> => {
  const walk: Walk = { town, world, offers: [], subjects: new Map() };
  for (const one of steps) await take(walk, one);
  town.trouble = undefined;
  await town.settle();
  // A copy holds everything that a company may see: now and then everybody asks for one.
  if (steps.length % 4 === 0) {
    for (const who of world.people) await speak(walk, who, undefined, ['export']);
    await town.settle();
  }
  if (steps.length % 4 === 1) await tour(town, world);
  for (const room of world.rooms) {
    town.standing(room);
    if (/green, aligned|amber, on the way|red, not yet/u.test(town.shows(room))) count(town, 'colours seen');
  }
};
