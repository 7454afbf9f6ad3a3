import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.js';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'sign' };
const installable = {
  SLACK_SIGNING_SECRET: 'sign',
  SLACK_CLIENT_ID: '123.456',
  SLACK_CLIENT_SECRET: 'hush',
  ENTENTE_SECRET: 's'.repeat(32),
  PUBLIC_URL: 'https://entente.example.com/',
};
const guid = '11111111-1111-1111-1111-111111111111';
const teams = { MICROSOFT_APP_ID: guid, MICROSOFT_APP_PASSWORD: 'pass', MICROSOFT_APP_TENANT_ID: guid };

const mistakes = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
};
const named = (env: Record<string, string>): string[] => mistakes(env).map((one) => one.split(' ')[0] ?? '');

describe('defaults', () => {
  it('opens the sandbox on loopback when no platform is configured', () => {
    expect(readConfig({})).toEqual({
      mode: 'sandbox',
      production: false,
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: 'file:data/sandbox.db',
      logLevel: 'warn',
    });
  });

  it('listens everywhere and keeps its own file once a platform is configured', () => {
    expect(readConfig(slack)).toMatchObject({
      mode: 'live',
      host: '0.0.0.0',
      databaseUrl: 'file:data/entente.db',
      logLevel: 'info',
      slack: { botToken: 'xoxb-1', signingSecret: 'sign', apiUrl: 'https://slack.com/api/' },
    });
  });

  it('takes Teams to be of one tenant unless told', () => {
    expect(readConfig(teams).teams).toEqual({
      appId: guid,
      password: 'pass',
      appType: 'SingleTenant',
      tenantId: guid,
      anonymous: false,
    });
    expect(
      readConfig({ ...teams, MICROSOFT_APP_TYPE: 'MultiTenant', MICROSOFT_APP_TENANT_ID: '' }).teams,
    ).toMatchObject({ appType: 'MultiTenant', tenantId: '' });
  });

  it('counts a name that is set to nothing as not set', () => {
    expect(readConfig({ SLACK_BOT_TOKEN: '', PORT: ' ', NODE_ENV: 'test' }).mode).toBe('sandbox');
  });
});

