import { z } from 'zod';

export interface SlackConfig {
  readonly botToken: string;
  readonly signingSecret: string;
  /** Set: Socket Mode, and no webhook. */
  readonly appToken?: string;
  /** Ends with a slash: 'https://slack.com/api/'. */
  readonly apiUrl: string;
}

export interface TeamsConfig {
  /** Empty only together with `anonymous`. */
  readonly appId: string;
  readonly password: string;
  readonly appType: 'SingleTenant' | 'MultiTenant';
  readonly tenantId: string;
  /** Takes calls without a token: Microsoft's Agents Playground and tests; never in production. */
  readonly anonymous: boolean;
  /** The sandbox's stand-in for Azure: where the signing keys of incoming calls are, and the token for outgoing ones. */
  readonly local?: { readonly openIdMetadataUrl: string; readonly issuer: string; readonly token: () => string };
}

export interface Config {
  /** 'sandbox' when no platform is configured: two made-up workspaces on loopback, never in production. */
  readonly mode: 'sandbox' | 'live';
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Where the platforms reach this process, without a slash at its end. */
  readonly publicUrl?: string;
  readonly databaseUrl: string;
  readonly logLevel: LogLevel;
  readonly slack?: SlackConfig;
  readonly teams?: TeamsConfig;
  readonly allianceFile?: string;
  readonly secret?: string;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Every mistake in the environment, one sentence each. No sentence repeats a value: it may be a misplaced secret. */
export class ConfigError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(['Entente cannot start with this configuration:', ...mistakes.map((one) => `- ${one}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
const isWeb = (text: string): boolean => /^https?:$/.test(parseUrl(text)?.protocol ?? '');
const isSafeApi = (text: string): boolean => {
  const url = parseUrl(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
};
const endsWith = (text: string, end: string): string => (text.endsWith(end) ? text : text + end);
const words = (allowed: readonly string[]): string => `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;

const text = (ok: RegExp | ((value: string) => boolean), mistake: string) =>
  z.string().refine((value) => (ok instanceof RegExp ? ok.test(value) : ok(value)), mistake);
const oneOf = <const T extends readonly string[]>(name: string, allowed: T) =>
  z.enum(allowed, `${name} must be ${words(allowed)}, written exactly so.`);

const variables = z.object({
  NODE_ENV: z.string().optional(),
  PORT: text(/^\d{1,5}$/, 'PORT must be a number from 0 to 65535 (0 lets the system choose).')
    .transform(Number)
    .refine((port) => port <= 65_535, 'PORT must be a number from 0 to 65535 (0 lets the system choose).')
    .default(3000),
  HOST: text(/^\S+$/, 'HOST must be an address to listen on, such as 127.0.0.1 or 0.0.0.0.').optional(),
  PUBLIC_URL: text(isWeb, 'PUBLIC_URL must be an address such as https://entente.example.com.').optional(),
  DATABASE_URL: text(
    /^(file:.+|postgres(ql)?:\/\/.+)/,
    'DATABASE_URL must begin with file: (SQLite, such as file:data/entente.db) or postgres:// (PostgreSQL).',
  ).optional(),
  LOG_LEVEL: oneOf('LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).optional(),
  ENTENTE_SECRET: text(
    (secret) => secret.length >= 32,
    'ENTENTE_SECRET must have at least 32 characters; openssl rand -hex 32 makes one.',
  ).optional(),
  SLACK_BOT_TOKEN: text(
    /^(xoxe\.)?xoxb-/,
    'SLACK_BOT_TOKEN must begin with xoxb-: the Bot User OAuth Token under OAuth & Permissions of your Slack app.',
  ).optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: text(
    /^xapp-/,
    'SLACK_APP_TOKEN must begin with xapp-: an app-level token with the scope connections:write.',
  ).optional(),
  SLACK_API_URL: text(isSafeApi, 'SLACK_API_URL must begin with https:// (http:// only for this machine).').optional(),
  MICROSOFT_APP_ID: text(
    guid,
    'MICROSOFT_APP_ID must be the Application (client) ID of your app registration, such as 00000000-0000-0000-0000-000000000000.',
  ).optional(),
  MICROSOFT_APP_PASSWORD: z.string().optional(),
  MICROSOFT_APP_TYPE: oneOf('MICROSOFT_APP_TYPE', ['SingleTenant', 'MultiTenant']).default('SingleTenant'),
  MICROSOFT_APP_TENANT_ID: text(
    guid,
    'MICROSOFT_APP_TENANT_ID must be the Directory (tenant) ID of your app registration, such as 00000000-0000-0000-0000-000000000000.',
  ).optional(),
  TEAMS_ANONYMOUS: z
    .enum(['0', '1', 'false', 'true'], 'TEAMS_ANONYMOUS must be 1 or 0.')
    .default('0')
    .transform((value) => value === '1' || value === 'true'),
  ALLIANCE_FILE: z.string().optional(),
});

type Variables = z.output<typeof variables>;

/** Every name that is read from the environment; the README's table lists the same ones. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** What each rule looks at: which names are set, however wrong their values are. */
interface Outline {
  readonly has: (name: keyof Variables) => boolean;
  readonly production: boolean;
  readonly slack: boolean;
  readonly teams: boolean;
  readonly anonymous: boolean;
  readonly env: Environment;
}

const outline = (env: Environment): Outline => {
  const any = (prefix: string): boolean => Object.keys(env).some((name) => name.startsWith(prefix));
  const anonymous = env.TEAMS_ANONYMOUS === '1' || env.TEAMS_ANONYMOUS === 'true';
  return {
    has: (name) => env[name] !== undefined,
    production: env.NODE_ENV === 'production',
    slack: any('SLACK_'),
    teams: any('MICROSOFT_APP_') || anonymous,
    anonymous,
    env,
  };
};

const slackMistakes = ({ has, slack }: Outline): (string | false)[] => [
  slack &&
    !has('SLACK_BOT_TOKEN') &&
    'SLACK_BOT_TOKEN is missing: set the Bot User OAuth Token (xoxb-...) under OAuth & Permissions of your Slack app.',
  slack &&
    !has('SLACK_SIGNING_SECRET') &&
    !has('SLACK_APP_TOKEN') &&
    'SLACK_SIGNING_SECRET is missing: set the Signing Secret under Basic Information of your Slack app (or SLACK_APP_TOKEN for Socket Mode).',
];

const teamsMistakes = ({ has, teams, anonymous, production, env }: Outline): (string | false)[] => {
  const checked = teams && !anonymous;
  const ofOneTenant = env.MICROSOFT_APP_TYPE !== 'MultiTenant';
  return [
    anonymous &&
      production &&
      'TEAMS_ANONYMOUS takes calls without a token, so it does not run with NODE_ENV=production: remove it and set MICROSOFT_APP_ID.',
    checked &&
      !has('MICROSOFT_APP_ID') &&
      'MICROSOFT_APP_ID is missing: set the Application (client) ID of your app registration (or, to try without one, TEAMS_ANONYMOUS=1).',
    checked &&
      !has('MICROSOFT_APP_PASSWORD') &&
      'MICROSOFT_APP_PASSWORD is missing: set the value of a client secret of your app registration.',
    checked &&
      ofOneTenant &&
      !has('MICROSOFT_APP_TENANT_ID') &&
      'MICROSOFT_APP_TENANT_ID is missing: set the Directory (tenant) ID of your app registration (MICROSOFT_APP_TYPE is SingleTenant unless set).',
  ];
};

const placeMistakes = ({ production, slack, teams, env }: Outline): (string | false)[] => {
  const nothing = !slack && !teams;
  const host = env.HOST ?? '127.0.0.1';
  return [
    nothing && production && 'No platform is configured, and the sandbox does not run with NODE_ENV=production.',
    nothing && production && 'For Slack set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET.',
    nothing && production && 'For Teams set MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID.',
    nothing &&
      !production &&
      !loopback.test(host) &&
      'HOST must be 127.0.0.1, ::1 or localhost while no platform is configured: the sandbox is for this machine only.',
    production &&
      isWeb(env.PUBLIC_URL ?? '') &&
      parseUrl(env.PUBLIC_URL ?? '')?.protocol !== 'https:' &&
      'PUBLIC_URL must begin with https:// with NODE_ENV=production.',
  ];
};

const slackConfig = (read: Variables): SlackConfig => ({
  botToken: read.SLACK_BOT_TOKEN ?? '',
  signingSecret: read.SLACK_SIGNING_SECRET ?? '',
  ...(read.SLACK_APP_TOKEN === undefined ? {} : { appToken: read.SLACK_APP_TOKEN }),
  apiUrl: endsWith(read.SLACK_API_URL ?? 'https://slack.com/api/', '/'),
});

const teamsConfig = (read: Variables): TeamsConfig => ({
  appId: read.MICROSOFT_APP_ID ?? '',
  password: read.MICROSOFT_APP_PASSWORD ?? '',
  appType: read.MICROSOFT_APP_TYPE,
  tenantId: read.MICROSOFT_APP_TENANT_ID ?? '',
  anonymous: read.TEAMS_ANONYMOUS,
});

const build = (read: Variables, { production, slack, teams }: Outline): Config => {
  const mode = slack || teams ? 'live' : 'sandbox';
  return {
    mode,
    production,
    host: read.HOST ?? (mode === 'sandbox' ? '127.0.0.1' : '0.0.0.0'),
    port: read.PORT,
    databaseUrl: read.DATABASE_URL ?? (mode === 'sandbox' ? 'file:data/sandbox.db' : 'file:data/entente.db'),
    logLevel: read.LOG_LEVEL ?? (mode === 'sandbox' ? 'warn' : 'info'),
    ...(read.PUBLIC_URL === undefined ? {} : { publicUrl: read.PUBLIC_URL.replace(/\/+$/, '') }),
    ...(slack ? { slack: slackConfig(read) } : {}),
    ...(teams ? { teams: teamsConfig(read) } : {}),
    ...(read.ALLIANCE_FILE === undefined ? {} : { allianceFile: read.ALLIANCE_FILE }),
    ...(read.ENTENTE_SECRET === undefined ? {} : { secret: read.ENTENTE_SECRET }),
  };
};

/** Reads the names that Entente knows; a name set to nothing counts as not set. @throws ConfigError naming every mistake */
export const readConfig = (environment: Environment): Config => {
  const env: Environment = Object.fromEntries(
    variableNames.map((name) => [name, environment[name]?.trim()]).filter(([, value]) => value),
  );
  const facts = outline(env);
  const parsed = variables.safeParse(env);
  const mistakes = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => issue.message)),
    ...[...placeMistakes(facts), ...slackMistakes(facts), ...teamsMistakes(facts)].filter((one) => one !== false),
  ];
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  return build(parsed.data, facts);
};

/** The configuration of this process. @throws ConfigError */
export const environmentConfig = (): Config => readConfig(process.env);
