/*
 * What the platforms would meet at the public address: whether Entente answers there, and whether it is this one. Only
 * who knows the same signing secret can sign what it takes.
 */
import { createHmac, randomUUID } from 'node:crypto';
import type { Config } from '../config.js';
import { attention, broken, type Finding, ok } from './finding.js';
import { ask, jsonOf, type Reply } from './http.js';

const WHAT = 'Public address';

type Answered = Exclude<Reply, { readonly problem: string }>;

const examinePage = (reply: Reply): Finding => {
  const forward = 'Forward /slack/events, /slack/install, /slack/oauth_redirect, /api/messages and /about to Entente.';
  if ('problem' in reply)
    return broken(
      WHAT,
      `it cannot be reached from here (${reply.problem}). Check PUBLIC_URL, DNS, the proxy and its certificate.`,
    );
  if (reply.status === 200 && reply.text.includes('<h1>Entente</h1>')) return ok(WHAT, 'Entente answers there');
  return broken(WHAT, `something else answers there (${reply.status}). ${forward}`);
};

/** Signed for the moment that the other side's clock shows, so that a clock that is off is not taken for a wrong secret. */
const ping = (url: string, secret: string, atMs: number, now: () => number, challenge: string): Promise<Reply> => {
  const body = JSON.stringify({ type: 'url_verification', token: 'doctor', challenge });
  const stamp = String(Math.floor(atMs / 1_000));
  const signature = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${signature}`,
  };
  return ask(`${url}/slack/events`, now, { method: 'POST', headers, body });
};

const examineSignature = async (
  url: string,
  secret: string,
  page: Answered,
  now: () => number,
): Promise<readonly Finding[]> => {
  const what = 'Slack signature';
  const dated = Date.parse(page.headers.get('date') ?? '');
  const at = Number.isNaN(dated) ? now() : dated;
  const challenge = randomUUID();
  const [own, forged] = await Promise.all([
    ping(url, secret, at, now, challenge),
    ping(url, `not ${secret}`, at, now, challenge),
  ]);
  if ('problem' in own || 'problem' in forged)
    return [broken(what, 'no answer to a signed call. Check that the proxy forwards POST /slack/events.')];
  if (forged.status === 200)
    return [
      broken(what, 'a call signed with another secret was taken. Stop it: this is not an Entente that can be trusted.'),
    ];
  if (own.status === 200 && (jsonOf(own.text).challenge === challenge || own.text.trim() === challenge))
    return [ok(what, 'a signed call is taken there, a forged one is not')];
  if (own.status === 401)
    return [
      broken(
        what,
        'a call signed with SLACK_SIGNING_SECRET is turned away. Set the same secret where Entente runs, and let no proxy change bodies.',
      ),
    ];
  return [
    broken(what, `a signed call is answered with ${own.status}. Check that the proxy forwards POST /slack/events.`),
  ];
};

/** As Teams would write, but for its token. */
const tokenless = () => ({
  type: 'message',
  id: randomUUID(),
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  text: 'doctor',
  from: { id: '29:doctor', name: 'doctor' },
  recipient: { id: '28:doctor' },
  conversation: { id: 'a:doctor', conversationType: 'personal' },
});

const examineDoor = async (url: string, now: () => number): Promise<Finding> => {
  const what = 'Teams webhook';
  const body = JSON.stringify(tokenless());
  const headers = { 'content-type': 'application/json' };
  const reply = await ask(`${url}/api/messages`, now, { method: 'POST', headers, body });
  if ('problem' in reply) return broken(what, 'no answer. Check that the proxy forwards POST /api/messages.');
  if (reply.status === 401) return ok(what, 'a call without a token is turned away');
  if (reply.status === 503)
    return attention(what, 'it has no signing keys yet. Check that it may call login.botframework.com, and try again.');
  if (reply.status >= 200 && reply.status < 300)
    return broken(what, 'a call without a token was taken. Remove TEAMS_ANONYMOUS where Entente runs.');
  return broken(
    what,
    `a call without a token is answered with ${reply.status}. Check that the proxy forwards POST /api/messages.`,
  );
};

export const examineOutside = async (config: Config, now: () => number): Promise<readonly Finding[]> => {
  const { publicUrl, slack, teams } = config;
  if (publicUrl === undefined) return [];
  const page = await ask(`${publicUrl}/about`, now);
  const first = examinePage(page);
  if ('problem' in page) return [first];
  return [
    first,
    ...(slack && slack.appToken === undefined ? await examineSignature(publicUrl, slack.signingSecret, page, now) : []),
    ...(teams && !teams.anonymous ? [await examineDoor(publicUrl, now)] : []),
  ];
};
