import { CloudAdapter } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import { decodeJwt } from 'jose';
import type { TeamsConfig } from '../../config.js';
import type { Instant } from '../../core/ids.js';
import { createAuthentication } from './azure.js';

type Authentication = ReturnType<typeof createAuthentication>;
type Identity = Awaited<ReturnType<Authentication['authenticateRequest']>>;
type BotActivity = Parameters<CloudAdapter['processActivityDirect']>[1];

export type Verdict =
  | { readonly caller: 'known'; readonly identity: Identity }
  | { readonly caller: 'refused' }
  /** Microsoft's signing keys could not be fetched, so nobody can be told from anybody. */
  | { readonly caller: 'unchecked'; readonly cause: unknown };

/** What of an activity its token vouches for. */
export interface Vouched {
  readonly channelId?: string | null;
  readonly serviceUrl: string;
}

export interface Callers {
  check(activity: Vouched, header: string): Promise<Verdict>;
  /** Runs `work` as the adapter's turn; its errors go to `failed`. */
  turn(identity: Identity, activity: object, work: () => Promise<void>): Promise<void>;
}

export interface CallersParts {
  readonly config: TeamsConfig;
  readonly now: () => Instant;
  readonly failed: (error: unknown) => void;
}

/** Who signs what Teams sends. */
const channelIssuer = 'https://api.botframework.com';
/** As botbuilder has it. */
const clockToleranceMs = 5 * 60 * 1_000;
/** Teams uses a token for an hour. */
const remembered = 1_000;

const claimsOf = (header: string) => {
  try {
    return decodeJwt(header.replace(/^Bearer /, ''));
  } catch {
    return undefined;
  }
};

/** All else says that the token is no good, jsonwebtoken's own errors too, though they are no AuthenticationError. */
const isUnchecked = (error: unknown): boolean =>
  error instanceof AuthenticationError
    ? error.statusCode >= 500
    : error instanceof Error && error.name === 'FetchError';

const refused: Verdict = { caller: 'refused' };

const ask = async (authentication: Authentication, activity: Vouched, header: string): Promise<Verdict> => {
  try {
    return { caller: 'known', identity: await authentication.authenticateRequest(activity as BotActivity, header) };
  } catch (cause) {
    return isUnchecked(cause) ? { caller: 'unchecked', cause } : refused;
  }
};

/** Has botbuilder check each token once. What it vouches for does not change while it lives. */
const createCheck = ({ config, now }: CallersParts, authentication: Authentication): Callers['check'] => {
  const issuer = config.local?.issuer ?? channelIssuer;
  const believed = new Map<string, { readonly verdict: Verdict; readonly until: Instant }>();
  return async (activity, header) => {
    const claims = claimsOf(header);
    const until = (claims?.exp ?? 0) * 1_000 + clockToleranceMs;
    // botbuilder would also believe the emulator and other bots, whose tokens do not bind the service URL; and it writes
    // expired tokens to the console.
    if (claims?.iss !== issuer || claims.aud !== config.appId || until < now()) return refused;
    const key = JSON.stringify([header, activity.channelId, activity.serviceUrl]);
    const known = believed.get(key);
    if (known && known.until >= now()) return known.verdict;
    const verdict = await ask(authentication, activity, header);
    if (verdict.caller !== 'known') return verdict;
    if (believed.size >= remembered) believed.clear();
    believed.set(key, { verdict, until });
    return verdict;
  };
};

export const createCallers = (parts: CallersParts): Callers => {
  const authentication = createAuthentication(parts.config);
  const adapter = new CloudAdapter(authentication);
  adapter.onTurnError = async (_context, error) => parts.failed(error);
  return {
    check: parts.config.anonymous
      ? (activity) => ask(authentication, activity, '')
      : createCheck(parts, authentication),
    turn: (identity, activity, work) => adapter.processActivityDirect(identity, activity as BotActivity, work),
  };
};
