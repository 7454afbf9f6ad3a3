/*
 * Slack over Socket Mode. Two things are ours instead of Bolt's: events are acknowledged after the listeners and not
 * before, and connections are made again by us, since the client's own reconnecting leaves a rejection unhandled when
 * Slack is away, which ends the process.
 */
import { type App, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Instant } from '../../core/ids.js';
import type { Log } from '../../core/log.js';
import { boltLog } from './bolt-log.js';
import type { Inflight } from './inflight.js';

export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Connects as soon as Slack lets it, and again whenever the connection ends. */
  open(app: App): void;
  close(): Promise<void>;
}

interface Parts {
  readonly appToken: string;
  readonly options: WebClientOptions;
  readonly inflight: Inflight;
  readonly now: () => Instant;
  readonly log: Log;
}

interface Envelope {
  readonly body: Record<string, unknown>;
  readonly ack: (response?: unknown) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** A connection that held this long was a good one: the next attempt need not be slow. */
const GOOD_AFTER_MS = 60_000;

/** Without an acknowledgement Slack sends the envelope again. */
const handle = async (app: App, { body, ack, retry_num, retry_reason }: Envelope, log: Log): Promise<void> => {
  let response: unknown;
  const event = {
    body,
    ack: async (answer?: unknown) => {
      response = answer;
    },
    retryNum: retry_num,
    retryReason: retry_reason,
  };
  try {
    await app.processEvent(event);
    await ack(response);
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.name : 'error' }, 'envelope not acknowledged');
  }
};

export const createSocket = ({ appToken, options, inflight, now, log }: Parts): Socket => {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLog(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { ...options } },
  });
  let attempts = 0;
  let connectedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const retry = (): void => {
    if (inflight.closed || timer) return;
    if (connectedAt > 0 && now() - connectedAt > GOOD_AFTER_MS) attempts = 0;
    connectedAt = 0;
    const afterMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts);
    attempts += 1;
    timer = setTimeout(connect, afterMs);
  };

  const connect = (): void => {
    timer = undefined;
    receiver.start().then(
      () => {
        connectedAt = now();
        log.info('socket connected');
        // Stopped while it was connecting: nobody else would close it.
        if (inflight.closed) void receiver.stop();
      },
      () => {
        log.warn({ attempts }, 'socket not connected');
        retry();
      },
    );
  };

  return {
    receiver,
    open(app) {
      receiver.client.removeAllListeners('slack_event');
      receiver.client.on('slack_event', (envelope: Envelope) => {
        if (!inflight.closed) inflight.track(handle(app, envelope, log));
      });
      receiver.client.on('disconnected', retry);
      connect();
    },
    async close() {
      clearTimeout(timer);
      await receiver.stop();
    },
  };
};
