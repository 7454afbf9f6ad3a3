import { expect, it, onTestFinished, vi } from 'vitest';
import { eachEngine } from '../../../test/stores.js';
import type { Store } from '../../core/db/store.js';
import type { DeliveryError } from '../../core/errors.js';
import { createInstallations, type Installations } from '../../core/installations.js';
import { createVault } from '../../core/vault.js';
import type { FormView } from '../../core/view.js';
import command from './fixtures/command.json' with { type: 'json' };
import { type FakeSlack, startFakeSlack } from './fixtures/fake-slack.js';
import { type Grant, type Granting, startGranting } from './fixtures/granting.js';
import joined from './fixtures/joined.json' with { type: 'json' };
import { startWorkplace, type Workplace } from './fixtures/workplace.js';

const vault = createVault('secret '.repeat(8));
const oauth = { clientId: '123.456', clientSecret: 'hush', publicUrl: 'https://entente.example.com' };
const HOUR = 3_600_000;
const view = { kind: 'notice', text: 'Recorded.' } as const;

const form: FormView = {
  ...{ kind: 'form', id: 'decisions.record', title: 'Record', submit: 'Record', audience: 'Acme will see this' },
  fields: [{ kind: 'text', name: 'text', label: 'Decision', lines: 'one', max: 300 }],
};

interface Replica extends Workplace {
  readonly installations: Installations;
  /** Milliseconds that have passed since the test began. */
  later: number;
}

const startReplica = async (store: Store, slack: FakeSlack, change: object = {}): Promise<Replica> => {
  const now = () => Date.now() + replica.later;
  // No rest after a failure: these clocks leap.
  const patience = { leaseMs: 20_000, restMs: -1, waitMs: 2_000, lookMs: 10 };
  const installations = createInstallations({ store, vault, now, patience });
  const work = await startWorkplace(
    { botToken: undefined, oauth, apiUrl: slack.url, ...change },
    { installations, now, derive: vault.derive, paced: false },
  );
  const replica: Replica = Object.assign(work, { installations, later: 0 });
  onTestFinished(() => replica.close());
  return replica;
};

const openSlack = async (): Promise<{ slack: FakeSlack; granting: Granting }> => {
  const slack = await startFakeSlack();
  onTestFinished(() => slack.close());
  return { slack, granting: startGranting(slack) };
};

/** As a browser would: off to Slack, and back with what Slack gave and the cookie. */
const begin = async ({ url }: Workplace) => {
  const response = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  const address = new URL(response.headers.get('location') ?? '');
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { status: response.status, address, state: address.searchParams.get('state') ?? '', cookie };
};

const comeBack = async ({ url }: Workplace, query: Readonly<Record<string, string>>, cookie = '') => {
  const response = await fetch(`${url}/slack/oauth_redirect?${new URLSearchParams(query)}`, { headers: { cookie } });
  return { status: response.status, page: await response.text(), type: response.headers.get('content-type') };
};

const install = async (work: Workplace, granting: Granting, grant: Grant) => {
  const { state, cookie } = await begin(work);
  return comeBack(work, { code: granting.consent(grant), state }, cookie);
};

const postTo = (work: Workplace, workspace: string) =>
  work.platform.post({ platform: 'slack', workspace, kind: 'channel', id: 'C01JSC', detail: {} }, view);

const refusedPost = (work: Workplace, workspace: string): Promise<DeliveryError> =>
  postTo(work, workspace).then(
    () => expect.unreachable('it was taken'),
    (error) => error,
  );

const tokens = (slack: FakeSlack) => slack.of('chat.postMessage').map(({ token }) => token);

const event = (body: object) => ({ ...joined, authorizations: undefined, ...body });

