import { describe, expect, it } from 'vitest';
import { readQuote, readText, readWords, withoutBot } from './words.js';

const team = 'T01ACME';
const bob = { user: 'U02BOB', workspace: team, name: 'bob' };

describe('words', () => {
  it('keeps people apart from the text around them, which stays as typed', () => {
    expect(readWords('decision Meet\n monthly with <@U02BOB|bob>, by Friday', team)).toEqual([
      'decision Meet\n monthly with ',
      bob,
      ', by Friday',
    ]);
  });

  it('takes a mention without a name, and of an Enterprise user', () => {
    expect(readWords('<@U02BOB><@W12XYZ|@mei>', team)).toEqual([
      { ...bob, name: 'U02BOB' },
      { user: 'W12XYZ', workspace: team, name: 'mei' },
    ]);
  });

  it('says nothing where nothing was said', () => {
    expect(readWords('', team)).toEqual([]);
  });

  it.each([
    ['<#C01JSC|general>', '#general'],
    ['<#C01JSC|>', '#C01JSC'],
    ['<!channel>', '@channel'],
    ['<!here|here>', '@here'],
    ['<!subteam^S01|@leads>', '@leads'],
    ['<!subteam^S01>', '@S01'],
    ['<!date^1766325600^{date}|11 Dec>', '11 Dec'],
    ['<https://acme.example/a?b=1&amp;c=2>', 'https://acme.example/a?b=1&c=2'],
    ['<https://acme.example/plan|the plan>', 'the plan (https://acme.example/plan)'],
    ['<http://acme.example|acme.example>', 'acme.example'],
    ['<mailto:ana@acme.example|ana@acme.example>', 'ana@acme.example'],
    ['R&amp;D &lt;!channel&gt; &amp;lt;', 'R&D <!channel> &lt;'],
    ['a < b', 'a < b'],
  ])('reads %s as %s', (written, read) => {
    expect(readText(written)).toBe(read);
  });

  it.each([
    ['<@U00ENTENTE> decision x', 'decision x'],
    ['<@U00ENTENTE>, decision x', 'decision x'],
    ['decision x <@U00ENTENTE>', 'decision x'],
    ['<@U02BOB> and <@U00ENTENTE> poll', '<@U02BOB> and  poll'],
    ['<@U0OTHERNAME> poll <@U02BOB>', 'poll <@U02BOB>'],
    ['poll <@U02BOB>', 'poll <@U02BOB>'],
  ])('takes the bot out of %s', (written, rest) => {
    expect(withoutBot(written, 'U00ENTENTE')).toBe(rest);
  });

  it('takes whoever is mentioned first for the bot while it does not know its own name', () => {
    expect(withoutBot('<@U00ENTENTE> action <@U02BOB>', undefined)).toBe('action <@U02BOB>');
  });

  it('reads a message without its marks', () => {
    expect(readQuote('&gt; *We _agree_*: `monthly`, 2 * 3 * 4\n```code```')).toBe('We agree: monthly, 2 * 3 * 4\ncode');
  });

  it('reads a long line of unpaired marks in no time', () => {
    const startedAt = performance.now();
    readQuote(' *a'.repeat(13_000));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
