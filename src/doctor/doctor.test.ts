import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import express from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { type Flow, openFlow } from '../../test/flows/flow.js';
import { type Engine, eachEngine, freshPostgres } from '../../test/stores.js';
import { type Said as Line, obey } from '../command-line.js';
import { type Config, ConfigError } from '../config.js';
import { createInstallations } from '../core/installations.js';
import { createVault } from '../core/vault.js';
import { sandboxConfig } from '../demo.js';
import { scopeNames } from '../platforms/slack/scopes.js';

const SECRET = 'a secret that is long enough for anything';
const OLD = 'the secret of before, which is long enough too';

interface Deployment {
  readonly flow: Flow;
  readonly config: Config;
}

/** Entente as it runs, and the configuration that it runs with. */
const deploy = async (engine: Engine): Promise<Deployment> => {
  const databaseUrl = await engine.freshUrl();
  const flow = await openFlow(databaseUrl);
  const { port } = flow.app;
  const base: Config = {
    mode: 'live',
    production: true,
    host: '127.0.0.1',
    port,
    databaseUrl,
    logLevel: 'silent',
    publicUrl: flow.base,
    secret: SECRET,
  };
  const { slack, ...rest } = sandboxConfig(base, flow.sandbox);
  // The environment's token alone, as where workspaces do not install Entente by themselves.
  const { oauth: _, ...own } = slack!;
  return { flow, config: { ...rest, slack: own } };
};

const consult = (config: Config, more: { now?: () => number; words?: readonly string[] } = {}): Promise<Line> =>
  obey(more.words ?? ['doctor'], { readConfig: () => config, now: more.now ?? Date.now });

const linesOf = ({ text }: Line): string[] => text.split('\n').map((line) => line.replace(/\s{2,}/gu, ' | '));

/** Everything that is not well. */
const complaints = (line: Line): string[] => linesOf(line).filter((one) => /^(broken|attention)/u.test(one));

