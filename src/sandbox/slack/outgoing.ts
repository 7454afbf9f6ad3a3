import type { RawOutcome } from '../model.js';
import { type Delivery, isOk, parsed, type Wire } from '../wire.js';
import { LIMITS } from './limits.js';
import { type SignatureKind, signedHeaders } from './sign.js';
import type { EnvelopeType, Sockets } from './socket.js';

/** A slash command, an interaction or an event on its way to Entente. */
export type Shipment =
  | { readonly kind: 'command'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'interaction'; readonly payload: object }
  | { readonly kind: 'event'; readonly payload: object };

export interface SlackReply extends Delivery {
  /** What the person is shown when it failed. */
  readonly error?: string;
}

export interface Retry {
  readonly number: number;
  readonly reason: string;
}

export interface RawParcel {
  readonly body: string;
  readonly contentType: string;
  readonly signature: SignatureKind;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SlackOutgoing {
  /** Events that fail are sent again in the background, three times at most. */
  ship(shipment: Shipment): Promise<SlackReply>;
  raw(parcel: RawParcel): Promise<RawOutcome>;
  /** The last shipment again; events with the headers of a first retry. */
  redeliver(kind?: Shipment['kind']): Promise<RawOutcome | undefined>;
  close(): void;
}

export interface SlackOutgoingOptions {
  readonly eventsUrl: string;
  readonly signingSecret: string;
  readonly wire: Wire;
  readonly sockets: Sockets;
  /** 1 waits as long as Slack does between retries; 0 retries at once. */
  readonly retryScale: number;
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const RETRY_AFTER_MS = [0, 60_000, 300_000];

const ENVELOPES: Readonly<Record<Shipment['kind'], EnvelopeType>> = {
  command: 'slash_commands',
  interaction: 'interactive',
  event: 'events_api',
};

const encode = (shipment: Shipment): { body: string; contentType: string } => {
  switch (shipment.kind) {
    case 'command':
      return { body: new URLSearchParams(shipment.fields).toString(), contentType: FORM };
    case 'interaction':
      return { body: new URLSearchParams({ payload: JSON.stringify(shipment.payload) }).toString(), contentType: FORM };
    case 'event':
      return { body: JSON.stringify(shipment.payload), contentType: JSON_TYPE };
    default:
      return shipment satisfies never;
  }
};

const errorOf = ({ failure, status }: Delivery): string | undefined => {
  if (failure === 'timeout') return 'operation_timeout';
  if (failure === 'unreachable') return 'dispatch_failed';
  if (isOk(status)) return undefined;
  return status >= 500 ? 'http_service_error' : 'http_client_error';
};

const retryReason = ({ failure }: Delivery): string => {
  if (failure === 'timeout') return 'http_timeout';
  return failure === 'unreachable' ? 'connection_failed' : 'http_error';
};

const raw = ({ status, ms, text }: Delivery): RawOutcome => ({ status, ackMs: ms, body: parsed(text) });

type Attempt = (shipment: Shipment, retry?: Retry) => Promise<Delivery>;

/** Sends failed events again, in the background. */
const createRetries = (attempt: Attempt, scale: number) => {
  const timers = new Set<NodeJS.Timeout>();
  const retryLater = (shipment: Shipment, failed: Delivery, done = 0): void => {
    const wait = RETRY_AFTER_MS[done];
    if (wait === undefined || isOk(failed.status)) return;
    const timer = setTimeout(async () => {
      timers.delete(timer);
      const next = await attempt(shipment, { number: done + 1, reason: retryReason(failed) });
      retryLater(shipment, next, done + 1);
    }, wait * scale);
    timers.add(timer.unref());
  };
  const close = () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
  return { retryLater, close };
};

const retryHeaders = (retry: Retry | undefined): Record<string, string> =>
  retry ? { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason } : {};

export const createSlackOutgoing = (options: SlackOutgoingOptions): SlackOutgoing => {
  const { eventsUrl, signingSecret, wire, sockets, retryScale } = options;
  const last = new Map<Shipment['kind'] | 'any', Shipment>();

  const post = ({ body, contentType, signature, headers = {} }: RawParcel, alone = false): Promise<Delivery> =>
    wire.post({
      url: eventsUrl,
      headers: { 'content-type': contentType, ...signedHeaders(signingSecret, body, signature), ...headers },
      body,
      timeoutMs: LIMITS.ackMs,
      alone,
    });

  const attempt: Attempt = (shipment, retry) => {
    if (!sockets.connected()) return post({ ...encode(shipment), signature: 'good', headers: retryHeaders(retry) });
    const payload = shipment.kind === 'command' ? shipment.fields : shipment.payload;
    return sockets.send({ type: ENVELOPES[shipment.kind], payload, ...(retry ? { retry } : {}) });
  };
  const retries = createRetries(attempt, retryScale);

  return {
    ship: async (shipment) => {
      last.set(shipment.kind, shipment).set('any', shipment);
      const delivery = await attempt(shipment);
      if (shipment.kind === 'event') retries.retryLater(shipment, delivery);
      const error = errorOf(delivery);
      return { ...delivery, ...(error ? { error } : {}) };
    },
    raw: async (parcel) => raw(await post(parcel, true)),
    redeliver: async (kind) => {
      const shipment = last.get(kind ?? 'any');
      if (!shipment) return undefined;
      const retry = { number: 1, reason: 'http_timeout' };
      return raw(await attempt(shipment, shipment.kind === 'event' ? retry : undefined));
    },
    close: retries.close,
  };
};
