/*
 * The Bot Connector over plain fetch. botbuilder's own client sends a post up to four times on a 5xx and offers no way to
 * stop it, and each of them may have arrived.
 */
import { z } from 'zod';
import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import type { Trust } from './hosts.js';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly serviceUrl: string;
  /** Parts of the path after 'v3/', not yet encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Ends the call before its usual time. */
  readonly signal?: AbortSignal;
}

/** Makes one call, once. Resolves to the parsed answer, or nothing where there is none. @throws DeliveryError */
export type Connector = (request: Request) => Promise<unknown>;

export interface ConnectorParts {
  readonly trusts: Trust;
  /** Nothing: no token is sent. `fresh` asks for a new one. */
  readonly token: (options: { readonly fresh: boolean }) => Promise<string | undefined>;
  readonly now: () => Instant;
  readonly callMs: number;
}

const errorSchema = z.object({ error: z.object({ code: z.string().regex(/^\w{1,60}$/) }) });

const codeIn = (answer: unknown): string | undefined => errorSchema.safeParse(answer).data?.error.code;

const advices: Readonly<Record<string, string>> = {
  MessageWritesBlocked: 'Entente was blocked or removed there. Add it to the chat or team again.',
  BotNotInConversationRoster: 'Entente is not in this chat or team. Add it again.',
  BotDisabledByAdmin: 'Entente is switched off in this tenant. Ask the Teams administrator to allow it.',
};
const adviceByStatus: Readonly<Record<number, string>> = {
  403: 'Teams does not let Entente write there. Add it to the chat or team again; it cannot write in private channels.',
  404: 'The channel or chat no longer exists, or Entente was removed from it. Add Entente again, or bind another channel.',
};

/** Milliseconds; the header holds seconds or a date. */
const retryAfter = (header: string | null, now: Instant): number | undefined => {
  if (header === null) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
};

const isLater = (status: number): boolean => [401, 408, 409, 412, 425, 429].includes(status) || status >= 500;

/** What a refusal by Teams means for a card. */
export const refusalOf = (
  method: Request['method'],
  status: number,
  code: string | undefined,
  afterMs: number | undefined,
): DeliveryError => {
  const reason = `teams:${code ?? status}`;
  const gone = method === 'PUT' && (status === 404 || /^ActivityNotFound/.test(code ?? ''));
  if (gone) return new DeliveryError('gone', reason);
  if (isLater(status)) return new DeliveryError('later', reason, { afterMs, throttled: status === 429 });
  return new DeliveryError('never', reason, { advice: advices[code ?? ''] ?? adviceByStatus[status] });
};

/** A call that got no answer: refused connection, time-out, no token. It may have arrived all the same. */
const unanswered = (error: unknown): DeliveryError => {
  if (error instanceof DeliveryError) return error;
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return new DeliveryError('later', timedOut ? 'teams:timeout' : 'teams:unreachable', { cause: error });
};

const noToken = (cause: unknown): never => {
  throw new DeliveryError('later', 'teams:no-token', { cause });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const urlOf = ({ serviceUrl, path, query }: Request): string =>
  `${serviceUrl.replace(/\/+$/, '')}/v3/${path.map(encodeURIComponent).join('/')}${query ? `?${new URLSearchParams(query)}` : ''}`;

const stopped = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

export const createConnector = ({ trusts, token, now, callMs }: ConnectorParts): Connector => {
  let fresh = false;

  const send = async (request: Request, signal: AbortSignal): Promise<Response> => {
    const bearer = await Promise.race([token({ fresh }).catch(noToken), stopped(signal)]);
    fresh = false;
    return fetch(urlOf(request), {
      method: request.method,
      headers: {
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      redirect: 'error',
      signal,
    });
  };

  return async (request) => {
    if (!trusts(request.serviceUrl)) throw new DeliveryError('never', 'teams:untrusted-service-url');
    try {
      const response = await send(request, request.signal ?? AbortSignal.timeout(callMs));
      const answer = parsed(await response.text());
      if (response.ok) return answer;
      fresh = response.status === 401;
      const afterMs = retryAfter(response.headers.get('retry-after'), now());
      throw refusalOf(request.method, response.status, codeIn(answer), afterMs);
    } catch (error) {
      throw unanswered(error);
    }
  };
};
