import { z } from 'zod';
import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import { withoutThread } from './activity.js';
import type { Connector, Request } from './connector.js';
import type { Pace } from './pace.js';

/** A conversation, thread included, and how it is reached. */
export interface Thread {
  readonly workspace: string;
  readonly conversation: string;
  readonly serviceUrl: string;
}

export interface Writer {
  /** One call on behalf of a conversation; a 429 holds that conversation back. @throws DeliveryError */
  call(workspace: string, conversation: string, request: Request): Promise<unknown>;
  /** Posts a message, or changes `message`; resolves to its id. @throws DeliveryError */
  write(to: Thread, body: unknown, message?: string): Promise<string>;
}

const idSchema = z.object({ id: z.string() });

/** Fakes and some answers of Teams carry no body; a message without an id cannot be changed later. */
export const idIn = (answer: unknown): string => idSchema.safeParse(answer).data?.id ?? '';

export const createWriter = (connector: Connector, pace: Pace, now: () => Instant): Writer => {
  const call: Writer['call'] = async (workspace, conversation, request) => {
    try {
      return await connector(request);
    } catch (error) {
      if (error instanceof DeliveryError && error.throttled && error.afterMs !== undefined)
        pace.hold(workspace, conversation, now() + error.afterMs);
      throw error;
    }
  };
  return {
    call,
    async write({ workspace, conversation, serviceUrl }, body, message) {
      const path = ['conversations', conversation, 'activities', ...(message === undefined ? [] : [message])];
      const method = message === undefined ? 'POST' : 'PUT';
      return idIn(await call(workspace, withoutThread(conversation), { method, serviceUrl, path, body }));
    },
  };
};