eachEngine('a workspace that installs Entente', (open) => {
  const openAll = async (change: object = {}) => {
    const { slack, granting } = await openSlack();
    const work = await startReplica(await open(), slack, change);
    return { slack, granting, work };
  };

  it('is sent to Slack with what Entente asks for, and with a state for this browser', async () => {
    const { slack, work } = await openAll();
    const { status, address, cookie, state } = await begin(work);
    expect(status).toBe(302);
    expect(address.origin + address.pathname).toBe(new URL('../oauth/v2/authorize', slack.url).href);
    expect(address.searchParams.get('client_id')).toBe('123.456');
    expect(address.searchParams.get('redirect_uri')).toBe('https://entente.example.com/slack/oauth_redirect');
    expect(address.searchParams.get('scope')).toContain('users:read');
    expect(cookie).toContain(state);
  });

  it('is served with its own token from then on', async () => {
    const { slack, granting, work } = await openAll();
    const { status, page, type } = await install(work, granting, { team: 'T01ACME' });
    expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page).toContain('Entente is installed in T01ACME &lt;Bio&gt;');
    expect(page).toContain('/entente setup');
    expect(work.core.calls).toEqual([{ kind: 'installed', platform: 'slack', workspace: 'T01ACME' }]);
    await install(work, granting, { team: 'T02NOVA' });
    await postTo(work, 'T01ACME');
    await postTo(work, 'T02NOVA');
    expect(tokens(slack)).toEqual(['xoxb-T01ACME-1', 'xoxb-T02NOVA-2']);
    expect(work.logged() + page).not.toMatch(/xox|hush/);
  });

  it('installs it again, and the new token takes the place of the old one', async () => {
    const { slack, granting, work } = await openAll();
    await install(work, granting, { team: 'T01ACME' });
    await postTo(work, 'T01ACME');
    await install(work, granting, { team: 'T01ACME' });
    await postTo(work, 'T01ACME');
    expect(tokens(slack)).toEqual(['xoxb-T01ACME-1', 'xoxb-T01ACME-2']);
  });

  it.each([
    ['somebody did not allow it', { error: 'access_denied' }, 200, 'Entente was not installed'],
    ['Slack was given something else', { error: 'invalid_scope' }, 502, 'Entente could not be installed'],
    ['there is no state', { code: 'x' }, 400, 'This installation was not begun here'],
    ['the state is another’s', { code: 'x', state: 'e30.e30.e30' }, 400, 'This installation was not begun here'],
  ])('is told what to do next when %s', async (_what, query, status, title) => {
    const { slack, work } = await openAll();
    const { cookie } = await begin(work);
    const answer = await comeBack(work, query, cookie);
    expect([answer.status, answer.page.includes(`<h1>${title}</h1>`)]).toEqual([status, true]);
    expect(answer.page).toContain('href="https://entente.example.com/slack/install"');
    expect(slack.calls).toEqual([]);
    expect(await work.installations.list('slack')).toEqual([]);
  });

  it('is refused with a state that is more than ten minutes old', async () => {
    const { granting, work } = await openAll();
    const { state, cookie } = await begin(work);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    const code = granting.consent({ team: 'T01ACME' });
    expect((await comeBack(work, { code, state }, cookie)).status).toBe(400);
  });

  it('is refused with the state of another browser, or of another deployment', async () => {
    const { granting, work, slack } = await openAll();
    const { state, cookie } = await begin(work);
    const code = granting.consent({ team: 'T01ACME' });
    expect((await comeBack(work, { code, state })).status).toBe(400);
    const other = createVault('another '.repeat(8));
    const elsewhere = await startWorkplace({ oauth, apiUrl: slack.url }, { derive: other.derive });
    onTestFinished(() => elsewhere.close());
    expect((await comeBack(elsewhere, { code, state }, cookie)).status).toBe(400);
    expect(await work.installations.list('slack')).toEqual([]);
  });

  it('is told that it failed when the code was used before, and nothing of why', async () => {
    const { granting, work } = await openAll();
    const { state, cookie } = await begin(work);
    const code = granting.consent({ team: 'T01ACME' });
    await comeBack(work, { code, state }, cookie);
    const { status, page } = await comeBack(work, { code, state }, cookie);
    expect(status).toBe(502);
    expect(page).not.toContain('invalid_code');
    expect(await work.installations.find({ platform: 'slack', workspace: 'T01ACME' })).toBeDefined();
  });

  it('that never did is told where to install it', async () => {
    const { work } = await openAll();
    expect(await refusedPost(work, 'T09ZETA')).toMatchObject({
      when: 'never',
      reason: 'slack:not_installed',
      advice: expect.stringContaining('https://entente.example.com/slack/install'),
    });
    expect((await work.command(command)).status).toBe(200);
  });

  it('stands beside the one whose token is in the environment', async () => {
    const { slack, work } = await openAll({ botToken: 'xoxb-own' });
    slack.answer('auth.test', () => ({ body: { ok: true, team_id: 'T01ACME' } }));
    slack.answer('chat.postMessage', () => ({ body: { ok: true, ts: '1.2' } }));
    await postTo(work, 'T01ACME');
    expect(tokens(slack)).toEqual(['xoxb-own']);
    expect(await refusedPost(work, 'T02NOVA')).toMatchObject({ reason: 'slack:not_installed' });
  });

  it('renews its token before it expires, for calls and deliveries alike', async () => {
    const { slack, granting, work } = await openAll();
    await install(work, granting, { team: 'T01ACME', expiresIn: 43_200 });
    await postTo(work, 'T01ACME');
    work.later = 9.9 * HOUR;
    await postTo(work, 'T01ACME');
    expect(granting.refreshed).toEqual([]);
    work.later = 10.1 * HOUR;
    await postTo(work, 'T01ACME');
    expect(tokens(slack)).toEqual(['xoxe.xoxb-T01ACME-1', 'xoxe.xoxb-T01ACME-1', 'xoxe.xoxb-T01ACME-2']);
    work.later = 40 * HOUR;
    work.core.onCommand = async () => ({ outcome: 'done', view: form });
    await work.command({ ...command, team_id: 'T01ACME' });
    expect(slack.of('views.open').map(({ token }) => token)).toEqual(['xoxe.xoxb-T01ACME-3']);
    expect(granting.refreshed).toEqual(['xoxe-1-1', 'xoxe-1-2']);
  });

  it('is asked to install it again once its token has expired and cannot be renewed', async () => {
    const { slack, granting, work } = await openAll();
    await install(work, granting, { team: 'T01ACME', expiresIn: 43_200 });
    slack.answer('oauth.v2.access', () => ({ body: { ok: false, error: 'invalid_refresh_token' } }));
    work.later = 11 * HOUR;
    await postTo(work, 'T01ACME');
    work.later = 13 * HOUR;
    expect(await refusedPost(work, 'T01ACME')).toMatchObject({
      when: 'never',
      reason: 'slack:invalid_refresh_token',
      advice: expect.stringContaining('/slack/install'),
    });
  });

  it('is asked to install it again once its token is revoked', async () => {
    const { granting, work } = await openAll();
    await install(work, granting, { team: 'T01ACME' });
    granting.revoke('xoxb-T01ACME-1');
    expect(await refusedPost(work, 'T01ACME')).toMatchObject({
      when: 'never',
      reason: 'slack:token_revoked',
      advice: expect.stringContaining('/slack/install'),
    });
  });

  it('keeps a card whose token was replaced while it was being sent', async () => {
    const { slack, granting, work } = await openAll();
    await install(work, granting, { team: 'T01ACME' });
    slack.answer('chat.postMessage', async () => {
      await install(work, granting, { team: 'T01ACME' });
      return { body: { ok: false, error: 'token_revoked' } };
    });
    expect(await refusedPost(work, 'T01ACME')).toMatchObject({ when: 'later', reason: 'slack:token_revoked' });
  });

  it.each([
    ['uninstalls it', { type: 'app_uninstalled' }],
    ['revokes its token', { type: 'tokens_revoked', tokens: { bot: ['U00ENTENTE'], oauth: [] } }],
  ])('is without it once somebody there %s', async (_how, told) => {
    const { granting, work } = await openAll();
    await install(work, granting, { team: 'T01ACME' });
    const soon = Math.ceil(Date.now() / 1_000) + 1;
    await work.event(event({ event: told, event_time: soon }));
    expect(work.core.calls.at(-1)).toEqual({ kind: 'removed', platform: 'slack', workspace: 'T01ACME' });
  });

  it('keeps its new token when it is told once more that the old one is gone', async () => {
    const { granting, work } = await openAll();
    await install(work, granting, { team: 'T01ACME' });
    await work.event(event({ event: { type: 'app_uninstalled' }, event_time: Math.floor(Date.now() / 1_000) - 60 }));
    expect(work.core.calls).toMatchObject([{ kind: 'installed' }]);
  });

  it('cannot be served when the secret is gone, and is not lost for it', async () => {
    const { slack, granting } = await openSlack();
    const store = await open();
    const work = await startReplica(store, slack);
    await install(work, granting, { team: 'T01ACME' });
    const installations = createInstallations({ store, vault: createVault('other '.repeat(8)), now: Date.now });
    const blind = await startWorkplace({ oauth, apiUrl: slack.url }, { installations });
    onTestFinished(() => blind.close());
    expect(await refusedPost(blind, 'T01ACME')).toMatchObject({
      when: 'later',
      reason: 'slack:tokens_unknown-key',
      advice: expect.stringContaining('ENTENTE_OLD_SECRETS'),
    });
  });
});

