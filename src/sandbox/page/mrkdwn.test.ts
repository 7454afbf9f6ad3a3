import { describe, expect, it } from 'vitest';
import { type Inline, parseInline, parseMrkdwn } from './mrkdwn.js';

const text = (value: string): Inline => ({ kind: 'text', text: value });

describe('mrkdwn', () => {
  it('shows escaped control sequences as the text they are', () => {
    expect(parseInline('&lt;!channel&gt; &amp;amp;')).toEqual([text('<!channel> &amp;')]);
  });

  it('marks what Slack would notify', () => {
    expect(parseInline('<!here> <@U01ANA>')).toEqual([
      { kind: 'broadcast', id: 'here', label: '' },
      text(' '),
      { kind: 'person', id: 'U01ANA', label: '' },
    ]);
  });

  it.each([
    'snake_case_name',
    '2*3*4',
    '* no *',
    'a*b',
    '**',
    '<script>',
    '<javascript:alert(1)|x>',
    '# heading',
    '[a](b)',
  ])('leaves %s alone', (plain) => {
    expect(parseInline(plain)).toEqual([text(plain)]);
  });

  it('nests marks, and keeps code literal', () => {
    expect(parseInline('*_Why_* `*x*`')).toEqual([
      { kind: 'bold', children: [{ kind: 'italic', children: [text('Why')] }] },
      text(' '),
      { kind: 'code', text: '*x*' },
    ]);
  });

  it('does not carry a mark over the end of a line', () => {
    expect(parseInline('*a\nb*')).toEqual([text('*a\nb*')]);
  });

  it('reads links with a label, without one, and bare', () => {
    expect(parseInline('<https://a.b/?x=1&amp;y=2|c> <https://a.b> https://a.b/c_d.')).toEqual([
      { kind: 'link', href: 'https://a.b/?x=1&y=2', text: 'c' },
      text(' '),
      { kind: 'link', href: 'https://a.b', text: 'https://a.b' },
      text(' '),
      { kind: 'link', href: 'https://a.b/c_d', text: 'https://a.b/c_d' },
      text('.'),
    ]);
  });

  it('finds no bare links in verbatim text', () => {
    expect(parseInline('https://a.b', true)).toEqual([text('https://a.b')]);
  });

  it('reads dates with their fallback', () => {
    expect(parseInline('<!date^1795356120^{date_short} {time}|22 Nov>')).toEqual([
      { kind: 'date', seconds: 1795356120, format: '{date_short} {time}', fallback: '22 Nov' },
    ]);
  });

  it('parts quotes and code blocks from text', () => {
    expect(parseMrkdwn('a\n&gt; b\n```\n*c*\n```')).toEqual([
      { kind: 'text', children: [text('a')] },
      { kind: 'quote', children: [text('b')] },
      { kind: 'pre', text: '*c*' },
    ]);
  });
});
