import { randomBytes } from 'node:crypto';
import { keepRecent } from '../recent.js';
import { SlackFault } from './desk.js';
import { LIMITS } from './limits.js';

export interface Trigger {
  readonly person: string;
  /** Set when it came from an open modal, so that a view can be pushed on it. */
  readonly view?: string;
}

export interface Triggers {
  issue(trigger: Trigger): string;
  /** @throws SlackFault invalid_trigger_id, exchanged_trigger_id or expired_trigger_id */
  exchange(id: unknown): Trigger;
}

/** Old ones stay this long, so that a late use is called expired and not invalid. */
const REMEMBERED = 2000;

export const createTriggers = (now: () => number): Triggers => {
  const issued = new Map<string, Trigger & { readonly at: number; used: boolean }>();
  let count = 0;
  return {
    issue: (trigger) => {
      count += 1;
      const id = `${count}.${Math.floor(now())}.${randomBytes(8).toString('hex')}`;
      keepRecent(issued, id, { ...trigger, at: now(), used: false }, REMEMBERED);
      return id;
    },
    exchange: (id) => {
      const trigger = typeof id === 'string' ? issued.get(id) : undefined;
      if (!trigger) throw new SlackFault('invalid_trigger_id');
      if (trigger.used) throw new SlackFault('exchanged_trigger_id');
      if (now() - trigger.at > LIMITS.triggerMs) throw new SlackFault('expired_trigger_id');
      trigger.used = true;
      return trigger;
    },
  };
};
