import type { RawOutcome } from '../model.js';
import { type Delivery, isOk, parsed, type Wire } from '../wire.js';
import type { Identity, SignatureKind } from './identity.js';
import { LIMITS } from './limits.js';

type Json = Readonly<Record<string, unknown>>;

export interface TeamsReply extends Delivery {
  readonly body: unknown;
  /** What the person is shown when it failed. */
  readonly error?: string;
}

export interface RawParcel {
  readonly body: string;
  readonly contentType: string;
  readonly signature: SignatureKind;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TeamsOutgoing {
  ship(activity: Json): Promise<TeamsReply>;
  raw(parcel: RawParcel): Promise<RawOutcome>;
  /** The last activity again, as a client that got no answer repeats it; 'command' means messages, 'interaction' invokes. */
  redeliver(kind?: 'command' | 'interaction' | 'event'): Promise<RawOutcome | undefined>;
}

export interface TeamsOutgoingOptions {
  readonly messagesUrl: string;
  readonly serviceUrl: string;
  readonly identity: Identity;
  readonly wire: Wire;
}

export const UNREACHABLE = 'Unable to reach app. Please try again.';

const kindOf = (activity: Json): 'command' | 'interaction' | 'event' => {
  if (activity.type === 'invoke') return 'interaction';
  return activity.type === 'message' ? 'command' : 'event';
};

export const createTeamsOutgoing = (options: TeamsOutgoingOptions): TeamsOutgoing => {
  const { messagesUrl, serviceUrl, identity, wire } = options;
  const last = new Map<string, Json>();

  const post = async ({ body, contentType, signature, headers = {} }: RawParcel, alone = false): Promise<Delivery> =>
    wire.post({
      url: messagesUrl,
      headers: { 'content-type': contentType, ...(await identity.authorization(serviceUrl, signature)), ...headers },
      body,
      timeoutMs: LIMITS.answerMs,
      alone,
    });

  const attempt = (activity: Json): Promise<Delivery> =>
    post({ body: JSON.stringify(activity), contentType: 'application/json; charset=utf-8', signature: 'good' });

  const raw = ({ status, ms, text }: Delivery): RawOutcome => ({ status, ackMs: ms, body: parsed(text) });

  return {
    ship: async (activity) => {
      last.set(kindOf(activity), activity).set('any', activity);
      const delivery = await attempt(activity);
      const failed = delivery.failure !== undefined || !isOk(delivery.status);
      return { ...delivery, body: parsed(delivery.text), ...(failed ? { error: UNREACHABLE } : {}) };
    },
    raw: async (parcel) => raw(await post(parcel, true)),
    redeliver: async (kind) => {
      const activity = last.get(kind ?? 'any');
      return activity && raw(await attempt(activity));
    },
  };
};
