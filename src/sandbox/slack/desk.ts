import { randomBytes } from 'node:crypto';
import type { LiveWorld } from '../world.js';
import { messageFaults, viewFaults } from './blocks.js';
import { named } from './reading.js';
import type { Responses } from './responses.js';
import type { Typist } from './text.js';
import type { Triggers } from './triggers.js';

/** A refusal with one of Slack's error codes: HTTP 200 {ok: false, error: code, ...more}. */
export class SlackFault extends Error {
  constructor(
    readonly code: string,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = 'SlackFault';
  }
}

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
  readonly ids: Ids;
  readonly appId: string;
  readonly botToken: string;
  readonly appToken: string;
  /** Where a new socket may connect; single use. */
  readonly socketUrl: () => string;
}

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
