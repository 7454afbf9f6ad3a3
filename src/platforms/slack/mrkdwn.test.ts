import { describe, expect, it } from 'vitest';
import type { RecordView, View } from '../../core/view.js';
import { textIn } from './blocks.js';
import { limits } from './limits.js';
import { drawMessage } from './render.js';

const record: RecordView = {
  kind: 'record',
  subject: { feature: 'decisions', id: 'd14' },
  label: 'D-14',
  title: 'Meet monthly',
  status: 'Recorded',
  summary: 'D-14 Meet monthly',
  facts: [],
  footer: [],
  buttons: [],
};

const smuggled = '<!channel> <@U01ANA> <!subteam^S1> <#C1> <https://evil.example|click> &lt;!here&gt; @channel';

/** What Slack would act on, were it read as mrkdwn. */
const controls = (drawn: unknown): string[] => JSON.stringify(drawn).match(/<[!@#]/g) ?? [];

describe('what people wrote', () => {
  const everywhere: readonly View[] = [
    { kind: 'notice', title: smuggled, text: smuggled },
    {
      ...record,
      title: smuggled,
      status: smuggled,
      summary: smuggled,
      facts: [{ label: smuggled, text: smuggled }],
      footer: [smuggled],
      buttons: [],
    },
    { kind: 'list', title: smuggled, intro: smuggled, items: [{ title: smuggled, text: smuggled }], empty: smuggled },
  ];

  it.each(everywhere.map((view) => [view.kind, view] as const))('pings nobody from a %s', (_, view) => {
    const { text, blocks } = drawMessage(view);
    expect(controls([text, blocks])).toEqual([]);
    expect(text).toContain('&lt;!channel&gt;');
  });

  it('keeps web addresses as links to where they say', () => {
    const { blocks } = drawMessage({ kind: 'notice', text: 'See https://acme.example/a?b=1&c=2.' });
    expect(blocks[0]).toMatchObject({ text: { text: 'See <https://acme.example/a?b=1&amp;c=2>.' } });
  });

  it('loses control characters, halves of characters and direction overrides', () => {
    const { text } = drawMessage({ kind: 'notice', text: 'a\u0000b\uD800c\u202Ed\u2066e' });
    expect(text).toBe('ab\uFFFDcde');
  });

  it('keeps right-to-left text to itself, line by line', () => {
    const { blocks } = drawMessage({ ...record, title: 'שלום', facts: [{ label: 'Why', text: 'שלום\nעולם' }] });
    expect(blocks[0]).toMatchObject({ text: { text: 'D-14 \u2068שלום\u2069' } });
    expect(JSON.stringify(blocks)).toContain('*Why*\\n\u2068שלום\u2069\\n\u2068עולם\u2069');
  });

  it('is never empty, since Slack refuses that', () => {
    const { text, blocks } = drawMessage({ kind: 'notice', title: ' ', text: '\u200B\n' });
    expect(text.trim()).not.toBe('');
    expect(drawMessage({ kind: 'notice', text: '\u200B\n' }).text).toBe('–');
    expect(blocks[0]).toMatchObject({ text: { text: '*–*\n–' } });
  });

  it.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a flag', '🇨🇭'],
    ['an accent', 'e\u0301'],
    ['an emoji', '😀'],
    ['an escape', '&'],
  ])('is cut between characters, not through %s', (_, sign) => {
    for (const lead of ['', 'x', 'xx', 'xxx']) {
      const { blocks } = drawMessage({ kind: 'notice', text: lead + sign.repeat(3_000) });
      const [first] = blocks as { text: { text: string } }[];
      const escaped = sign === '&' ? '&amp;' : sign;
      const body = first!.text.text.slice(lead.length, -1);
      expect(first!.text.text.length).toBeLessThanOrEqual(limits.section);
      expect(body).toBe(escaped.repeat(body.length / escaped.length));
    }
  });

  it('is cut even where a single character never ends', () => {
    const { blocks } = drawMessage({ kind: 'notice', text: `z${'\u0301'.repeat(10_000)}` });
    expect(textIn(blocks)).toBeLessThanOrEqual(limits.section);
  });
});
