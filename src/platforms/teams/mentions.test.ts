import { describe, expect, test } from 'vitest';
import type { Word } from '../../core/platform.js';
import { type Activity, readActivity } from './activity.js';
import { recorded } from './fixtures/teams.js';
import { readWords } from './mentions.js';

const tenant = '11111111-1111-1111-1111-111111111111';
const nobody = () => ({});
const parse = (body: unknown): Activity => {
  const activity = readActivity(body);
  if (!activity) throw new Error('not an activity');
  return activity;
};

describe('the words of a message', () => {
  const bot = { id: '28:entente', name: 'Entente' };
  const mention = (mentioned: { id: string; name: string }, text = `<at>${mentioned.name}</at>`) => ({
    type: 'mention',
    mentioned,
    text,
  });
  const mei = { id: '29:mei', name: 'Mei Sato' };
  const said = (text: string | null | undefined, ...entities: unknown[]): readonly Word[] =>
    readWords(parse({ ...recorded('channel-message'), recipient: bot, text, entities }), tenant, nobody);
  const who = (person: { id: string; name: string }) => ({ user: person.id, workspace: tenant, name: person.name });

  test('leave the name alone where it is no mention', () => {
    expect(said('<at>Entente</at> decision Entente helps', mention(bot))).toEqual(['decision Entente helps']);
  });

  test('lose every mention of Entente, wherever it stands', () => {
    expect(said('decision Meet <at>Entente</at> monthly <at>Entente</at>', mention(bot), mention(bot))).toEqual([
      'decision Meet monthly',
    ]);
  });

  test('lose every mention of Entente when Teams sends one entity for all of them', () => {
    expect(said('<at>Entente</at> decision x <at>Entente</at>', mention(bot))).toEqual(['decision x']);
  });

  test('keep the mention of another bot of the same name', () => {
    const other = { id: '28:other', name: 'Entente' };
    expect(said('<at>Entente</at> decision ask <at>Entente</at>', mention(bot), mention(other))).toEqual([
      'decision ask ',
      who(other),
    ]);
    expect(said('<at>Entente</at> <at>Entente</at> decision', mention(other), mention(bot))).toEqual([
      who(other),
      ' decision',
    ]);
  });

  test('take an untagged mention once only', () => {
    expect(said('Entente decision Entente helps', mention(bot, 'Entente'))).toEqual(['decision Entente helps']);
  });

  test('name a person as often as mentioned, in order', () => {
    expect(
      said('<at>Entente</at> action <at>Mei Sato</at> and <at>Mei Sato</at>', mention(bot), mention(mei), mention(mei)),
    ).toEqual(['action ', who(mei), ' and ', who(mei)]);
  });

  test('know a person by the directory id where somebody knows it', () => {
    const activity = parse({
      ...recorded('channel-message'),
      text: 'action <at>Mei Sato</at> <at>Gil</at>',
      entities: [
        mention(mei),
        { ...mention({ id: '29:gil', name: 'Gil' }), mentioned: { id: '29:gil', name: 'Gil', aadObjectId: 'gil' } },
      ],
    });
    const words = readWords(activity, tenant, (found) => (found.id === mei.id ? { user: 'mei' } : {}));
    expect(words).toEqual([
      'action ',
      { user: 'mei', workspace: tenant, name: 'Mei Sato' },
      ' ',
      { user: 'gil', workspace: tenant, name: 'Gil' },
    ]);
  });

  test('name the tenant that somebody belongs to, as the entity says it, or else their roster', () => {
    const lea = {
      ...mention({ id: '29:lea', name: 'Lea' }),
      mentioned: { id: '29:lea', name: 'Lea', tenantId: 'acme' },
    };
    const activity = parse({
      ...recorded('channel-message'),
      text: 'action <at>Mei Sato</at> <at>Lea</at>',
      entities: [mention(mei), lea],
    });
    const words = readWords(activity, tenant, () => ({ user: 'somebody', tenant: 'gamma' }));
    expect(words).toMatchObject(['action ', { workspace: 'gamma' }, ' ', { workspace: 'acme' }]);
  });

  test('are readable without any entity', () => {
    expect(said('<at>Entente</at> decision Meet monthly')).toEqual(['decision Meet monthly']);
    expect(said('decision Meet monthly')).toEqual(['decision Meet monthly']);
  });

  test.each([
    ['/decision Meet monthly', ['decision Meet monthly']],
    ['entente decision Meet monthly', ['decision Meet monthly']],
    ['/entente decision x', ['decision x']],
    ['Entente', []],
    ['ententes meet', ['ententes meet']],
    ['', []],
    [null, []],
    [undefined, []],
    ['  \n ', []],
    ['<p>decision Meet&nbsp;monthly</p>\r\n<p>because &lt;b&gt;</p>', ['decision Meet monthly\n\nbecause <b>']],
    ['decision a\u0000b\ud800', ['decision ab\uFFFD']],
  ])('%j reads %j', (text, words) => {
    expect(said(text)).toEqual(words);
  });

  test('survive entities of other shapes', () => {
    expect(
      said('decision x', null, 7, { type: 'mention' }, { type: 'mention', mentioned: { id: 'x' }, text: null }),
    ).toEqual(['decision x']);
  });

  test('use characters of a name that mean something in patterns', () => {
    const odd = { id: '29:odd', name: 'A. (R&D) [x]+' };
    expect(said('<at>A. (R&D) [x]+</at> hi', mention(odd))).toEqual([who(odd), ' hi']);
  });
});
