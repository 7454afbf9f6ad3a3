import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import type { Calls } from '../calls.js';
import type { Wire } from '../wire.js';
import type { LiveWorld } from '../world.js';
import { createIds, type Desk } from './desk.js';
import { createUploads } from './files.js';
import { createOAuth } from './oauth.js';
import { createSlackOutgoing, type SlackOutgoing } from './outgoing.js';
import { createResponses } from './responses.js';
import { createSlackRouter } from './server.js';
import { createSockets, type Sockets } from './socket.js';
import type { Link } from './tell.js';
import { createTypist } from './text.js';
import { createTokens } from './tokens.js';
import { createTriggers } from './triggers.js';

export interface FakeSlackOptions {
  readonly world: LiveWorld;
  readonly calls: Calls;
  readonly wire: Wire;
  /** 'http://127.0.0.1:4100/slack/' */
  readonly baseUrl: string;
  readonly eventsUrl: string;
  /** Where a browser may be sent back to after the consent page. */
  readonly redirectUrls: readonly string[];
  readonly enforcePace: boolean;
  readonly retryScale: number;
  readonly refused: (what: string, detail: object) => void;
}

export interface FakeSlack {
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly router: Router;
  /** For what people do: see talk.ts, clicks.ts and presence.ts. */
  readonly link: Link;
  readonly outgoing: SlackOutgoing;
  readonly sockets: Sockets;
  close(): void;
}

const APP_ID = 'A0SANDBOX';

const secret = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`;

export const createFakeSlack = (options: FakeSlackOptions): FakeSlack => {
  const { world, wire, baseUrl } = options;
  const signingSecret = secret('');
  const sockets = createSockets(`${baseUrl.replace(/^http/, 'ws')}socket`, APP_ID);
  const botToken = secret('xoxb-');
  const oauth = createOAuth({ now: world.now, redirectUrls: options.redirectUrls });
  const ids = createIds(world.now);
  const desk: Desk = {
    world,
    team: world.slack.team,
    token: '',
    scopes: [],
    tokens: createTokens(world.slack, botToken, world.now),
    oauth,
    typist: createTypist(world.slack),
    triggers: createTriggers(world.now),
    responses: createResponses(world.now, `${baseUrl}response/`),
    ids,
    uploads: createUploads(() => ids.next('F')),
    filesUrl: baseUrl,
    appId: APP_ID,
    botToken,
    appToken: secret('xapp-1-'),
    socketUrl: sockets.address,
  };
  const { eventsUrl, retryScale } = options;
  const outgoing = createSlackOutgoing({ eventsUrl, signingSecret, wire, sockets, retryScale });
  return {
    apiUrl: `${baseUrl}api/`,
    signingSecret,
    botToken: desk.botToken,
    appToken: desk.appToken,
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    router: createSlackRouter({ ...options, desk }),
    link: { desk, outgoing },
    outgoing,
    sockets,
    close: () => {
      outgoing.close();
      sockets.close();
    },
  };
};