eachEngine('an organisation that installs Entente', (open) => {
  const ofOrganisation = (team: string, body: object) => ({
    ...body,
    ...{ team_id: team, enterprise_id: 'E01ACME', is_enterprise_install: 'true' },
  });

  it('has it in each of its teams, also for deliveries after a restart', async () => {
    const { slack, granting } = await openSlack();
    const store = await open();
    const work = await startReplica(store, slack);
    const { page } = await install(work, granting, { enterprise: 'E01ACME' });
    expect(page).toContain('Entente is installed in Acme Group');
    expect(await refusedPost(work, 'T01ACME')).toMatchObject({ reason: 'slack:not_installed' });
    expect((await work.command(ofOrganisation('T01ACME', command))).status).toBe(200);
    const restarted = await startReplica(store, slack);
    await postTo(restarted, 'T01ACME');
    expect(tokens(slack)).toEqual(['xoxb-E01ACME-1']);
    await work.event({
      ...event({ event: joined.event }),
      ...ofOrganisation('T02ACME', {}),
      authorizations: [
        {
          team_id: 'T02ACME',
          enterprise_id: 'E01ACME',
          is_enterprise_install: true,
          user_id: 'U00ENTENTE',
          is_bot: true,
        },
      ],
    });
    await postTo(work, 'T02ACME');
  });

  it('is without it in every team once it is gone from all, and has it again in every team', async () => {
    const { slack, granting } = await openSlack();
    const work = await startReplica(await open(), slack);
    await install(work, granting, { enterprise: 'E01ACME' });
    for (const team of ['T01ACME', 'T02ACME'])
      await work.command({ ...ofOrganisation(team, command), trigger_id: team });
    granting.revoke('xoxb-E01ACME-1');
    const gone = event({
      team_id: 'T01ACME',
      enterprise_id: 'E01ACME',
      event: { type: 'app_uninstalled' },
      event_time: 4e9,
    });
    await work.event(gone);
    const told = (kind: string) =>
      work.core.calls.flatMap((call) => ('kind' in call && call.kind === kind ? [call.workspace] : []));
    expect(told('removed')).toEqual(['T01ACME', 'T02ACME', 'E01ACME']);
    await install(work, granting, { enterprise: 'E01ACME' });
    const all = ['E01ACME', 'T01ACME', 'T02ACME'];
    expect(told('installed')).toEqual([...all, ...all]);
    await postTo(work, 'T02ACME');
  });

  it('loses one team only while its token works, or can be renewed', async () => {
    const { slack, granting } = await openSlack();
    const work = await startReplica(await open(), slack);
    await install(work, granting, { enterprise: 'E01ACME', expiresIn: 43_200 });
    await work.command(ofOrganisation('T01ACME', command));
    work.later = 13 * HOUR;
    granting.revoke('xoxe.xoxb-E01ACME-1');
    await work.event(event({ team_id: 'T01ACME', event: { type: 'app_uninstalled' }, event_time: 4e9 }));
    expect(work.core.calls.at(-1)).toEqual({ kind: 'removed', platform: 'slack', workspace: 'T01ACME' });
    expect(work.core.calls.filter((call) => 'kind' in call && call.kind === 'removed')).toHaveLength(1);
  });
});

