import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Text, View } from '../../core/view.js';
import { textIn } from './blocks.js';
import { limits } from './limits.js';
import { drawHome, drawMessage, drawModal } from './render.js';

const origin = { workspace: 'T01ACME', conversation: 'C01JSC', direct: false };
const subject = { feature: 'decisions', id: 'd14' };

/** Walks what was drawn and compares each piece with Slack's limits. */
const inspect = (node: unknown): void => {
  if (typeof node !== 'object' || node === null) return;
  const it = node as Record<string, unknown> & {
    text?: { text: string };
    label?: { text: string };
    title?: { text: string };
    submit?: { text: string };
  };
  const long = (text: { text: string } | undefined, most: number) => {
    if (!text) return;
    expect(text.text.length).toBeGreaterThan(0);
    expect(text.text.length).toBeLessThanOrEqual(most);
  };
  if (it.type === 'header') long(it.text, limits.header);
  if (it.type === 'section') {
    long(it.text, limits.section);
    expect(it.text).toBeDefined();
  }
  if (it.type === 'button') {
    long(it.text, limits.buttonText);
    expect(String(it.action_id).length).toBeLessThanOrEqual(limits.actionId);
    expect(String(it.value ?? 'x').length).toBeLessThanOrEqual(limits.buttonValue);
    expect(it.value).not.toBe('');
  }
  if (it.type === 'actions') {
    const ids = (it.elements as { action_id: string }[]).map(({ action_id }) => action_id);
    expect(ids.length).toBeLessThanOrEqual(limits.actionsElements);
    expect(new Set(ids).size).toBe(ids.length);
  }
  if (it.type === 'context')
    for (const element of it.elements as { text: string }[]) long({ text: element.text }, limits.section);
  if (it.type === 'input') long(it.label, limits.inputLabel);
  if (it.type === 'plain_text_input') {
    expect(it.max_length).toBeLessThanOrEqual(limits.inputValue);
    expect(String(it.initial_value ?? 'x').length).toBeLessThanOrEqual(Number(it.max_length));
  }
  if (it.type === 'static_select') {
    const options = it.options as { text: { text: string }; value: string }[];
    expect(options.length).toBeLessThanOrEqual(limits.options);
    for (const option of options) {
      long(option.text, limits.optionText);
      expect(option.value.length).toBeLessThanOrEqual(limits.optionValue);
    }
  }
  if (it.type === 'modal') {
    long(it.title, limits.viewTitle);
    long(it.submit, limits.viewSubmit);
    expect(String(it.private_metadata).length).toBeLessThanOrEqual(limits.privateMetadata);
  }
  for (const inner of Object.values(it)) inspect(inner);
};

const wellFormed = (drawn: unknown): boolean => !/\\ud[89a-f]/i.test(JSON.stringify(drawn));

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('', '&<>'.repeat(2_000), '<!channel>', 'שלום\n'.repeat(900), '😀'.repeat(3_000), 'x'.repeat(10_000)),
);
const text: fc.Arbitrary<Text> = fc.oneof(
  piece,
  fc.array(
    fc.oneof(
      piece,
      fc.record({ mention: fc.constant('p1' as never), name: piece }),
      fc.record({ moment: fc.integer({ min: 0, max: 4e12 }), zone: fc.constantFrom('Asia/Tokyo', 'UTC') }),
      fc.constant({ day: '2026-12-10' }),
    ),
    { maxLength: 4 },
  ),
);
const button = fc.record({
  id: fc.constantFrom('a.b' as const, 'c.d' as const),
  label: piece,
  carry: fc.record({ seen: piece }),
});
const buttons = fc.oneof(fc.array(button, { maxLength: 3 }), fc.array(button, { minLength: 30, maxLength: 40 }));
const facts = fc.oneof(
  fc.array(fc.record({ label: piece, text }), { maxLength: 12 }),
  fc.constant(Array.from({ length: 200 }, (_, at) => ({ label: `F${at}`, text: 'y'.repeat(at * 10) }))),
);
const field = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    name: fc.constantFrom('a', 'b'),
    label: piece,
    value: piece,
    lines: fc.constant('many' as const),
    max: fc.constantFrom(1, 300, 10_000),
  }),
  fc.record({
    kind: fc.constant('choice' as const),
    name: fc.constantFrom('c', 'd'),
    label: piece,
    options: fc.array(fc.record({ value: piece, label: piece }), { maxLength: 150 }),
  }),
);
const view: fc.Arbitrary<View> = fc.oneof(
  fc.record({ kind: fc.constant('notice' as const), title: piece, text, buttons }),
  fc.record({
    kind: fc.constant('record' as const),
    subject: fc.constant(subject),
    label: piece,
    title: piece,
    status: piece,
    summary: piece,
    facts,
    footer: fc.array(text, { maxLength: 15 }),
    buttons,
  }),
  fc.record({
    kind: fc.constant('list' as const),
    title: piece,
    intro: text,
    items: fc.array(fc.record({ title: piece, text, buttons }), { maxLength: 8 }),
    empty: text,
    buttons,
  }),
  fc.record({
    kind: fc.constant('form' as const),
    id: fc.constant('a.b' as const),
    title: piece,
    submit: piece,
    audience: piece,
    carry: fc.constant({ a: 'x'.repeat(1_900) }),
    fields: fc.array(field, { maxLength: 6 }),
  }),
);

describe('every view', () => {
  it('stays within the limits wherever it is drawn', () => {
    fc.assert(
      fc.property(view, (drawn) => {
        const message = drawMessage(drawn);
        expect(message.text.length).toBeGreaterThan(0);
        expect(message.text.length).toBeLessThanOrEqual(limits.messageText);
        expect(message.blocks.length).toBeLessThanOrEqual(limits.messageBlocks);
        expect(textIn(message.blocks)).toBeLessThanOrEqual(limits.messageSum);
        const surfaces = [message, drawHome(drawn), drawModal(drawn, origin)];
        for (const surface of surfaces) {
          inspect(surface);
          expect(surface.blocks.length).toBeGreaterThan(0);
          expect(surface.blocks.length).toBeLessThanOrEqual(limits.viewBlocks);
          expect(wellFormed(surface)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
