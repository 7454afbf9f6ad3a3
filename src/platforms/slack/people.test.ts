import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryError } from '../../core/errors.js';
import { clientOptions, createClients } from './clients.js';
import { type FakeSlack, startFakeSlack } from './fixtures/fake-slack.js';
import { createPeople, type People } from './people.js';

const spot = { platform: 'slack', workspace: 'T01ACME', conversation: 'C01JSC', direct: false } as const;
const who = (user: string, workspace = 'T01ACME') => ({ platform: 'slack' as const, workspace, user });
const ana = {
  id: 'U01ANA',
  team_id: 'T01ACME',
  name: 'ana',
  tz: 'Europe/Madrid',
  locale: 'es-ES',
  profile: { real_name: 'Ana Ruiz', display_name: 'ana', email: 'ana@acme.example' },
};

let slack: FakeSlack;
let people: People;

beforeEach(async () => {
  slack = await startFakeSlack();
  const options = clientOptions({ apiUrl: slack.url }, pino({ level: 'silent' }));
  people = createPeople(createClients(async (workspace) => `xoxb-${workspace}`, options));
});
afterEach(() => slack.close());

const told = (user: object) => slack.answer('users.info', () => ({ body: { ok: true, user } }));
const refused = (work: Promise<unknown>): Promise<DeliveryError> =>
  work.then(
    () => expect.unreachable('it was told'),
    (error) => error,
  );

describe('a profile', () => {
  it('tells name, zone, language and address, asked with the token of where they were met', async () => {
    told(ana);
    expect(await people.profile(who('U01ANA'), spot)).toEqual({
      ...{ name: 'Ana Ruiz', workspace: 'T01ACME', guest: false },
      ...{ zone: 'Europe/Madrid', locale: 'es-ES', email: 'ana@acme.example' },
    });
    expect(slack.calls).toEqual([
      { method: 'users.info', args: { user: 'U01ANA', include_locale: true }, token: 'xoxb-T01ACME' },
    ]);
  });

  it('does without what Slack does not tell, or tells wrongly', async () => {
    told({ id: 'U01ANA', team_id: 'T01ACME', name: 'ana', tz: 'Mars/Olympus', locale: '<b>', profile: { email: '' } });
    expect(await people.profile(who('U01ANA'), spot)).toEqual({ name: 'ana', workspace: 'T01ACME', guest: false });
  });

  it('has a name of one line and of bounded length', async () => {
    told({ ...ana, profile: { real_name: `Ana\u0000\n${'a'.repeat(300)}` } });
    const { name } = await people.profile(who('U01ANA'), spot);
    expect(name).toMatch(/^Ana a+$/);
    expect(name).toHaveLength(100);
  });

  it.each([
    ['a guest', { ...ana, is_restricted: true }, 'T01ACME', true],
    ['a guest of one channel', { ...ana, is_ultra_restricted: true }, 'T01ACME', true],
    ['somebody of another workspace', { ...ana, team_id: 'T02NOVA' }, 'T02NOVA', false],
    ['a stranger of another workspace', { ...ana, team_id: 'T02NOVA', is_stranger: true }, 'T02NOVA', false],
    ['a guest of another workspace', { ...ana, team_id: 'T02NOVA', is_restricted: true }, 'T02NOVA', true],
    ['a stranger from nowhere', { ...ana, team_id: undefined, is_stranger: true }, 'T01ACME', true],
    ['of our organisation', { ...ana, team_id: 'E01', enterprise_user: { teams: ['T01ACME'] } }, 'T01ACME', false],
    ['of a team besides', { ...ana, team_id: 'T07', enterprise_user: { teams: ['T07', 'T01ACME'] } }, 'T01ACME', false],
    ['of another organisation', { ...ana, team_id: 'E02', enterprise_user: { teams: ['T02NOVA'] } }, 'E02', false],
  ])('says where they belong: %s', async (_who, user, workspace, guest) => {
    told(user);
    expect(await people.profile(who('U01ANA'), spot)).toMatchObject({ workspace, guest });
  });

  it.each([
    ['an app', { ...ana, is_bot: true }],
    ['Slack itself', { ...ana, id: 'USLACKBOT' }],
  ])('is nobody’s for %s', async (_what, user) => {
    told(user);
    expect(await refused(people.profile(who('U01ANA'), spot))).toMatchObject({ when: 'never', reason: 'slack:nobody' });
  });

  it('says why it cannot be had', async () => {
    slack.answer('users.info', () => ({ body: { ok: false, error: 'user_not_found' } }));
    expect(await refused(people.profile(who('U0'), spot))).toMatchObject({ reason: 'slack:user_not_found' });
  });

  it('is waited for two seconds and no longer', { timeout: 10_000 }, async () => {
    slack.answer('users.info', () => ({ silent: true }));
    const startedAt = performance.now();
    expect(await refused(people.profile(who('U01ANA'), spot))).toMatchObject({ when: 'later' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('the name of a workspace', () => {
  it.each([
    [{ name: 'Acme Bio', domain: 'acme' }, 'Acme Bio (acme.slack.com)'],
    [
      { name: 'Acme Bio', domain: 'acme', url: 'https://acme.enterprise.slack.com/' },
      'Acme Bio (acme.enterprise.slack.com)',
    ],
  ])('is the one that its people know, with its address', async (team, name) => {
    slack.answer('team.info', () => ({ body: { ok: true, team } }));
    expect(await people.workspaceName(who('U01ANA'), spot)).toBe(name);
    expect(slack.calls[0]).toMatchObject({ args: { team: 'T01ACME' }, token: 'xoxb-T01ACME' });
  });

  it('is not made up', async () => {
    slack.answer('team.info', () => ({ body: { ok: true, team: {} } }));
    expect(await refused(people.workspaceName(who('U01ANA'), spot))).toMatchObject({ when: 'later' });
  });
});
