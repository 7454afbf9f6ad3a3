import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { eachEngine } from '../../test/stores.js';
import type { Store } from './db/store.js';
import { createInstallations, type Installation, type Installations, isInstalled } from './installations.js';
import { createVault, VaultError } from './vault.js';

const secret = 'first '.repeat(8);
const acme = { platform: 'slack', workspace: 'T01ACME' } as const;
const NOON = Date.UTC(2026, 11, 1, 12);
const HOUR = 3_600_000;
const granted = {
  name: 'Acme Bio',
  detail: { bot: 'U0BOT' },
  tokens: { access: 'xoxe.xoxb-1', refresh: 'xoxe-1' },
  expiresAt: NOON + HOUR,
};
const patience = { leaseMs: 20_000, restMs: 20_000, waitMs: 2_000, lookMs: 10 };

const at = (store: Store, when = NOON, vault = createVault(secret), renewal = patience): Installations =>
  createInstallations({ store, vault, now: () => when, patience: renewal });

const found = async (installations: Installations): Promise<Installation> => {
  const installation = await installations.find(acme);
  if (!installation) throw new Error('not installed');
  return installation;
};

/** What Slack would say, once: the second use of a refresh token is refused. */
const slackSays = () => {
  const used: string[] = [];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const renewer = async ({ refresh = '' }: Readonly<Record<string, string>>) => {
    if (used.includes(refresh)) throw new Error('invalid_refresh_token');
    used.push(refresh);
    await gate;
    const next = used.length + 1;
    return { tokens: { access: `xoxe.xoxb-${next}`, refresh: `xoxe-${next}` }, expiresAt: NOON + 24 * HOUR };
  };
  return { renewer, used, open };
};