describe('reading', () => {
  it('reads each value it is given', () => {
    const config = readConfig({
      ...slack,
      NODE_ENV: 'production',
      PORT: '8080',
      HOST: '::',
      PUBLIC_URL: 'https://entente.example.com/',
      DATABASE_URL: 'postgres://user@db/entente',
      LOG_LEVEL: 'debug',
      ENTENTE_SECRET: 's'.repeat(32),
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      ALLIANCE_FILE: 'alliance.yaml',
    });
    expect(config).toMatchObject({
      production: true,
      port: 8080,
      host: '::',
      publicUrl: 'https://entente.example.com',
      databaseUrl: 'postgres://user@db/entente',
      logLevel: 'debug',
      secret: 's'.repeat(32),
      allianceFile: 'alliance.yaml',
    });
    expect(config.slack?.apiUrl).toBe('http://127.0.0.1:4000/api/');
  });

  it('needs no signing secret in Socket Mode', () => {
    const config = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(config.slack).toMatchObject({ appToken: 'xapp-1', signingSecret: '' });
  });

  it('lets workspaces install Entente by themselves, with or without a token of its own', () => {
    const { slack: read, oldSecrets } = readConfig({
      ...installable,
      ENTENTE_OLD_SECRETS: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
    });
    expect(read).toEqual({
      signingSecret: 'sign',
      apiUrl: 'https://slack.com/api/',
      oauth: { clientId: '123.456', clientSecret: 'hush', publicUrl: 'https://entente.example.com' },
    });
    expect(oldSecrets).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
    expect(readConfig({ ...installable, SLACK_BOT_TOKEN: 'xoxb-1' }).slack).toMatchObject({ botToken: 'xoxb-1' });
  });

  it('lets workspaces install Entente in Socket Mode too', () => {
    const config = readConfig({ ...installable, SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-1' });
    expect(config.slack).toMatchObject({ appToken: 'xapp-1', oauth: { clientId: '123.456' } });
  });

  it('lets the Agents Playground in without an app id', () => {
    expect(readConfig({ TEAMS_ANONYMOUS: '1' })).toMatchObject({ mode: 'live', teams: { appId: '', anonymous: true } });
    expect(readConfig({ TEAMS_ANONYMOUS: '0' }).mode).toBe('sandbox');
  });
});

describe('mistakes', () => {
  it('lists what to set when production has nothing configured', () => {
    const said = mistakes({ NODE_ENV: 'production' }).join('\n');
    for (const name of Object.keys({ ...slack, ...teams })) expect(said).toContain(name);
  });

  it.each([
    ['a bot token without the secret that proves who calls', { SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
    ['a signing secret alone', { SLACK_SIGNING_SECRET: 's' }, ['SLACK_BOT_TOKEN']],
    [
      'a client id alone',
      { SLACK_CLIENT_ID: '1.2' },
      ['SLACK_CLIENT_SECRET', 'ENTENTE_SECRET', 'PUBLIC_URL', 'SLACK_SIGNING_SECRET'],
    ],
    ['a client secret without its id', { ...installable, SLACK_CLIENT_ID: '' }, ['SLACK_CLIENT_ID']],
    ['tokens that nothing would seal', { ...installable, ENTENTE_SECRET: '' }, ['ENTENTE_SECRET']],
    ['nowhere to come back to', { ...installable, PUBLIC_URL: '' }, ['PUBLIC_URL']],
    ['a client id that is none', { ...installable, SLACK_CLIENT_ID: 'a b' }, ['SLACK_CLIENT_ID']],
    ['a short old secret', { ENTENTE_OLD_SECRETS: `${'a'.repeat(32)},b` }, ['ENTENTE_OLD_SECRETS']],
    ['an app token alone', { SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
    ['an app token in the place of the bot token', { ...slack, SLACK_BOT_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
    ['an API that would get the token in clear', { ...slack, SLACK_API_URL: 'http://x.com' }, ['SLACK_API_URL']],
    [
      'an app id without password and tenant',
      { MICROSOFT_APP_ID: guid },
      ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'],
    ],
    ['a password without an app id', { ...teams, MICROSOFT_APP_ID: '' }, ['MICROSOFT_APP_ID']],
    ['an app id that is none', { ...teams, MICROSOFT_APP_ID: 'entente' }, ['MICROSOFT_APP_ID']],
    ['a misspelt app type', { ...teams, MICROSOFT_APP_TYPE: 'singletenant' }, ['MICROSOFT_APP_TYPE']],
    ['anybody as anybody in production', { TEAMS_ANONYMOUS: '1', NODE_ENV: 'production' }, ['TEAMS_ANONYMOUS']],
    ['a public address without TLS', { ...slack, NODE_ENV: 'production', PUBLIC_URL: 'http://x.com' }, ['PUBLIC_URL']],
    ['a public address that is none', { ...slack, PUBLIC_URL: 'entente' }, ['PUBLIC_URL']],
    ['the sandbox on a network', { HOST: '0.0.0.0' }, ['HOST']],
    ['a short secret', { ENTENTE_SECRET: 'short' }, ['ENTENTE_SECRET']],
    ['another database', { DATABASE_URL: 'mysql://db/entente' }, ['DATABASE_URL']],
    ['a port out of range', { PORT: '65536' }, ['PORT']],
    ['a level unknown to the log', { LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
  ])('names %s', (_what, env, names) => {
    expect(named(env)).toEqual(names);
  });

  it('names every mistake at once, one line each, and repeats no value', () => {
    const env = { PORT: 'secret-a', SLACK_BOT_TOKEN: 'secret-b', MICROSOFT_APP_ID: 'secret-c', TEAMS_ANONYMOUS: 'yes' };
    expect(new Set(named(env))).toEqual(
      new Set([...Object.keys(env), 'SLACK_SIGNING_SECRET', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID']),
    );
    const { message } = new ConfigError(mistakes(env));
    expect(message).not.toContain('secret-');
    expect(message.split('\n')).toHaveLength(8);
  });
});
