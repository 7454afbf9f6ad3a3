import { describe, expect, it } from 'vitest';
import type { FormView, ListView, NoticeView, RecordView } from '../../core/view.js';
import { readOrigin } from './form.js';
import { limits } from './limits.js';
import { drawHome, drawInvitation, drawMessage, drawModal } from './render.js';

const origin = { workspace: 'T01ACME', conversation: 'C01JSC', direct: false };
const subject = { feature: 'decisions', id: 'd14' };
const thursday = Date.UTC(2026, 11, 10, 13, 0);

const record: RecordView = {
  kind: 'record',
  subject,
  label: 'D-14',
  title: 'Meet monthly',
  status: 'Recorded',
  summary: 'D-14 Meet monthly (recorded)',
  facts: [
    { label: 'Why', text: 'R&D <asked>' },
    { label: 'Recorded by', text: [{ mention: 'p1' as never, name: 'Ana <Ruiz>' }, ' on ', { day: '2026-12-10' }] },
    { label: 'When', text: [{ moment: thursday, zone: 'Europe/Zurich' }] },
  ],
  footer: ['Acme and Nova see this'],
  buttons: [
    { id: 'decisions.confirm', label: 'Confirm wording', subject, style: 'primary', carry: { revision: '1' } },
    { id: 'decisions.history', label: 'History', subject },
  ],
};

const form: FormView = {
  kind: 'form',
  id: 'decisions.record',
  title: 'Record a decision',
  submit: 'Record',
  audience: 'Acme and Nova will see this',
  subject,
  carry: { committee: 'jsc' },
  fields: [
    {
      kind: 'text',
      name: 'text',
      label: 'Decision',
      lines: 'many',
      max: 5_000,
      required: true,
      value: 'Meet <monthly>',
    },
    { kind: 'text', name: 'because', label: 'Because', lines: 'one', max: 300, hint: 'The reason' },
    {
      kind: 'choice',
      name: 'kind',
      label: 'Kind',
      value: 'budget',
      options: [
        { value: 'budget', label: 'Budget' },
        { value: 'scope', label: 'Scope' },
      ],
    },
  ],
};

const markdown = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

describe('a record', () => {
  it('is a header, a line for each short fact, small print and buttons', () => {
    expect(drawMessage(record)).toEqual({
      text: 'D-14 Meet monthly (recorded)',
      blocks: [
        { type: 'header', text: plain('D-14 Meet monthly') },
        {
          type: 'section',
          text: markdown(
            [
              '*Status:* Recorded',
              '*Why:* R&amp;D &lt;asked&gt;',
              '*Recorded by:* Ana &lt;Ruiz&gt; on Thu 10 Dec 2026',
              '*When:* <!date^1796907600^{date_short}, {time} (your\u00a0time)|Thu 10 Dec 2026, 14:00 Europe/Zurich>',
            ].join('\n'),
          ),
        },
        { type: 'context', elements: [markdown('Acme and Nova see this')] },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'decisions.confirm',
              text: plain('Confirm wording'),
              style: 'primary',
              value: '{"subject":{"feature":"decisions","id":"d14"},"carry":{"revision":"1"}}',
            },
            {
              type: 'button',
              action_id: 'decisions.history',
              text: plain('History'),
              value: '{"subject":{"feature":"decisions","id":"d14"}}',
            },
          ],
        },
      ],
    });
  });

  it('gives a long fact the place below its label, and keeps the order', () => {
    const why = 'Two meetings were moved, and nobody was prepared. '.repeat(4).trim();
    const facts = [
      { label: 'Instead of', text: 'Weekly' },
      { label: 'Why', text: why },
      { label: 'Notes', text: 'one\ntwo' },
      { label: 'Status', text: 'Agreed' },
    ];
    const texts = drawMessage({ ...record, facts, footer: [], buttons: [] }).blocks.slice(1);
    expect(texts).toEqual(
      ['*Instead of:* Weekly', `*Why*\n${why}`, '*Notes*\none\ntwo', '*Status:* Agreed'].map((text) => ({
        type: 'section',
        text: markdown(text),
      })),
    );
  });

  it('puts each line of small print on a line of its own', () => {
    const footer = ['Acme and Nova see this', 'Delivered to Nova'];
    const context = drawMessage({ ...record, footer }).blocks.find(({ type }) => type === 'context');
    expect(context).toMatchObject({ elements: [markdown(footer.join('\n'))] });
  });

  it('shows a title too long for a header in full below it', () => {
    const title = 'Meet monthly and more '.repeat(10).trim();
    const [header, full] = drawMessage({ ...record, title }).blocks;
    expect(header).toMatchObject({ text: { text: expect.stringMatching(/^D-14 Meet.*…$/) } });
    expect(full).toMatchObject({ text: { text: `D-14 ${title}` } });
  });

  it('names its status once when a fact already does', () => {
    const facts = [{ label: 'Status', text: 'Agreed' }];
    expect(JSON.stringify(drawMessage({ ...record, facts }).blocks).match(/Status/g)).toHaveLength(1);
  });

  it('counts the facts that found no room', () => {
    const facts = Array.from({ length: 200 }, (_, at) => ({ label: `Fact ${at}`, text: 'x'.repeat(500) }));
    const { blocks } = drawMessage({ ...record, facts });
    const more = blocks.find((block) => JSON.stringify(block).includes('more'));
    expect(more).toMatchObject({ elements: [{ text: expect.stringMatching(/^and 1[89]\d more$/) }] });
    expect(blocks.at(-1)).toMatchObject({ type: 'actions' });
  });
});

