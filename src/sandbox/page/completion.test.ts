import { describe, expect, it } from 'vitest';
import { complete, type Scene, usageHint } from './completion.js';

const commands = [
  { word: 'decision', summary: 'Record a decision', usage: 'what was decided' },
  { word: 'action', summary: 'Record an action', usage: '/action @owner what' },
];
const names = ['Entente', 'Ana Ruiz', 'Bob Brown'];
const slack: Scene = { side: 'slack', direct: false, commands, names, bot: 'Entente' };
const teams: Scene = { ...slack, side: 'teams' };

const inserts = (before: string, scene: Scene) => complete(before, scene)?.options.map(({ insert }) => insert);

describe('completion', () => {
  it('lists the commands with their usage after a slash on Slack', () => {
    expect(complete('/', slack)?.options.map(({ label }) => label)).toEqual([
      '/decision what was decided',
      '/action @owner what',
    ]);
    expect(inserts('/de', slack)).toEqual(['/decision ']);
  });

  it('lists no commands after a slash on Teams', () => {
    expect(complete('/', teams)).toBeUndefined();
  });

  it('lists the words after @Entente on Teams', () => {
    expect(inserts('@Entente ', teams)).toEqual(['decision ', 'action ']);
    expect(complete('@entente a', teams)).toMatchObject({ from: 9, options: [{ insert: 'action ' }] });
    expect(complete('@Entente decision x', teams)).toBeUndefined();
  });

  it('offers help on Teams where Slack has a command of Entente’s own name', () => {
    const own = { word: 'entente', summary: 'Home', usage: '[help, or any command]' };
    const both = { ...teams, commands: [...commands, own] };
    expect(inserts('@Entente ', both)).toEqual(['decision ', 'action ', 'help ']);
    expect(complete('/ent', { ...both, side: 'slack' })?.options).toMatchObject([{ insert: '/entente ' }]);
  });

  it('needs no mention in direct messages on Teams', () => {
    expect(inserts('de', { ...teams, direct: true })).toEqual(['decision ']);
    expect(complete('', { ...teams, direct: true })).toBeUndefined();
  });

  it('completes people and Entente after @, in the middle of a sentence too', () => {
    expect(inserts('@', slack)).toEqual(['@Entente ', '@Ana Ruiz ', '@Bob Brown ']);
    expect(complete('/action @bo', slack)).toEqual({
      from: 8,
      options: [{ label: 'Bob Brown', detail: '', insert: '@Bob Brown ' }],
    });
    expect(complete('me@b', slack)).toBeUndefined();
  });

  it('offers nothing for a word that is complete, so that Enter sends it', () => {
    expect(complete('/decision', slack)).toBeUndefined();
    expect(complete('@Entente action', teams)).toBeUndefined();
  });

  it('reminds of the usage while the text is written', () => {
    expect(usageHint('/action ', slack)).toBe('/action @owner what');
    expect(usageHint('@Entente decision Meet', teams)).toBe('decision what was decided');
    expect(usageHint('Good morning', slack)).toBeUndefined();
  });
});