const serve = async (handle: RequestListener): Promise<string> => {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Slack as the sandbox speaks it, but for the scopes that it says it has granted. */
const grantingLess = async (apiUrl: string, scopes: string): Promise<string> => {
  const app = express();
  app.post('/api/:method', async (req, res) => {
    const headers = { authorization: String(req.headers.authorization) };
    const answer = await fetch(`${apiUrl}${req.params.method}`, { method: 'POST', headers });
    res.set('x-oauth-scopes', scopes).json(await answer.json());
  });
  return `${await serve(app)}/api/`;
};

const nowhere = 'http://127.0.0.1:9/';

eachEngine('the doctor', (_open, engine) => {
  it('finds a deployment well, says so of each thing, and disturbs nothing', async () => {
    const { config } = await deploy(engine);
    const line = await consult(config);
    expect(linesOf(line)).toEqual([
      'ok | Configuration | read without a mistake, for Slack and Teams',
      expect.stringMatching(/^ok \| Database \| (SQLite|PostgreSQL) [\d.]+\S*, can be written$/u),
      expect.stringMatching(/^ok \| Migrations \| all \d+ are applied$/u),
      ...(engine.dialect === 'postgres' ? ['ok | Clock against the database | the same'] : []),
      'ok | Stored tokens | there are none',
      'ok | Slack token | accepted, for Acme Bio (T01ACME)',
      `ok | Slack scopes | all ${scopeNames.length} are granted`,
      'ok | Clock against Slack | the same',
      'ok | Teams token | Microsoft gives one',
      'ok | Teams signing keys | can be fetched',
      'ok | Clock against Microsoft | the same',
      'ok | Public address | Entente answers there',
      'ok | Slack signature | a signed call is taken there, a forged one is not',
      'ok | Teams webhook | a call without a token is turned away',
      '',
      'Nothing is broken.',
    ]);
    expect(line.code).toBe(0);
  });

  it('tells a wrong signing secret from everything else, and shows no secret', async () => {
    const { config, flow } = await deploy(engine);
    const line = await consult({ ...config, slack: { ...config.slack!, signingSecret: 'not-the-same' } });
    expect(complaints(line)).toEqual([
      'broken | Slack signature | a call signed with SLACK_SIGNING_SECRET is turned away. Set the same secret where Entente runs, and let no proxy change bodies.',
    ]);
    expect(line.code).toBe(1);
    expect(linesOf(line).at(-1)).toBe('1 thing is broken.');
    for (const secret of ['not-the-same', flow.sandbox.signingSecret, flow.sandbox.botToken, SECRET])
      expect(line.text).not.toContain(secret);
  });

  it('names the scopes that are missing, and a token that Slack refuses', async () => {
    const { config } = await deploy(engine);
    const slack = config.slack!;
    const apiUrl = await grantingLess(slack.apiUrl, scopeNames.filter((scope) => scope !== 'users:read').join(','));
    expect(complaints(await consult({ ...config, slack: { ...slack, apiUrl } }))).toEqual([
      'broken | Slack scopes | users:read is missing. Update the Slack app from its manifest (npm run manifests), then install it again.',
    ]);
    const less = await grantingLess(slack.apiUrl, scopeNames.filter((scope) => !scope.endsWith('s:history')).join(','));
    expect(complaints(await consult({ ...config, slack: { ...slack, apiUrl: less } }))).toEqual([
      'attention | Slack scopes | channels:history, groups:history are missing. Update the Slack app from its manifest (npm run manifests), then install it again.',
    ]);
    expect(complaints(await consult({ ...config, slack: { ...slack, botToken: 'xoxb-wrong' } }))).toEqual([
      'broken | Slack token | Slack refuses it (invalid_auth). Install the app again, and set SLACK_BOT_TOKEN to its new token.',
    ]);
  });

  it('notices a clock that is wrong, and does not take it for a wrong secret', async () => {
    const { config } = await deploy(engine);
    const found = complaints(await consult(config, { now: () => Date.now() + 600_000 }));
    const of = (what: string) =>
      expect.stringMatching(
        new RegExp(`^broken \\| Clock against ${what} \\| this machine's is (599|600|601) seconds fast`),
      );
    expect(found).toEqual([
      ...(engine.dialect === 'postgres' ? [of('the database')] : []),
      of('Slack'),
      of('Microsoft'),
    ]);
    const slow = complaints(await consult(config, { now: () => Date.now() - 20_000, words: ['doctor'] }));
    expect(slow[0]).toMatch(/^attention \| Clock against .* seconds slow\. Let this machine keep its time by NTP\.$/u);
  });

  it('says what cannot be reached, each by itself', async () => {
    const { config } = await deploy(engine);
    const away = { ...config, publicUrl: nowhere.slice(0, -1), slack: { ...config.slack!, apiUrl: `${nowhere}api/` } };
    expect(complaints(await consult(away))).toEqual([
      expect.stringMatching(/^broken \| Slack token \| Slack cannot be reached \(.+\)\. Check SLACK_API_URL/u),
      expect.stringMatching(/^broken \| Public address \| it cannot be reached from here \(.+\)\. Check PUBLIC_URL/u),
    ]);
  });

  it('is not content with something else at the public address, nor with one that takes forged calls', async () => {
    const { config } = await deploy(engine);
    const other = await serve((_req, res) => void res.end('<h1>Welcome to nginx</h1>'));
    expect(complaints(await consult({ ...config, publicUrl: other }))).toEqual([
      expect.stringContaining('broken | Public address | something else answers there (200). Forward /slack/events'),
      expect.stringContaining('broken | Slack signature | a call signed with another secret was taken.'),
      expect.stringContaining('broken | Teams webhook | a call without a token was taken.'),
    ]);
  });

  it('looks at the token of each workspace that has installed Entente', async () => {
    const { config, flow } = await deploy(engine);
    const installations = createInstallations({ store: flow.app.store, vault: createVault(SECRET), now: Date.now });
    const save = (workspace: string, bot: string, expiresAt?: number) =>
      installations.save(
        { platform: 'slack', workspace },
        { name: `${workspace} Inc`, detail: {}, tokens: { bot }, expiresAt },
      );
    const { botToken: _, ...slack } = config.slack!;
    const oauth = { clientId: '1.2', clientSecret: 'client-secret', publicUrl: flow.base };
    const open = { ...config, slack: { ...slack, oauth } };
    expect(complaints(await consult(open))).toEqual([
      'attention | Slack token | no workspace has installed Entente yet. Open /slack/install at its address.',
    ]);
    await save('T1', flow.sandbox.botToken);
    await save('T2', 'xoxb-gone');
    await save('T3', 'xoxe.xoxb-old', Date.now() - 1);
    const line = await consult(open);
    expect(linesOf(line)).toContain('ok | Slack token of T1 Inc | accepted, for Acme Bio (T01ACME)');
    expect(complaints(line)).toEqual([
      'broken | Slack token of T2 Inc | Slack refuses it (invalid_auth). Install Entente there again.',
      expect.stringMatching(/^attention \| Slack token of T3 Inc \| it has expired\. Entente renews it/u),
    ]);
    expect(linesOf(line).filter((one) => one.includes('Clock against Slack'))).toHaveLength(1);
  });

  it('asks for a socket where Slack is reached by one, and sends no signed call then', async () => {
    const { config, flow } = await deploy(engine);
    const slack = { ...config.slack!, appToken: flow.sandbox.appToken };
    const line = await consult({ ...config, slack });
    expect(linesOf(line)).toContain('ok | Slack app token | accepted, for Socket Mode');
    expect(line.text).not.toContain('Slack signature');
    expect(complaints(await consult({ ...config, slack: { ...slack, appToken: 'xapp-wrong' } }))).toEqual([
      expect.stringMatching(/^broken \| Slack app token \| Slack refuses it \(invalid_auth\)\. Make one/u),
    ]);
  });

  it('asks nobody but the database when it is told to stay offline', async () => {
    const { config, flow } = await deploy(engine);
    const before = (await flow.client.calls({ side: 'slack' })).length;
    const line = await consult(config, { words: ['doctor', '--offline'] });
    expect(linesOf(line)).toContain('ok | Network | not looked at, as --offline says');
    expect(line.text).not.toContain('Slack token');
    expect(await flow.client.calls({ side: 'slack' })).toHaveLength(before);
  });
});

const bare = (databaseUrl: string, more: Partial<Config> = {}): Config => ({
  ...{ mode: 'live', production: true, host: '127.0.0.1', port: 0, logLevel: 'silent' },
  ...{ databaseUrl, publicUrl: 'https://entente.example.com', secret: SECRET },
  ...more,
});

const offline = ['doctor', '--offline'];

eachEngine('the doctor, of a database', (openStore, engine) => {
  it('that is new or older says what the next start will do', async () => {
    const url = engine.dialect === 'sqlite' ? await engine.freshUrl() : await freshPostgres('empty');
    expect(linesOf(await consult(bare(url), { words: offline }))).toContainEqual(
      expect.stringMatching(/^ok \| Migrations \| all \d+ are applied at the first start$/u),
    );
    const store = await openStore(url);
    await store.write((tx) => tx.rows(sql`delete from migrations where seq > 0 returning seq`));
    expect(complaints(await consult(bare(url), { words: offline }))).toEqual([
      expect.stringMatching(/^attention \| Migrations \| \d+ are applied at the next start\. Take a backup before/u),
    ]);
    await store.write((tx) => tx.rows(sql`update migrations set hash = 'strange' returning seq`));
    expect(complaints(await consult(bare(url), { words: offline }))).toEqual([
      expect.stringMatching(/^broken \| Migrations \| The database is not of this version/u),
    ]);
  });

  it('that cannot be reached or written says so', async () => {
    const lost = engine.dialect === 'sqlite' ? 'file:/dev/null/x/entente.db' : 'postgres://127.0.0.1:9/entente';
    expect(complaints(await consult(bare(lost), { words: offline }))).toEqual([
      expect.stringMatching(/^broken \| Database \| .*(cannot be reached|cannot be written)/u),
    ]);
    if (engine.dialect === 'sqlite') return;
    const url = new URL(await engine.freshUrl());
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    expect(complaints(await consult(bare(url.href), { words: offline }))).toEqual([
      expect.stringMatching(/^broken \| Database \| PostgreSQL .*, but it cannot be written \(a read-only server\)/u),
    ]);
  });

  it('with tokens of other secrets names reseal, which moves them, or says that the secret is missing', async () => {
    const url = await engine.freshUrl();
    const store = await openStore(url);
    const save = (secret: string, workspace: string) =>
      createInstallations({ store, vault: createVault(secret), now: Date.now }).save(
        { platform: 'slack', workspace },
        { name: workspace, detail: {}, tokens: { bot: `xoxb-${workspace}` } },
      );
    await save(SECRET, 'T1');
    await save(OLD, 'T2');
    await store.close();
    const both = bare(url, { oldSecrets: [OLD] });
    expect(complaints(await consult(both, { words: offline }))).toEqual([
      'attention | Stored tokens | 1 installation sealed with an older secret. npm run entente -- reseal moves them to the present one.',
    ]);
    expect(complaints(await consult(bare(url), { words: offline }))).toEqual([
      'broken | Stored tokens | 1 installation sealed with a secret that is not known. Put it into ENTENTE_OLD_SECRETS, or install Entente there again.',
    ]);
    await expect(consult(bare(url), { words: ['reseal'] })).rejects.toThrow(
      'Those of one installation do not open. Put the secret of before into ENTENTE_OLD_SECRETS and say this again',
    );
    expect((await consult(both, { words: ['reseal'] })).text).toBe(
      'The tokens of one installation are sealed with the present ENTENTE_SECRET now.',
    );
    expect((await consult(both, { words: ['reseal'] })).text).toContain('already');
    expect(linesOf(await consult(bare(url), { words: offline }))).toContain(
      'ok | Stored tokens | 2 installations sealed with the present secret',
    );
  });
});

it('says all mistakes of a configuration at once, and looks at nothing else', async () => {
  const line = await obey(['doctor'], {
    readConfig: () => {
      throw new ConfigError(['PORT is wrong.', 'HOST is wrong.']);
    },
    now: Date.now,
  });
  expect(line).toEqual({
    code: 1,
    text: 'broken     Configuration  PORT is wrong.\nbroken     Configuration  HOST is wrong.\n\n2 things are broken.',
  });
});

it('names what is unsafe, and an alliance file that cannot be read', async () => {
  const config = bare('file::memory:', { production: false, allianceFile: '/nowhere/alliance.yaml' });
  const { secret: _, publicUrl: __, ...rest } = config;
  expect(complaints(await consult({ ...rest, databaseUrl: 'file:/tmp/none.db' }, { words: offline }))).toEqual([
    expect.stringContaining('PUBLIC_URL is not set'),
    expect.stringContaining('ENTENTE_SECRET is not set'),
    expect.stringContaining('NODE_ENV is not production'),
    'broken | Alliance file | it cannot be read (ENOENT). Check the path in ALLIANCE_FILE, and who may read it.',
  ]);
});

it('says what it can do when it is asked for something else', async () => {
  const surface = { readConfig: () => bare('file:none.db'), now: Date.now };
  for (const words of [[], ['docter'], ['doctor', '--fast'], ['reseal', 'all']])
    expect(await obey(words, surface)).toMatchObject({
      code: 1,
      text: expect.stringContaining('npm run entente -- doctor'),
    });
  expect((await obey(['help'], surface)).code).toBe(0);
});