eachEngine('two replicas', (open, { dialect, freshUrl }) => {
  it.skipIf(dialect === 'sqlite')('serve a workspace while one renews its token (SQLite has one process)', async () => {
    const { slack, granting } = await openSlack();
    const url = await freshUrl();
    const first = await startReplica(await open(url), slack);
    const second = await startReplica(await open(url), slack);
    await install(first, granting, { team: 'T01ACME', expiresIn: 43_200 });
    first.later = 11 * HOUR;
    second.later = 11 * HOUR;
    const release = granting.holdRefresh();
    const renewing = postTo(first, 'T01ACME');
    await expect.poll(() => granting.refreshed).toHaveLength(1);
    await postTo(second, 'T01ACME');
    release();
    await renewing;
    await postTo(second, 'T01ACME');
    expect(tokens(slack)).toEqual(['xoxe.xoxb-T01ACME-1', 'xoxe.xoxb-T01ACME-2', 'xoxe.xoxb-T01ACME-2']);
    first.later = 40 * HOUR;
    second.later = 40 * HOUR;
    await Promise.all([first, second, first, second].map((replica) => postTo(replica, 'T01ACME')));
    expect(granting.refreshed).toEqual(['xoxe-1-1', 'xoxe-1-2']);
    expect(new Set(tokens(slack).slice(3))).toEqual(new Set(['xoxe.xoxb-T01ACME-3']));
  });
});
