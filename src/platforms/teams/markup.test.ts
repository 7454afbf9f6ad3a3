import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { clean, cut, escapeMarkdown, isolate, plainFromHtml, plainFromMessage } from './markup.js';

const unescapeHtml = (html: string): string =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

/** What a reader sees of Markdown, and the tags that were made of it. */
const read = (markdown: string) => {
  const html = new MarkdownIt({ html: true, linkify: false }).render(markdown);
  return {
    text: unescapeHtml(html.replace(/<\/p>\n?/g, '\n\n').replace(/<[^>]+>/g, '')).trim(),
    tags: [...html.matchAll(/<([a-z][\w-]*)/gi)].map((match) => match[1]).filter((tag) => tag !== 'p'),
  };
};

describe('escapeMarkdown', () => {
  test.each([
    '[click](javascript:alert(1))',
    '![x](https://evil.example/pixel.png)',
    '<at>Everyone</at> look',
    '<b>bold</b> <script>x</script>',
    '**bold** _it_ ~~gone~~ `code`',
    '# heading',
    '> quote',
    '- item',
    '+ item',
    '1. first',
    '2) second',
    '--- ',
    'C:\\path\\*',
    'a &amp; b &#65; &copy;',
    '{{DATE(2026-11-22T00:00:00Z,SHORT)}}',
    '${title} ${if(true, 1, 2)}',
    '<https://evil.example>',
    '    code',
    '***',
    '```js',
  ])('keeps %j as it was typed', (text) => {
    const { text: seen, tags } = read(escapeMarkdown(text));
    expect(seen).toBe(text.trim());
    expect(tags).toEqual([]);
  });

  test('leaves no date or time function for Teams to evaluate', () => {
    const smuggled = '{{TIME(2026-11-22T00:00:00Z)}} {{{DATE(2026-11-22T00:00:00Z)}}}';
    expect(escapeMarkdown(smuggled)).not.toMatch(/\{\{/);
  });

  test('keeps lines apart', () => {
    expect(escapeMarkdown('one\ntwo\r\n\n\nthree')).toBe('one\n\ntwo\n\nthree');
  });

  test('changes ordinary text not at all', () => {
    const text = 'Meet monthly (first Tuesday), because 3 < 4 & costs fall by 5 %: see https://acme.example/a-b?c=1';
    expect(escapeMarkdown(text.replace('3 < 4', '3 and 4'))).toBe(text.replace('3 < 4', '3 and 4'));
  });

  test('reads as typed, and makes no markup, of any text', () => {
    const piece = fc.constantFrom(
      ...'*_~`[]()<>!#+-=|\\&;{}$@:"\'./ 1a\n',
      '{{',
      '<at>',
      '</at>',
      '](',
      '&lt;',
      '&#42;',
      '${',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const { text: seen, tags } = read(escapeMarkdown(text));
        expect(tags).toEqual([]);
        const lines = text
          .split(/\n+/)
          .map((line) => line.trim())
          .filter(Boolean);
        expect(
          seen
            .split(/\n+/)
            .map((line) => line.trim())
            .filter(Boolean),
        ).toEqual(lines);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('isolate', () => {
  test('closes what the text left open', () => {
    expect(isolate('a\u202eb')).toBe('\u2068a\u202eb\u2069');
    expect(isolate('a\u2067b')).toBe('\u2068a\u2067b\u2069\u2069');
  });

  test('lets no mark in the text end the isolation early', () => {
    expect(isolate('a\u2069\u202eb')).toBe('\u2068a\u202eb\u2069');
  });

  test('lets right-to-left text read in its own order, line by line', () => {
    expect(isolate('שלום Meet\nMeet\nعالم')).toBe('\u2068שלום Meet\u2069\nMeet\n\u2068عالم\u2069');
  });

  test('leaves other text alone', () => {
    expect(isolate('Treffen – 会議')).toBe('Treffen – 会議');
  });
});

describe('cut', () => {
  test('leaves text alone that fits', () => {
    expect(cut('Meet', 4)).toBe('Meet');
  });

  test('cuts between characters as people see them', () => {
    expect(cut('ab👩‍👩‍👧‍👦cd', 6)).toBe('ab…');
    expect(cut(`ab${'e\u0301'}cd`, 4)).toBe('ab…');
    expect(cut('ab👍🏽', 5)).toBe('ab…');
  });

  test('never leaves half a character, and never exceeds its limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (text, most) => {
        const kept = cut(text, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect(kept).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  test('keeps something of a character with endless accents', () => {
    expect(cut(`a${'\u0301'.repeat(10_000)}`, 100)).toHaveLength(100);
  });
});

test('clean takes out what databases and Teams refuse', () => {
  expect(clean('a\u0000b\u0007c\ud800d\te\r\nf😀')).toBe('abc\uFFFDd\te\nf😀');
});

describe('plainFromMessage', () => {
  test.each([
    ['Meet&nbsp;monthly', 'Meet monthly'],
    ['<p>Meet</p><p>monthly</p>', 'Meet\nmonthly\n'],
    ['<div>A &amp; B</div>', 'A & B\n'],
    ['R&amp;D &lt;b&gt;not bold&lt;/b&gt;', 'R&D <b>not bold</b>'],
    ['a < b and c > d', 'a < b and c > d'],
    ['see <name> here', 'see <name> here'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['good <emoji id="smile" alt="😀" title="Smile"></emoji>', 'good 😀'],
    ['&amp;lt;', '&lt;'],
    ['x \r\n\r\n\r\n\r\n y', 'x\n\ny'],
    [' before and after ', ' before and after '],
  ])('%j reads %j', (text, plain) => {
    expect(plainFromMessage(text)).toBe(plain);
  });
});

describe('plainFromHtml', () => {
  test.each([
    [
      '<p>Meet <strong>monthly</strong></p>\n<p>because&nbsp;of <at id="0">Mei Sato</at></p>',
      'Meet monthly\nbecause of Mei Sato',
    ],
    ['<ul><li>one</li><li>two</li></ul>', 'one\ntwo'],
    ['<!-- x --><custom-tag a="1">kept</custom-tag>', 'kept'],
    ['1 &lt; 2 &#x1F600;', '1 < 2 😀'],
  ])('%j reads %j', (html, plain) => {
    expect(plainFromHtml(html)).toBe(plain);
  });
});

test.each(['<!--', '<img ', '<img alt="', ' ', '&#', '<a', '</p', '\n', '{{'])(
  'takes %j repeated in its stride',
  (piece) => {
    const text = piece.repeat(32_000 / piece.length);
    const begun = performance.now();
    plainFromHtml(text);
    plainFromMessage(text);
    escapeMarkdown(text);
    expect(performance.now() - begun).toBeLessThan(1_000);
  },
);