describe('a notice', () => {
  const undo: NoticeView = {
    kind: 'notice',
    title: 'Recorded D-3',
    text: 'Your committee sees it.',
    buttons: [{ id: 'decisions.undo', label: 'Undo', subject }],
  };

  it('is its sentence and its buttons', () => {
    const { text, blocks } = drawMessage(undo);
    expect(text).toBe('Recorded D-3: Your committee sees it.');
    expect(blocks[0]).toEqual({ type: 'section', text: markdown('*Recorded D-3*\nYour committee sees it.') });
    expect(blocks[1]).toMatchObject({ type: 'actions', elements: [{ action_id: 'decisions.undo' }] });
  });

  it('is a window of its own after a form, with its title in the bar and where it was asked for', () => {
    const window = drawModal(undo, origin);
    expect(window).toMatchObject({ type: 'modal', title: plain('Recorded D-3'), close: plain('Close') });
    expect(window.submit).toBeUndefined();
    expect(window.blocks[0]).toEqual({ type: 'section', text: markdown('Your committee sees it.') });
    expect(readOrigin(window.private_metadata)).toEqual({ origin });
  });

  it('keeps a title that is too long for the bar', () => {
    const window = drawModal({ ...undo, title: 'Recorded D-3, the third decision' }, origin);
    expect(window.title.text).toBe('Entente');
    expect(JSON.stringify(window.blocks)).toContain('the third decision');
  });
});

describe('a list', () => {
  const list: ListView = {
    kind: 'list',
    title: 'What waits for you',
    items: [
      { title: 'D-14 Meet monthly', text: 'Wording to confirm', buttons: [{ id: 'a.b', label: 'Open', subject }] },
      { title: 'D-15', buttons: [1, 2].map((at) => ({ id: 'a.b' as const, label: `Take ${at}`, subject })) },
    ],
    empty: 'Nothing waits for you.',
  };

  it('puts a single button beside its item, and several below it under ids of their own', () => {
    const [, first, second, buttons] = drawMessage(list).blocks;
    expect(first).toMatchObject({
      text: markdown('*D-14 Meet monthly*\nWording to confirm'),
      accessory: { action_id: 'a.b' },
    });
    expect(second).toEqual({ type: 'section', text: markdown('*D-15*') });
    expect(buttons).toMatchObject({ elements: [{ action_id: 'a.b' }, { action_id: 'a.b#2' }] });
  });

  it('says so when it is empty', () => {
    const { text, blocks } = drawMessage({ ...list, items: [] });
    expect(blocks[1]).toEqual({ type: 'section', text: markdown('Nothing waits for you.') });
    expect(text).toBe('What waits for you: Nothing waits for you.');
  });

  it('holds more at home than in a message, and counts the rest', () => {
    const items = Array.from({ length: 120 }, (_, at) => ({ title: `D-${at}` }));
    expect(drawMessage({ ...list, items }).blocks).toHaveLength(limits.messageBlocks);
    expect(JSON.stringify(drawMessage({ ...list, items }).blocks.at(-1))).toContain('and 72 more');
    expect(drawHome({ ...list, items }).blocks).toHaveLength(limits.viewBlocks);
    expect(JSON.stringify(drawHome({ ...list, items }).blocks.at(-1))).toContain('and 22 more');
  });
});

