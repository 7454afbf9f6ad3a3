/*
 * One deployment with platforms that draw what they are given as the real ones do, and look at every byte of it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { pino } from 'pino';
import { cardsHealth } from '../../src/core/cards-health.js';
import { createDaily } from '../../src/core/daily/daily.js';
import type { Store } from '../../src/core/db/store.js';
import { refusedDeliveries } from '../../src/core/delivery.js';
import { findChannelAt } from '../../src/core/directory/channels.js';
import { DeliveryError } from '../../src/core/errors.js';
import { exposedChannels } from '../../src/core/exposure.js';
import type { Feature } from '../../src/core/feature.js';
import { forgottenPeople } from '../../src/core/forgetting.js';
import type { PlatformId } from '../../src/core/ids.js';
import { createInbound } from '../../src/core/inbound.js';
import { usualPatience } from '../../src/core/outcomes.js';
import type { Account, Answer, Call, Inbound, Platform, Profile, ReadyFile } from '../../src/core/platform.js';
import { createReconciler, type ReconcilerParts } from '../../src/core/reconciler.js';
import type { View } from '../../src/core/view.js';
import { permissions } from '../../src/features/permissions.js';
import { drawHome, drawMessage, drawModal } from '../../src/platforms/slack/render.js';
import { createDraw, summaryOf } from '../../src/platforms/teams/render.js';
import { createSecrets, type Reader, type Secrets, type Side } from './secrets.js';

export interface Inhabitant {
  readonly account: Account;
  readonly side: Side;
  readonly profile: Profile;
}

/** A conversation as it really is, whatever Entente knows of it. */
export interface Room {
  readonly platform: PlatformId;
  readonly workspace: string;
  readonly conversation: string;
  /** Whose workspace it is in. */
  readonly owner: Side;
  readonly name: string;
  readonly sides: Set<Side>;
}

export const accountKey = ({ platform, workspace, user }: Account): string => `${platform} ${workspace} ${user}`;

export const roomKey = ({ platform, workspace, conversation }: Omit<Room, 'owner' | 'name' | 'sides'>): string =>
  `${platform} ${workspace} ${conversation}`;

/** What breaks on purpose, to see that it is noticed. */
export interface Mutation {
  readonly features?: (features: readonly Feature[]) => readonly Feature[];
  readonly inbound?: (inbound: Inbound) => Inbound;
}

export interface Town {
  readonly store: Store;
  readonly inbound: Inbound;
  readonly features: readonly Feature[];
  readonly secrets: Secrets;
  readonly clock: { at: number };
  readonly parts: ReconcilerParts;
  readonly derive: (purpose: string) => Uint8Array;
  readonly people: Map<string, Inhabitant>;
  readonly rooms: Map<string, Room>;
  /** Set: is asked before each send, and may give what the platform says instead of taking it. */
  trouble: ((how: 'post' | 'update') => DeliveryError | undefined) | undefined;
  /** Looks at what is answered to somebody. */
  answered(call: Call, answer: Answer): void;
  /** Looks at anything else that somebody gets. */
  reads(who: Inhabitant, bytes: string): void;
  /** Looks again at everything that stands in a room, for who reads there now. */
  standing(room: Room): void;
  /** Everything that stands in a room. */
  shows(room: Room): string;
  /** True when Entente holds the room for a company's own lane. */
  isLane(room: Room): Promise<boolean>;
  /** Delivers everything that waits. */
  settle(): Promise<void>;
  /** What went wrong so far, in words. */
  readonly leaks: string[];
  readonly log: string[];
  /** How often something happened, so that a run that does nothing is noticed. */
  readonly tally: Map<string, number>;
  close(): Promise<void>;
}

const draw = createDraw();

