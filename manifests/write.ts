/*
 * npm run manifests                                                     the two committed examples, after a command changed
 * npm run manifests -- --url https://entente.example.com --app-id GUID  what to give to Slack and to Teams
 * npm run manifests -- --socket                                         Slack without a public address (Socket Mode)
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import packageFile from '../package.json' with { type: 'json' };
import { features } from '../src/features/index.js';
import { catalogOf } from './catalog.js';
import { example } from './example.js';
import { slackManifest } from './slack.js';
import { teamsManifest } from './teams.js';

const here = import.meta.dirname;
const catalog = catalogOf(features);
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const usage = 'Usage: npm run manifests -- --url https://entente.example.com --app-id GUID [--out folder], or --socket';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    'app-id': { type: 'string' },
    socket: { type: 'boolean', default: false },
    out: { type: 'string', default: 'dist/manifests' },
  },
});

const refuse = (sentence: string): never => {
  console.error(`${sentence}\n${usage}`);
  process.exit(1);
};

const write = (folder: string, name: string, content: string | Uint8Array, next: string): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  console.log(`${relative('.', join(folder, name))}: ${next}`);
};

const writeTeams = (url: string, appId: string): void => {
  const manifest = teamsManifest(catalog, { url, appId, version: packageFile.version });
  const icon = (name: string): Uint8Array => readFileSync(join(here, 'icons', name));
  const files = { 'color.png': icon('color.png'), 'outline.png': icon('outline.png') };
  const zip = zipSync({ 'manifest.json': Buffer.from(json(manifest)), ...files });
  write(values.out, 'entente-teams.zip', zip, 'upload it in the Teams admin center, or in Teams under Apps');
};

const writeExamples = (): void => {
  write(here, 'slack.json', json(slackManifest(catalog, example.url)), 'the example');
  write(here, 'teams.json', json(teamsManifest(catalog, { ...example, version: packageFile.version })), 'the example');
};

const writeReal = (): void => {
  const url = values.url?.replace(/\/+$/, '');
  const appId = values['app-id'];
  if (url !== undefined && !/^https:\/\/[^/?#]+(\/[^?#]*)?$/.test(url)) refuse('--url must begin with https://.');
  if (url !== undefined && values.socket) refuse('--socket is for a Slack app without an address, so without --url.');
  if (appId !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(appId))
    refuse('--app-id must be the Application (client) ID of the app registration.');
  if (url === undefined && !values.socket) refuse('--url is missing.');
  write(values.out, 'slack.json', json(slackManifest(catalog, url)), 'paste it at api.slack.com/apps, From a manifest');
  if (url !== undefined && appId !== undefined) writeTeams(url, appId);
  else console.log('Nothing for Teams: it takes --url and --app-id.');
};

if (values.url === undefined && values['app-id'] === undefined && !values.socket) writeExamples();
else writeReal();
