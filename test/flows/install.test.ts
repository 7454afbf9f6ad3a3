import { describe, expect, it, onTestFinished } from 'vitest';
import { isInstalled } from '../../src/core/installations.js';
import { emptySeed } from '../../src/sandbox/index.js';
import type { Side } from '../../src/sandbox/model.js';
import { openDoor } from '../faults/door.js';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, type Flow, openFlow, said, zoe } from './flow.js';

const HOUR_MS = 3_600_000;
const NOVA = '11111111-1111-1111-1111-111111111111';
const LABS = '33333333-3333-3333-3333-333333333333';
const tia = { side: 'slack', person: 'U07TIA' } as const;
const udo = { side: 'slack', person: 'U08UDO' } as const;
const tom = { side: 'teams', person: 'cccccccc-0000-0000-0000-000000000001' } as const;

interface Visit {
  readonly status: number;
  readonly page: string;
  /** All addresses, the first one included. */
  readonly way: readonly URL[];
}

/** A browser: follows redirects, and keeps cookies by host. */
const openBrowser = () => {
  const cookies = new Map<string, string>();
  const visit = async (address: string | URL, way: readonly URL[] = []): Promise<Visit> => {
    const url = new URL(address);
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: cookies.get(url.hostname) ?? '' } });
    const given = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
    if (given.length > 0) cookies.set(url.hostname, given.join('; '));
    const next = response.headers.get('location');
    const gone = [...way, url];
    if (next) return visit(new URL(next, url), gone);
    return { status: response.status, page: await response.text(), way: gone };
  };
  return visit;
};

