import { describe, expect, it } from 'vitest';
import type { Catalog, CatalogCommand } from '../manifests/catalog.js';
import { catalogOf } from '../manifests/catalog.js';
import { example } from '../manifests/example.js';
import { teamsManifest } from '../manifests/teams.js';
import { features } from '../src/features/index.js';

const app = { ...example, version: '1.0.0' };
const menuOf = (catalog: Catalog): readonly string[] =>
  teamsManifest(catalog, app).bots?.[0]?.commandLists?.[0]?.commands.map(({ title }) => title) ?? [];

const word = (name: string, more: Partial<CatalogCommand> = {}): CatalogCommand => ({
  name,
  summary: 'A summary.',
  usage: '',
  ...more,
});
const within = { within: 'entente' } as const;

describe('the menu of commands on Teams', () => {
  it('has every command while they fit, those of every day first, then where to begin, and help last', () => {
    const said = [word('bind', within), word('decision'), word('setup', { ...within, first: true }), word('action')];
    expect(menuOf(said)).toEqual(['decision', 'action', 'setup', 'bind', 'help']);
  });

  it('has ten at most, in the features’ order, and always help', () => {
    const many = Array.from({ length: 30 }, (_, at) => word(`w${at}`, at % 2 === 0 ? within : {}));
    expect(menuOf(many)).toEqual([...Array.from({ length: 9 }, (_, at) => `w${2 * at + 1}`), 'help']);
  });

  it('fits the features as they are', () => {
    const menu = menuOf(catalogOf(features));
    expect(menu.length).toBeLessThanOrEqual(10);
    expect(menu).toEqual(expect.arrayContaining(['decision', 'setup', 'join', 'help']));
    expect(new Set(menu).size).toBe(menu.length);
  });
});

it('asks the owner of a team for its rosters, and for no message that was not written to Entente', () => {
  const asked = teamsManifest([], app).authorization?.permissions?.resourceSpecific?.map(({ name }) => name);
  expect(asked).toEqual(['ChannelMember.Read.Group']);
});