/** Each way in which a platform may show a view to one person. */
const shownOn = {
  slack: (call: Call, view: View): unknown[] => [
    drawMessage(view),
    ...(view.kind === 'form' || view.kind === 'list' ? [drawModal(view, call.spot)] : []),
    ...(view.kind === 'list' ? [drawHome(view)] : []),
  ],
  teams: (_: Call, view: View): unknown[] => [
    draw(view, { surface: view.kind === 'form' ? 'dialog' : 'message', once: 'x' }),
    summaryOf(view),
  ],
} as const;

const answerBytes = (call: Call, view: View): string =>
  JSON.stringify([...shownOn[call.caller.platform](call, view), view]);

const cardBytes = (platform: PlatformId, view: View): string =>
  JSON.stringify(platform === 'slack' ? [drawMessage(view), view] : [draw(view), summaryOf(view), view]);

/** Whose chat an account is in. */
export const hostOf = ({ workspace }: Pick<Account, 'workspace'>): Side => workspace.slice(1);

const personal = ({ account, side }: Inhabitant): Reader => ({
  kind: 'person',
  account: accountKey(account),
  side,
  host: hostOf(account),
});

/** Where somebody stands, as only their own company's cards and lists say it. */
const stance = /(Person zq\d+qz)(?::| needs) (?:aligned|not yet|needs an internal step|an internal step)/gu;

interface Wall {
  readonly town: Pick<Town, 'people' | 'rooms' | 'trouble' | 'tally'>;
  readonly look: (bytes: string, reader: Reader) => void;
  readonly hang: (room: Room, message: string, bytes: string) => void;
  readonly readerOf: (room: Room) => Promise<Reader>;
}

/** A file as its reader opens it: a document is packed. */
const fileText = async (file: ReadyFile | undefined): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of file?.read() ?? []) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString();
  return Object.values(unzipSync(bytes))
    .map((part) => strFromU8(part))
    .join('');
};

const createPlatform = (id: PlatformId, { town, look, hang, readerOf }: Wall): Platform => {
  let count = 0;
  const checkWeather = (how: 'post' | 'update'): void => {
    const refused = town.trouble?.(how);
    if (refused) throw refused;
  };
  const show = async (workspace: string, conversation: string, message: string, view: View, file?: ReadyFile) => {
    const bytes = cardBytes(id, view) + (await fileText(file));
    if (file) town.tally.set('files', (town.tally.get('files') ?? 0) + 1);
    const person = town.people.get(accountKey({ platform: id, workspace, user: conversation }));
    if (person) return look(bytes, personal(person));
    const room = town.rooms.get(roomKey({ platform: id, workspace, conversation }));
    if (!room) throw new Error(`a card went to ${conversation}, which nobody knows`);
    look(bytes, await readerOf(room));
    hang(room, message, bytes);
  };
  return {
    id,
    start: async () => {},
    stop: async () => {},
    profile: async (who) => {
      const found = town.people.get(accountKey(who));
      if (!found) throw new DeliveryError('never', 'nobody');
      return found.profile;
    },
    readers: async (place) => {
      const room = town.rooms.get(roomKey({ ...place, platform: id }));
      if (!room) return { outsiders: false };
      return { name: room.name, outsiders: [...room.sides].some((side) => side !== room.owner) };
    },
    workspaceName: async ({ workspace }) => `workspace ${workspace}`,
    post: async ({ workspace, id: conversation, detail }, view, file) => {
      checkWeather('post');
      count += 1;
      const message = `${id}-${count}`;
      await show(workspace, conversation, message, view, file);
      return { platform: id, workspace, conversation, message, detail };
    },
    update: async ({ workspace, conversation, message }, view, file) => {
      checkWeather('update');
      await show(workspace, conversation, message, view, file);
    },
  };
};