/** Where Entente sends browsers on to, in one that stops there. */
const stateOf = async (installUrl: string): Promise<string> => {
  const response = await fetch(installUrl, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams.get('state') ?? '';
};

const installUrlOf = async ({ client }: Flow): Promise<string> => (await client.state()).installUrl ?? '';

const installOnSlack = async (flow: Flow, url?: string): Promise<Visit> =>
  openBrowser()(url ?? (await installUrlOf(flow)));

const installedIn = ({ app }: Flow, platform: Side, workspace: string): Promise<boolean> =>
  isInstalled(app.store.read, { platform, workspace });

const exchanges = async ({ client }: Flow, grant?: string) =>
  (await client.calls({ side: 'slack', method: 'oauth.v2.access' })).filter(
    ({ body }) => grant === undefined || (body as { grant_type?: string }).grant_type === grant,
  );

eachEngine('an installation on Slack', (_open, engine) => {
  const openEmpty = async () => openFlow(await engine.freshUrl(), { world: emptySeed });

  it('is done in a browser, and makes Entente answer', async () => {
    const flow = await openEmpty();
    expect(await flow.client.say({ ...ana, text: 'help' })).toMatchObject({ delivered: false });
    await flow.client.consent({ answer: 'allow' });
    const { status, page } = await installOnSlack(flow);
    expect([status, page]).toEqual([200, expect.stringContaining('Entente is installed in Acme Bio')]);
    expect(await installedIn(flow, 'slack', 'T01ACME')).toBe(true);
    expect(said(await flow.client.say({ ...ana, text: 'help' }))).toContain('setup');
  });

  it('that is denied leaves nothing behind', async () => {
    const flow = await openEmpty();
    await flow.client.consent({ answer: 'deny' });
    const { page } = await installOnSlack(flow);
    expect(page).not.toContain('is installed in');
    expect(await exchanges(flow)).toEqual([]);
    expect(await installedIn(flow, 'slack', 'T01ACME')).toBe(false);
  });

  it('with a state that is forged, or another browser’s, exchanges no code', async () => {
    const flow = await openEmpty();
    const foreign = await stateOf(await installUrlOf(flow));
    for (const state of ['forged', foreign, '']) {
      const query = new URLSearchParams({ code: 'c0de', state });
      const { status, page } = await openBrowser()(`${flow.base}/slack/oauth_redirect?${query}`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(page).not.toContain('is installed in');
    }
    expect(await exchanges(flow)).toEqual([]);
  });

  it('can be taken back and done again', async () => {
    const flow = await openEmpty();
    await flow.client.consent({ answer: 'allow' });
    await installOnSlack(flow);
    await flow.client.uninstall({ side: 'slack' });
    expect(await installedIn(flow, 'slack', 'T01ACME')).toBe(false);
    await installOnSlack(flow);
    await installOnSlack(flow);
    expect(await installedIn(flow, 'slack', 'T01ACME')).toBe(true);
    expect(said(await flow.client.say({ ...ana, text: 'help' }))).toContain('setup');
  });

  it('ends when its tokens are revoked, until it is done again', async () => {
    const flow = await openEmpty();
    await flow.client.consent({ answer: 'allow' });
    await installOnSlack(flow);
    await flow.client.revoke({ side: 'slack' });
    expect(await installedIn(flow, 'slack', 'T01ACME')).toBe(false);
    expect(said(await flow.client.say({ ...ana, text: 'help' }))).toBe('');
    await installOnSlack(flow);
    expect(said(await flow.client.say({ ...ana, text: 'help' }))).toContain('setup');
  });

  it('stands beside those of other workspaces, each with its own token', async () => {
    const flow = await openFlow(await engine.freshUrl());
    await flow.client.consent({ answer: 'allow', person: tia.person });
    const { page } = await installOnSlack(flow);
    expect(page).toContain('Third Labs');
    expect(said(await flow.client.say({ ...tia, text: 'help' }))).toContain('setup');
    expect(said(await flow.client.say({ ...ana, text: 'help' }))).toContain('decision');
    await flow.client.uninstall({ side: 'slack', workplace: 'T03THIRD' });
    expect(said(await flow.client.say({ ...ana, text: 'help' }))).toContain('decision');
  });

  it('for a whole organisation serves each of its workspaces', async () => {
    const flow = await openEmpty();
    await flow.client.consent({ answer: 'allow', person: tia.person, org: true });
    await installOnSlack(flow);
    for (const person of [tia, udo])
      expect(said(await flow.client.say({ ...person, text: 'help' }))).toContain('setup');
  });

  it('outlives a restart', async () => {
    const flow = await openEmpty();
    await flow.client.consent({ answer: 'allow', rotating: true });
    await installOnSlack(flow);
    await flow.restart();
    expect(said(await flow.client.say({ ...ana, text: 'help' }))).toContain('setup');
  });

  it.skipIf(engine.dialect === 'sqlite')('renews its token once, however many replicas need it', async () => {
    const door = await openDoor();
    onTestFinished(() => door.close());
    let ahead = 0;
    const now = () => Date.now() + ahead;
    const front = `${door.url}/slack/events`;
    const flow = await openFlow(
      await engine.freshUrl(),
      { world: emptySeed, now, slackEventsUrl: front, enforcePace: false },
      { now },
    );
    door.lead(flow.app.port, (await flow.replica()).port);
    await flow.client.consent({ answer: 'allow', rotating: true });
    await installOnSlack(flow, `${door.url}/slack/install`);
    for (const renewals of [1, 2]) {
      ahead += 11 * HOUR_MS;
      const asking = Array.from({ length: 4 }, () => [ana, bob, zoe]).flat();
      const answers = await Promise.all(asking.map((person) => flow.client.say({ ...person, text: 'help' })));
      for (const answer of answers) expect(said(answer)).toContain('setup');
      expect(await exchanges(flow, 'refresh_token')).toHaveLength(renewals);
    }
  });
});

describe('an installation on Teams', () => {
  eachEngine('in a new tenant', (_open, engine) => {
    it('makes Entente answer there, and is forgotten when it is taken back', async () => {
      const flow = await openFlow(await engine.freshUrl(), { world: emptySeed });
      await flow.client.install({ side: 'teams' });
      expect(await installedIn(flow, 'teams', NOVA)).toBe(true);
      expect(said(await flow.client.say({ ...ben, text: 'help' }))).toContain('setup');
      expect(await installedIn(flow, 'teams', LABS)).toBe(false);
      await flow.client.install({ side: 'teams', workplace: LABS });
      expect(said(await flow.client.say({ ...tom, text: 'help' }))).toContain('setup');
      await flow.client.uninstall({ side: 'teams', workplace: LABS });
      expect((await flow.client.say({ ...tom, text: 'help' })).delivered).toBe(false);
      expect(await installedIn(flow, 'teams', NOVA)).toBe(true);
    });
  });
});
