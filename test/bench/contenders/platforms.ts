/*
 * Slack and Teams as cheap as they can be: every call is taken at once and only counted. Teams' signing keys, too.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { answerStarter } from '../processes.js';
import { appId } from '../world.js';

export interface Platforms {
  readonly slackApiUrl: string;
  readonly teamsUrl: string;
  readonly openIdMetadataUrl: string;
  readonly issuer: string;
  /** The Authorization header of what Teams sends. */
  readonly authorization: string;
}

/** Calls that changed what people see. */
export interface Count {
  readonly calls: number;
  /** From the first to the last of them. */
  readonly ms: number;
}

const kid = 'bench';
const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
const keys = { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256', endorsements: ['msteams'] }] };

let calls = 0;
let firstAt = 0;
let lastAt = 0;

const count = (): number => {
  lastAt = performance.now();
  if (calls === 0) firstAt = lastAt;
  calls += 1;
  return calls;
};

const answerTo = (request: IncomingMessage): unknown => {
  const url = request.url ?? '';
  if (url.startsWith('/slack/chat.')) return { ok: true, ts: `1795391080.${String(count()).padStart(6, '0')}` };
  if (url.startsWith('/teams/')) return { id: String(1_795_391_080_000 + count()) };
  if (url === '/identity/openid')
    return { issuer, jwks_uri: `${base}/identity/keys`, id_token_signing_alg_values_supported: ['RS256'] };
  return url === '/identity/keys' ? keys : { ok: true };
};

const respond = (request: IncomingMessage, response: ServerResponse): void => {
  request.resume();
  request.on('end', () => {
    const body = JSON.stringify(answerTo(request));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
};

const server = createServer({ keepAliveTimeout: 600_000 }, respond);
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const issuer = `${base}/identity`;
const teamsUrl = `${base}/teams/`;

const token = await new SignJWT({ iss: issuer, aud: appId, serviceurl: teamsUrl })
  .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
  .setNotBefore('0s')
  .setExpirationTime('2h')
  .sign(privateKey);

const ready: Platforms = {
  slackApiUrl: `${base}/slack/`,
  teamsUrl,
  openIdMetadataUrl: `${base}/identity/openid`,
  issuer,
  authorization: `Bearer ${token}`,
};

answerStarter(ready, {
  count: (): Count => ({ calls, ms: lastAt - firstAt }),
  reset: () => {
    calls = 0;
  },
});
