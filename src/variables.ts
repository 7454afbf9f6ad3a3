/* Each name that is read from the environment, and what its value must look like. */
import { z } from 'zod';

export const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
export const isWeb = (text: string): boolean => /^https?:$/.test(parseUrl(text)?.protocol ?? '');
const isSafeApi = (text: string): boolean => {
  const url = parseUrl(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
};
const words = (allowed: readonly string[]): string => `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;

/** The parts of a list with commas. */
export const listOf = (text: string): readonly string[] => text.split(',').map((one) => one.trim());
const isSecret = (secret: string): boolean => secret.length >= 32;

const text = (ok: RegExp | ((value: string) => boolean), mistake: string) =>
  z.string().refine((value) => (ok instanceof RegExp ? ok.test(value) : ok(value)), mistake);
const oneOf = <const T extends readonly string[]>(name: string, allowed: T) =>
  z.enum(allowed, `${name} must be ${words(allowed)}, written exactly so.`);

export const variables = z.object({
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
    isSecret,
    'ENTENTE_SECRET must have at least 32 characters; openssl rand -hex 32 makes one.',
  ).optional(),
  ENTENTE_OLD_SECRETS: text(
    (secrets) => listOf(secrets).every(isSecret),
    'ENTENTE_OLD_SECRETS must list earlier values of ENTENTE_SECRET with commas between them, each of at least 32 characters.',
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
  SLACK_CLIENT_ID: text(
    /^[\w.-]+$/,
    'SLACK_CLIENT_ID must be the Client ID under Basic Information of your Slack app, such as 1234567890.1234567890.',
  ).optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
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

export type Variables = z.output<typeof variables>;
