import { randomBytes } from 'node:crypto';
import { found } from '../mistake.js';
import type { Conversation, Person, Workplace } from '../model.js';
import { homeOf, readersOf } from '../workplaces.js';
import type { LiveWorld } from '../world.js';
import { messageFaults, viewFaults } from './blocks.js';
import { SlackFault } from './fault.js';
import type { Uploads } from './files.js';
import type { OAuth } from './oauth.js';
import { named } from './reading.js';
import type { Responses } from './responses.js';
import type { Typist } from './text.js';
import type { Tokens } from './tokens.js';
import type { Triggers } from './triggers.js';

export { SlackFault } from './fault.js';

export interface Ids {
  /** A message's ts: seconds with six decimals, never the same twice. */
  ts(): string;
  /** Unique also after a restart, since Entente remembers what it has seen. */
  next(prefix: string): string;
}

export const createIds = (now: () => number): Ids => {
  const salt = randomBytes(4).toString('hex').toUpperCase();
  let count = 0;
  let last = 0;
  return {
    ts: () => {
      last = Math.max(last + 1, now() * 1000);
      return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
    },
    next: (prefix) => {
      count += 1;
      return `${prefix}${salt}${count.toString(36).toUpperCase()}`;
    },
  };
};

/** What all parts of the fake Slack share. */
export interface Desk {
  readonly world: LiveWorld;
  readonly typist: Typist;
  readonly triggers: Triggers;
  readonly responses: Responses;
  readonly uploads: Uploads;
  /** Where files are sent to and opened; ends with a slash. */
  readonly filesUrl: string;
  readonly ids: Ids;
  readonly appId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly tokens: Tokens;
  readonly oauth: OAuth;
  /** The workspace whose token calls, or in which people act. */
  readonly team: Workplace;
  /** Set when the app is installed for the whole organisation of that workspace. */
  readonly org?: { readonly id: string; readonly name: string };
  /** The token that calls; empty while people act. */
  readonly token: string;
  /** What it may do. */
  readonly scopes: readonly string[];
  /** Where a new socket may connect; single use. */
  readonly socketUrl: () => string;
}

/** The same desk in a workspace, as the app is installed there. */
export const deskAt = (desk: Desk, workspace: string): Desk => {
  const { org: _, ...rest } = desk;
  const team = found(desk.world.slack.workplaces.get(workspace), `workspace '${workspace}'`);
  const grant = desk.tokens.grantOf(workspace);
  const org = grant && grant.team === undefined ? team.enterprise : undefined;
  return { ...rest, team, scopes: grant?.scopes ?? [], ...(org ? { org } : {}) };
};

const reaches = ({ team, org }: Desk, workspace: Workplace | undefined): boolean =>
  workspace?.id === team.id || (org !== undefined && workspace?.enterprise?.id === org.id);

/** A conversation that people of the desk's workspace read. */
export const sees = (desk: Desk, place: Conversation): boolean =>
  readersOf(desk.world, 'slack', place).some((id) => reaches(desk, desk.world.slack.workplaces.get(id)));

/** Somebody of the desk's workspace, or who shares a conversation with it. */
export const meets = (desk: Desk, person: Person): boolean =>
  reaches(desk, homeOf(desk.world, 'slack', person)) ||
  [...desk.world.slack.conversations.values()].some((place) => place.members.includes(person.id) && sees(desk, place));

/** @throws SlackFault user_not_found */
export const acquaintance = (desk: Desk, id: unknown): Person => {
  const person = desk.world.slack.people.get(String(id));
  if (!person || !meets(desk, person)) throw new SlackFault('user_not_found');
  return person;
};

/** @throws SlackFault channel_not_found */
export const knownPlace = (desk: Desk, id: unknown): Conversation => {
  const place = desk.world.slack.conversations.get(String(id));
  if (!place || !sees(desk, place)) throw new SlackFault('channel_not_found');
  return place;
};

const refuse = (code: string, faults: readonly string[]): never => {
  throw new SlackFault(code, { errors: faults, response_metadata: { messages: faults } });
};

/** @throws SlackFault invalid_blocks_format or invalid_blocks */
export const acceptBlocks = (desk: Desk, blocks: unknown) => {
  if (!Array.isArray(blocks)) throw new SlackFault('invalid_blocks_format');
  const faults = messageFaults(blocks);
  return faults.length > 0 ? refuse('invalid_blocks', faults) : named(blocks, desk.ids.next('b'));
};

/** @throws SlackFault invalid_arguments */
export const acceptView = <T extends 'modal' | 'home'>(desk: Desk, view: unknown, type: T) => {
  const faults = viewFaults(view, type);
  if (faults.length > 0) refuse('invalid_arguments', faults);
  const accepted = view as { readonly type: T; readonly blocks: readonly unknown[] };
  return { ...accepted, blocks: named(accepted.blocks, desk.ids.next('b')) };
};
