/*
 * Two clients that never wait for each other: a 429 met by a delivery must not eat the three seconds in which a form can
 * be opened. Neither repeats a call by itself: a repeated post is a second message.
 */
import { type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackConfig } from '../../config.js';
import type { Log } from '../../core/log.js';
import { boltLog } from './bolt-log.js';
import { patience } from './limits.js';

export interface Clients {
  /** Opens windows, answers people, publishes the home. */
  readonly interactive: WebClient;
  /** Posts and updates cards. */
  readonly delivery: WebClient;
  /** For the clients that Bolt makes by itself. */
  readonly options: WebClientOptions;
}

/** The client turns a 429 without Retry-After into an error that cannot be told from a bug. */
const fetchWithRetryAfter: FetchFunction = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status !== 429 || /^\d+$/.test(response.headers.get('retry-after') ?? '')) return response;
  return new Response(null, { status: 429, headers: { 'retry-after': String(patience.unnamedRetryMs / 1_000) } });
};

export const createClients = (config: SlackConfig, log: Log): Clients => {
  const options: WebClientOptions = {
    slackApiUrl: config.apiUrl,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: patience.deliveryMs,
    fetch: fetchWithRetryAfter,
    logger: boltLog(log),
  };
  return {
    interactive: new WebClient(config.botToken, {
      ...options,
      timeout: patience.interactiveMs,
      maxRequestConcurrency: 500,
    }),
    delivery: new WebClient(config.botToken, options),
    options,
  };
};