describe('a form', () => {
  it('loses nothing of a value whose characters count twice in Slack', () => {
    const value = '💊'.repeat(1_400);
    const field = { kind: 'text', name: 'text', label: 'Decision', lines: 'many', max: 2_000, value } as const;
    expect(JSON.stringify(drawModal({ ...form, fields: [field] }, origin))).toContain(`"initial_value":"${value}"`);
  });

  it('is a window with its audience above its fields', () => {
    const window = drawModal(form, origin);
    expect(window).toEqual({
      type: 'modal',
      callback_id: 'decisions.record',
      title: plain('Record a decision'),
      submit: plain('Record'),
      close: plain('Cancel'),
      private_metadata: expect.any(String),
      blocks: [
        { type: 'context', elements: [markdown('Acme and Nova will see this')] },
        {
          type: 'input',
          block_id: 'text',
          label: plain('Decision'),
          optional: false,
          element: {
            type: 'plain_text_input',
            action_id: 'value',
            multiline: true,
            max_length: 3_000,
            initial_value: 'Meet <monthly>',
          },
        },
        {
          type: 'input',
          block_id: 'because',
          label: plain('Because'),
          hint: plain('The reason'),
          optional: true,
          element: { type: 'plain_text_input', action_id: 'value', multiline: false, max_length: 300 },
        },
        {
          type: 'input',
          block_id: 'kind',
          label: plain('Kind'),
          optional: true,
          element: {
            type: 'static_select',
            action_id: 'value',
            options: [
              { text: plain('Budget'), value: 'budget' },
              { text: plain('Scope'), value: 'scope' },
            ],
            initial_option: { text: plain('Budget'), value: 'budget' },
          },
        },
      ],
    });
    expect(readOrigin(window.private_metadata)).toEqual({ origin, subject, carry: { committee: 'jsc' } });
  });

  it.each([
    ['among the first hundred', 'v99', 'v99'],
    ['beyond the first hundred', 'v140', 'v140'],
    ['not offered at all', 'v999', 'v99'],
  ])('offers a hundred choices, the chosen one always: %s', (_where, value, last) => {
    const options = Array.from({ length: 150 }, (_, at) => ({ value: `v${at}`, label: `Choice ${at}` }));
    const long: FormView = { ...form, fields: [{ kind: 'choice', name: 'zone', label: 'Zone', value, options }] };
    const drawn = drawModal(long, origin);
    const element = drawn.blocks.flatMap((block) => ('element' in block ? [block.element] : []))[0];
    expect(element).toMatchObject({ type: 'static_select' });
    if (element?.type !== 'static_select') return;
    expect(element.options).toHaveLength(100);
    expect(element.options?.at(-1)?.value).toBe(last);
    expect(element.initial_option?.value).toBe(value === 'v999' ? undefined : value);
  });

  it('stands as a question with a button where a window cannot be opened', () => {
    const { text, blocks } = drawInvitation(form, '{"words":["decision"]}', 'entente.form');
    expect(text).toBe('Record a decision');
    expect(blocks.at(-1)).toMatchObject({ elements: [{ action_id: 'entente.form', value: '{"words":["decision"]}' }] });
  });
});