eachEngine('installations', (open) => {
  it('keeps what was granted, and what replaces it', async () => {
    const store = await open();
    const installations = at(store);
    expect(await installations.find(acme)).toBeUndefined();
    await installations.save(acme, granted);
    expect(await installations.find(acme)).toEqual({ ...acme, ...granted, installedAt: NOON, version: 1 });
    const lasting = { detail: {}, tokens: { access: 'xoxb-2' } };
    await at(store, NOON + HOUR).save(acme, lasting);
    expect(await installations.find(acme)).toEqual({ ...acme, ...lasting, installedAt: NOON + HOUR, version: 2 });
    expect(await isInstalled(store.read, acme)).toBe(true);
  });

  it('keeps no token readable in the database', async () => {
    const store = await open();
    await at(store).save(acme, granted);
    const dump = JSON.stringify(await store.read.rows(sql`select * from installations`));
    expect(dump).toContain('T01ACME');
    expect(dump).not.toContain('xox');
    const [row] = await store.read.rows<{ sealed: string }>(sql`select sealed from installations`);
    expect(Buffer.from(row?.sealed ?? '', 'base64url').toString('latin1')).not.toContain('xox');
    await expect(at(store, NOON, createVault('another '.repeat(5))).find(acme)).rejects.toThrow(VaultError);
  });

  it('forgets the tokens of what is removed, and takes it back when it is installed again', async () => {
    const store = await open();
    const installations = at(store);
    await installations.save(acme, granted);
    await installations.remove(acme);
    expect(await installations.find(acme)).toBeUndefined();
    expect(await installations.list('slack')).toMatchObject([{ ...acme, name: 'Acme Bio', removed: true }]);
    const [row] = await store.read.rows<{ sealed: unknown }>(sql`select sealed from installations`);
    expect(row?.sealed).toBeNull();
    await installations.save(acme, granted);
    expect(await installations.find(acme)).toMatchObject({ tokens: granted.tokens });
    expect(await installations.list('teams')).toEqual([]);
  });

  it('moves every box to the present key, and leaves those that do not open', async () => {
    const store = await open();
    await at(store).save(acme, granted);
    await at(store).save({ ...acme, workspace: 'E01' }, { detail: {} });
    const next = 'second '.repeat(8);
    const moving = at(store, NOON, createVault(next, [secret]));
    await at(store, NOON, createVault('unknown '.repeat(8))).save({ ...acme, workspace: 'T00' }, granted);
    expect(await moving.resealAll()).toEqual({ resealed: 1, broken: 1 });
    expect(await moving.resealAll()).toEqual({ resealed: 0, broken: 1 });
    expect(await at(store, NOON, createVault(next)).find(acme)).toMatchObject({ tokens: granted.tokens, version: 1 });
  });

  it('renews tokens once, and gives the new ones', async () => {
    const installations = at(await open());
    await installations.save(acme, granted);
    const slack = slackSays();
    slack.open();
    const renewed = await installations.renew(await found(installations), slack.renewer);
    expect(renewed).toMatchObject({ tokens: { access: 'xoxe.xoxb-2' }, expiresAt: NOON + 24 * HOUR, version: 2 });
    expect(await installations.find(acme)).toEqual(renewed);
  });

  it('lets the others go on with what still works while one renews', async () => {
    const installations = at(await open());
    await installations.save(acme, granted);
    const slack = slackSays();
    const seen = await found(installations);
    const winner = installations.renew(seen, slack.renewer);
    await expect.poll(() => slack.used).toEqual(['xoxe-1']);
    expect(await installations.renew(seen, slack.renewer)).toBe(seen);
    slack.open();
    expect(await winner).toMatchObject({ version: 2 });
    expect(slack.used).toEqual(['xoxe-1']);
  });

  it('lets those whose tokens have expired wait for whoever renews', async () => {
    const installations = at(await open(), NOON + 2 * HOUR);
    await installations.save(acme, granted);
    const slack = slackSays();
    const seen = await found(installations);
    const all = [1, 2, 3].map(() => installations.renew(seen, slack.renewer));
    await expect.poll(() => slack.used).toEqual(['xoxe-1']);
    slack.open();
    for (const one of await Promise.all(all)) expect(one).toMatchObject({ tokens: { access: 'xoxe.xoxb-2' } });
    expect(slack.used).toEqual(['xoxe-1']);
  });

  it('waits no longer than a moment, and asks again only once the platform has had its rest', async () => {
    const store = await open();
    const hasty = at(store, NOON + 2 * HOUR, createVault(secret), { ...patience, waitMs: 30 });
    await hasty.save(acme, granted);
    const seen = await found(hasty);
    const fails = () => Promise.reject(new Error('away'));
    await expect(hasty.renew(seen, fails)).rejects.toThrow('away');
    const slack = slackSays();
    slack.open();
    expect(await hasty.renew(seen, slack.renewer)).toBeUndefined();
    await store.write(async (tx) => void (await tx.rows(sql`update installations set lease_until = 1 returning 1`)));
    expect(await hasty.renew(seen, slack.renewer)).toMatchObject({ version: 2 });
  });

  it('goes on with tokens that still work when they cannot be renewed yet', async () => {
    const installations = at(await open());
    await installations.save(acme, granted);
    const seen = await found(installations);
    expect(await installations.renew(seen, () => Promise.reject(new Error('away')))).toBe(seen);
  });

  it.each([
    ['removed', (installations: Installations) => installations.remove(acme), undefined],
    [
      'installed again',
      (installations: Installations) => installations.save(acme, { ...granted, tokens: { access: 'xoxb-new' } }),
      { tokens: { access: 'xoxb-new' } },
    ],
  ])('does not bring back old tokens where Entente was %s meanwhile', async (_what, happens, left) => {
    const installations = at(await open());
    await installations.save(acme, granted);
    const slack = slackSays();
    const renewing = installations.renew(await found(installations), slack.renewer);
    await expect.poll(() => slack.used).toHaveLength(1);
    await happens(installations);
    slack.open();
    const after = await renewing;
    if (left) expect(after).toMatchObject(left);
    else expect(after).toBeUndefined();
    expect(await installations.find(acme)).toEqual(after);
  });
});

eachEngine('two replicas', (open, { dialect, freshUrl }) => {
  it.skipIf(dialect === 'sqlite')('that race for one refresh token use it once (SQLite has one process)', async () => {
    const url = await freshUrl();
    const replicas = [await open(url), await open(url)].map((store) => at(store, NOON + 2 * HOUR));
    await replicas[0]?.save(acme, granted);
    const slack = slackSays();
    const racing = replicas.flatMap((replica) =>
      [1, 2, 3, 4].map(async () => replica.renew(await found(replica), slack.renewer)),
    );
    await expect.poll(() => slack.used).toEqual(['xoxe-1']);
    slack.open();
    for (const one of await Promise.all(racing)) expect(one).toMatchObject({ tokens: { access: 'xoxe.xoxb-2' } });
    expect(slack.used).toEqual(['xoxe-1']);
  });
});
