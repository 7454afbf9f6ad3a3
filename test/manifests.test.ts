import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../manifests/catalog.js';
import { catalogOf } from '../manifests/catalog.js';
import { example } from '../manifests/example.js';
import { slackManifest } from '../manifests/slack.js';
import { teamsManifest } from '../manifests/teams.js';
import packageFile from '../package.json' with { type: 'json' };
import { features } from '../src/features/index.js';

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const folder = 'node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.25';
// Strict refuses the vendor's own schema.
const ajv = addFormats.default(new Ajv.default({ strict: false, allErrors: true }));
const isTeamsManifest = ajv.compile(read(`${folder}/MicrosoftTeams.schema.json`) as object);
const faults = (manifest: unknown): unknown[] => (isTeamsManifest(manifest) ? [] : (isTeamsManifest.errors ?? []));

const catalog = catalogOf(features);
const app = { ...example, version: packageFile.version };
/** As many commands as the product has words, with the longest texts a menu takes. */
const crowded: Catalog = Array.from({ length: 10 }, (_, index) => ({
  name: `word${index}`,
  summary: 's'.repeat(150),
  usage: 'u'.repeat(200),
  ...(index < 5 ? { menu: 'm'.repeat(24) } : {}),
}));

describe('the committed manifests', () => {
  it.each([
    ['slack', slackManifest(catalog, example.url)],
    ['teams', teamsManifest(catalog, app)],
  ])('%s.json has the commands that the features have (npm run manifests writes it)', (name, made) => {
    expect(read(`manifests/${name}.json`)).toEqual(JSON.parse(JSON.stringify(made)));
  });
});

describe('the Slack manifest', () => {
  const { features: shown, settings } = slackManifest(crowded, 'https://entente.example.com');

  it('declares each command so that mentions arrive as ids, and one for everything', () => {
    const commands = shown?.slash_commands ?? [];
    expect(commands.map(({ command }) => command)).toEqual([...crowded.map(({ name }) => `/${name}`), '/entente']);
    for (const command of commands) {
      expect(command).toMatchObject({ should_escape: true, url: 'https://entente.example.com/slack/events' });
      expect(command.command.length).toBeLessThanOrEqual(32);
    }
  });

  it('gives no command of its own to what is said after entente only', () => {
    const { features: own } = slackManifest([{ ...crowded[0]!, within: 'entente' }], 'https://entente.example.com');
    expect(own?.slash_commands?.map(({ command }) => command)).toEqual(['/entente']);
    expect(own?.shortcuts).toHaveLength(1);
  });

  it('says where people come back to after they have installed it', () => {
    expect(slackManifest(crowded, 'https://entente.example.com').oauth_config?.redirect_urls).toEqual([
      'https://entente.example.com/slack/oauth_redirect',
    ]);
  });

  it('stays within what Slack takes for shortcuts', () => {
    const shortcuts = shown?.shortcuts ?? [];
    expect(shortcuts.map(({ callback_id }) => callback_id)).toEqual(
      crowded.slice(0, 5).map(({ name }) => `menu.${name}`),
    );
    for (const { name, description } of shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  it('sends everything to one address', () => {
    const request_url = 'https://entente.example.com/slack/events';
    expect(settings).toMatchObject({
      event_subscriptions: { request_url },
      interactivity: { is_enabled: true, request_url },
      socket_mode_enabled: false,
    });
  });

  it('has no address in Socket Mode', () => {
    const manifest = slackManifest(crowded);
    expect(manifest.settings?.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('url"');
  });
});

describe('the Teams manifest', () => {
  it.each([
    ['as it is', catalog],
    ['with as many commands as the product has words', crowded],
    ['without any', []],
  ])('is what its schema asks for, %s', (_what, commands) => {
    expect(faults(teamsManifest(commands, app))).toEqual([]);
  });

  it('is seen to be wrong when it is', () => {
    expect(faults({ ...teamsManifest(catalog, app), accentColor: 'blue' })).toHaveLength(1);
  });

  it('can be uploaded, which takes more than the schema says', () => {
    const manifest = teamsManifest(catalog, app);
    expect(manifest.supportsChannelFeatures).toBe('tier1');
    expect(manifest).not.toHaveProperty('supportedChannelTypes');
  });

  it('opens a form from the menu of a message', () => {
    const [extension] = teamsManifest(crowded, app).composeExtensions ?? [];
    expect(extension?.commands).toHaveLength(5);
    expect(extension?.commands?.[0]).toMatchObject({ id: 'menu.word0', context: ['message'], fetchTask: true });
  });

  it.each([
    ['color.png', 192, 2],
    ['outline.png', 32, 6],
  ])('has the icon %s in its size, the outline with transparency', (name, size, colourType) => {
    const png = readFileSync(`manifests/icons/${name}`);
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt8(25)]).toEqual([size, size, colourType]);
  });
});