export const openTown = (store: Store, given: readonly Feature[], mutation: Mutation = {}): Town => {
  const clock = { at: Date.UTC(2026, 10, 23, 9) };
  const secrets = createSecrets();
  const features = mutation.features?.(given) ?? given;
  const leaks: string[] = [];
  const log: string[] = [];
  const stands = new Map<string, Map<string, string>>();
  const look = (bytes: string, reader: Reader): void => {
    for (const { secret, scope } of secrets.leaksIn(bytes, reader)) {
      const at = bytes.indexOf(secret);
      const around = bytes.slice(Math.max(0, at - 200), at + 100);
      leaks.push(`${inspect(reader)} reads ${secret} of ${inspect(scope)}: ${around}`);
    }
    const sides = reader.kind === 'person' ? [reader.side, reader.host] : [...reader.sides];
    for (const [said, name] of bytes.matchAll(stance)) {
      const theirs = [...outside.people.values()].find(({ profile }) => profile.name === name)?.side;
      if (sides.some((side) => side !== theirs)) leaks.push(`${inspect(reader)} reads where ${name} stands: ${said}`);
    }
  };
  const isLane = (room: Room): Promise<boolean> =>
    findChannelAt(store.read, room).then((channel) => channel?.internal ?? false);
  const readerIn = (room: Room, lane: boolean): Reader => ({
    kind: 'channel',
    name: room.conversation,
    sides: room.sides,
    lane,
  });
  const outside: Pick<Town, 'people' | 'rooms' | 'trouble' | 'tally'> = {
    tally: new Map(),
    people: new Map(),
    rooms: new Map(),
    trouble: undefined,
  };
  const hang = (room: Room, message: string, bytes: string): void => {
    const wall = stands.get(roomKey(room)) ?? new Map<string, string>();
    stands.set(roomKey(room), wall.set(message, bytes));
  };
  const readerOf = async (room: Room): Promise<Reader> => readerIn(room, await isLane(room));
  const wall: Wall = { town: outside, look, hang, readerOf };
  const platforms = (['slack', 'teams'] as const).map((id) => createPlatform(id, wall));
  const daily = createDaily({ features: new Map(features.map((one) => [one.name, one])), permissions });
  const parts: ReconcilerParts = {
    store,
    features: new Map(
      [...features, daily, refusedDeliveries, exposedChannels, forgottenPeople].map((one) => [one.name, one]),
    ),
    platforms: new Map(platforms.map((one) => [one.id, one])),
    now: () => clock.at,
    newId: randomUUID,
    random: () => 0.5,
    log: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }),
    count: () => {},
    patience: usualPatience,
  };
  const reconciler = createReconciler(parts);
  const derive = (purpose: string) => createHash('sha256').update(`test ${purpose}`).digest();
  const inbound = createInbound({ ...parts, permissions, derive, nudge: () => {}, doubtMs: 250 });
  return Object.assign(outside, {
    store,
    inbound: mutation.inbound?.(inbound) ?? inbound,
    features,
    secrets,
    clock,
    parts,
    derive,
    leaks,
    log,
    isLane,
    answered: (call: Call, { view, card }: Answer) => {
      const who = outside.people.get(accountKey(call.caller));
      if (!who) throw new Error('somebody called whom nobody knows');
      for (const one of card ? [view, card] : [view]) look(answerBytes(call, one), personal(who));
    },
    reads: (who: Inhabitant, bytes: string) => look(bytes, personal(who)),
    standing: (room: Room) => {
      // A message that stands since the room was bound otherwise may stay: only who reads it matters.
      for (const bytes of stands.get(roomKey(room))?.values() ?? []) look(bytes, readerIn(room, true));
    },
    shows: (room: Room) => [...(stands.get(roomKey(room))?.values() ?? [])].join('\n'),
    settle: async () => {
      const begun = performance.now();
      for (let n = 1; (await cardsHealth(store.read, clock.at)).behind > 0; n += 1) {
        if (performance.now() - begun > 60_000) throw new Error('the cards do not come to rest');
        if (n % 50 === 0) clock.at += 60_000;
        reconciler.nudge();
        await turn();
      }
    },
    close: () => reconciler.stop(),
  });
};
