/*
 * Two clients for each workspace that never wait for each other: a 429 met by a delivery must not eat the three seconds
 * in which a form can be opened. Neither repeats a call by itself: a repeated post is a second message.
 */
import { type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackConfig } from '../../config.js';
import type { Log } from '../../core/log.js';
import { boltLog } from './bolt-log.js';
import { patience } from './limits.js';

export interface Clients {
  /** Opens windows, answers people, publishes the home, asks who somebody is. @throws DeliveryError without a token */
  interactive(workspace: string): Promise<WebClient>;
  /** Posts and updates cards. @throws DeliveryError without a token */
  delivery(workspace: string): Promise<WebClient>;
}

/** The client turns a 429 without Retry-After into an error that cannot be told from a bug. */
const fetchWithRetryAfter: FetchFunction = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status !== 429 || /^\d+$/.test(response.headers.get('retry-after') ?? '')) return response;
  return new Response(null, { status: 429, headers: { 'retry-after': String(patience.unnamedRetryMs / 1_000) } });
};

/** For every client, those that Bolt makes by itself included. */
export const clientOptions = ({ apiUrl }: Pick<SlackConfig, 'apiUrl'>, log: Log): WebClientOptions => ({
  slackApiUrl: apiUrl,
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 0 },
  timeout: patience.deliveryMs,
  fetch: fetchWithRetryAfter,
  logger: boltLog(log),
});

/** Gives up while the person who asked is still there. */
export const interactiveOptions = (options: WebClientOptions): WebClientOptions => ({
  ...options,
  timeout: patience.interactiveMs,
  maxRequestConcurrency: 500,
});

interface Pair {
  readonly token: string;
  readonly interactive: WebClient;
  readonly delivery: WebClient;
}

/** The same clients for as long as a workspace has the same token. */
export const createClients = (tokenOf: (workspace: string) => Promise<string>, options: WebClientOptions): Clients => {
  const pairs = new Map<string, Pair>();
  const pairOf = async (workspace: string): Promise<Pair> => {
    const token = await tokenOf(workspace);
    const known = pairs.get(workspace);
    if (known?.token === token) return known;
    const pair = {
      token,
      interactive: new WebClient(token, interactiveOptions(options)),
      delivery: new WebClient(token, options),
    };
    pairs.set(workspace, pair);
    return pair;
  };
  return {
    interactive: async (workspace) => (await pairOf(workspace)).interactive,
    delivery: async (workspace) => (await pairOf(workspace)).delivery,
  };
};
