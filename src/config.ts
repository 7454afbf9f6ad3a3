import { isWeb, listOf, loopback, parseUrl, type Variables, variables } from './variables.js';

export interface SlackConfig {
  /** The token of one workspace; none where workspaces install Entente by themselves. */
  readonly botToken?: string;
  /** Empty only in Socket Mode. */
  readonly signingSecret: string;
  /** Set: Socket Mode, and no webhook. */
  readonly appToken?: string;
  /** Ends with a slash: 'https://slack.com/api/'. */
  readonly apiUrl: string;
  /** Set: any number of workspaces may install Entente, at `${publicUrl}/slack/install`. */
  readonly oauth?: { readonly clientId: string; readonly clientSecret: string; readonly publicUrl: string };
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
  /** Secrets of before: they open what was sealed with them, and seal nothing. */
  readonly oldSecrets?: readonly string[];
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

const bare = (url: string): string => url.replace(/\/+$/, '');
const endsWith = (text: string, end: string): string => (text.endsWith(end) ? text : text + end);

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

/** Either name begins an app that workspaces install by themselves. */
const isInstallable = ({ has }: Outline): boolean => has('SLACK_CLIENT_ID') || has('SLACK_CLIENT_SECRET');

const oauthMistakes = (outline: Outline): (string | false)[] => {
  const { has } = outline;
  if (!isInstallable(outline)) return [];
  return [
    !has('SLACK_CLIENT_ID') &&
      'SLACK_CLIENT_ID is missing: set the Client ID under Basic Information of your Slack app, beside SLACK_CLIENT_SECRET.',
    !has('SLACK_CLIENT_SECRET') &&
      'SLACK_CLIENT_SECRET is missing: set the Client Secret under Basic Information of your Slack app, beside SLACK_CLIENT_ID.',
    !has('ENTENTE_SECRET') &&
      'ENTENTE_SECRET is missing: the tokens of the workspaces that install Entente are sealed with it; openssl rand -hex 32 makes one.',
    !has('PUBLIC_URL') &&
      'PUBLIC_URL is missing: Slack sends people back to it after they have installed Entente, such as https://entente.example.com.',
  ];
};

const slackMistakes = (outline: Outline): (string | false)[] => [
  ...oauthMistakes(outline),
  outline.slack &&
    !isInstallable(outline) &&
    !outline.has('SLACK_BOT_TOKEN') &&
    'SLACK_BOT_TOKEN is missing: set the Bot User OAuth Token (xoxb-...) under OAuth & Permissions of your Slack app (or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET to let workspaces install it).',
  outline.slack &&
    !outline.has('SLACK_SIGNING_SECRET') &&
    !outline.has('SLACK_APP_TOKEN') &&
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
    nothing &&
      production &&
      'For Slack set SLACK_SIGNING_SECRET, and SLACK_BOT_TOKEN or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.',
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

const oauthConfig = ({ SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, PUBLIC_URL }: Variables): Pick<SlackConfig, 'oauth'> =>
  SLACK_CLIENT_ID === undefined || SLACK_CLIENT_SECRET === undefined || PUBLIC_URL === undefined
    ? {}
    : { oauth: { clientId: SLACK_CLIENT_ID, clientSecret: SLACK_CLIENT_SECRET, publicUrl: bare(PUBLIC_URL) } };

const slackConfig = (read: Variables): SlackConfig => ({
  ...(read.SLACK_BOT_TOKEN === undefined ? {} : { botToken: read.SLACK_BOT_TOKEN }),
  signingSecret: read.SLACK_SIGNING_SECRET ?? '',
  ...(read.SLACK_APP_TOKEN === undefined ? {} : { appToken: read.SLACK_APP_TOKEN }),
  apiUrl: endsWith(read.SLACK_API_URL ?? 'https://slack.com/api/', '/'),
  ...oauthConfig(read),
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
    ...(read.PUBLIC_URL === undefined ? {} : { publicUrl: bare(read.PUBLIC_URL) }),
    ...(slack ? { slack: slackConfig(read) } : {}),
    ...(teams ? { teams: teamsConfig(read) } : {}),
    ...(read.ALLIANCE_FILE === undefined ? {} : { allianceFile: read.ALLIANCE_FILE }),
    ...(read.ENTENTE_SECRET === undefined ? {} : { secret: read.ENTENTE_SECRET }),
    ...(read.ENTENTE_OLD_SECRETS === undefined ? {} : { oldSecrets: listOf(read.ENTENTE_OLD_SECRETS) }),
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
