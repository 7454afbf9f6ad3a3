import { randomBytes } from 'node:crypto';
import express, { type Router } from 'express';
import type { Calls } from '../calls.js';
import { createTroubles } from '../failure.js';
import type { Wire } from '../wire.js';
import type { LiveWorld } from '../world.js';
import { createConnector } from './connector.js';
import { createDesk } from './desk.js';
import { createFileRouter } from './files.js';
import { createIdentity } from './identity.js';
import { createTeamsOutgoing, type TeamsOutgoing } from './outgoing.js';
import type { Link } from './tell.js';

export interface FakeTeamsOptions {
  readonly world: LiveWorld;
  readonly calls: Calls;
  readonly wire: Wire;
  readonly appId: string;
  /** 'http://127.0.0.1:4100/teams/' */
  readonly baseUrl: string;
  readonly messagesUrl: string;
  readonly enforcePace: boolean;
  readonly refused: (what: string, detail: object) => void;
}

export interface FakeTeams {
  readonly serviceUrl: string;
  readonly openIdMetadataUrl: string;
  readonly issuer: string;
  /** The access token that the connector takes, in place of Azure's. */
  readonly token: () => string;
  readonly router: Router;
  /** For what people do: see talk.ts, clicks.ts and presence.ts. */
  readonly link: Link;
  readonly outgoing: TeamsOutgoing;
}

export const createFakeTeams = async (options: FakeTeamsOptions): Promise<FakeTeams> => {
  const { appId, baseUrl, messagesUrl, wire } = options;
  const token = randomBytes(24).toString('base64url');
  const identity = await createIdentity({ appId, baseUrl });
  const desk = createDesk(options.world, appId, baseUrl);
  const outgoing = createTeamsOutgoing({ messagesUrl, serviceUrl: baseUrl, identity, wire });
  const router = express.Router();
  const trouble = createTroubles(() => options.world.teams.failure);
  const files = createFileRouter(desk, async () => (await trouble()) === undefined);
  router.use(identity.router, files, createConnector({ ...options, desk, token }));
  return {
    serviceUrl: baseUrl,
    openIdMetadataUrl: identity.openIdMetadataUrl,
    issuer: identity.issuer,
    token: () => token,
    router,
    link: { desk, outgoing },
    outgoing,
  };
};
