import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Button, Span, Text, View } from '../../core/view.js';
import { form, list, notice, record } from './fixtures/views.js';
import { limits } from './limits.js';
import { bytesOf, createDraw, summaryOf } from './render.js';
import type { Setting } from './setting.js';
import { type Binding, type Card, loadTemplates } from './templates.js';

// Its ESM files cannot be loaded by Node; the bundle can.
const renderer: typeof AdaptiveCards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

const draw = createDraw();
const fill = loadTemplates();
const dialog: Setting = { surface: 'dialog', once: '1' };

const nodes = (value: unknown): Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  return [node, ...Object.entries(node).flatMap(([key, inner]) => (key === 'data' ? [] : nodes(inner)))];
};

/** What Teams would not take or not show, in words. */
const complaintsOf = (card: Card): string[] => {
  const typed = nodes(card.body).filter((node) => typeof node.type === 'string');
  const known: readonly string[] = [...limits.elements, ...limits.actions];
  return [
    card.version !== limits.cardVersion && `version ${card.version}`,
    bytesOf(card) > limits.cardBytes && `${bytesOf(card)} bytes`,
    ...typed.map((node) => !known.includes(String(node.type)) && `type ${node.type}`),
    ...typed.map((node) => 'isEnabled' in node && 'isEnabled'),
    ...typed.map((node) => String(node.type).startsWith('Action.') && 'style' in node && 'a style on an action'),
    ...typed.map((node) => node.type === 'TextBlock' && node.wrap !== true && 'text that does not wrap'),
    ...typed.map(
      (node) => node.type === 'ActionSet' && (node.actions as unknown[]).length > limits.buttons && 'buttons',
    ),
  ].filter((complaint) => complaint !== false);
};

/** What Microsoft's own renderer says about a card, on reading it and on looking through it. */
const eventsOf = (card: Card): string[] => {
  const context = new renderer.SerializationContext();
  const parsed = new renderer.AdaptiveCard();
  parsed.parse(JSON.parse(JSON.stringify(card)), context);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  return [...events, ...parsed.validateProperties().validationEvents.map((event) => event.message)];
};

const read = (path: string): Binding =>
  JSON.parse(readFileSync(new URL(`../../../adaptive-cards/${path}`, import.meta.url), 'utf8'));

/** What is read on a card, from its top down: texts, and facts as 'title: value'. */
const linesOf = (card: Card): string[] =>
  nodes(card.body).flatMap((node) => {
    if (node.type === 'TextBlock') return [String(node.text)];
    return node.type === undefined && 'title' in node && 'value' in node ? [`${node.title}: ${node.value}`] : [];
  });

const moment = '{{DATE(2026-11-22T14:02:00Z,SHORT)}} {{TIME(2026-11-22T14:02:00Z)}} (your\u00a0time)';

describe.each([
  ['notice', notice],
  ['record', record],
  ['list', list],
  ['form', form],
] as const)('the template of a %s', (kind, view) => {
  test('has sample data beside it that is what its view becomes', () => {
    const sample = read(`${kind}.data.json`);
    expect(fill(kind, sample)).toEqual(draw(view));
  });

  test('leaves nothing unfilled in a message or a dialog', () => {
    for (const setting of [undefined, dialog]) expect(JSON.stringify(draw(view, setting))).not.toContain('${');
  });

  test('makes a card that Teams takes', () => {
    expect(complaintsOf(draw(view))).toEqual([]);
    expect(complaintsOf(draw(view, dialog))).toEqual([]);
  });

  test("is read by Microsoft's renderer without a validation event", () => {
    expect(eventsOf(draw(view))).toEqual([]);
    expect(eventsOf(draw(view, dialog))).toEqual([]);
  });
});

test('the checks themselves see what is wrong', () => {
  const wrong = {
    type: 'AdaptiveCard',
    version: '1.6',
    body: [
      { type: 'Media' },
      { type: 'ActionSet', actions: [{ type: 'Action.Submit', style: 'positive', isEnabled: false }] },
    ],
  } as const;
  expect(complaintsOf(wrong)).toEqual(['version 1.6', 'type Media', 'isEnabled', 'a style on an action']);
  expect(eventsOf({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Bogus' }] })).toHaveLength(1);
});

describe('a record', () => {
  test('shows label and title, facts, status and small print in words', () => {
    expect(linesOf(draw(record))).toEqual([
      'D-14 Meet monthly',
      'Why',
      expect.stringMatching(/^Two meetings .* follow them\.$/),
      'Instead\u00a0of: Every second week',
      'Committee: Joint Steering Committee',
      `Recorded\u00a0by: Ana Ruiz, Acme, ${moment}`,
      'Wording: Acme confirmed by Ana Ruiz · Nova not yet',
      'Status: Recorded',
      'Acme and Nova see this',
      `Not yet delivered to Nova, retrying since ${moment}`,
    ]);
  });

  test('keeps its buttons in order, and opens forms in dialogs', () => {
    const set = nodes(draw(record).body).find((node) => node.type === 'ActionSet');
    const subject = record.subject;
    const data = { subject, carry: { revision: '1' } };
    expect(set?.actions).toEqual([
      {
        type: 'Action.Execute',
        title: 'Confirm wording',
        verb: 'decisions.confirm',
        data,
        fallback: {
          type: 'Action.Submit',
          title: 'Confirm wording',
          data: { interaction: 'decisions.confirm', ...data },
        },
      },
      {
        type: 'Action.Submit',
        title: 'Suggest a change',
        data: { interaction: 'decisions.suggest', msteams: { type: 'task/fetch' }, subject },
      },
      expect.objectContaining({ type: 'Action.Execute', verb: 'decisions.withdraw' }),
      expect.objectContaining({ type: 'Action.Execute', verb: 'decisions.history' }),
    ]);
  });

  test('says its status once, in the words of its own fact', () => {
    const facts = [{ label: 'Status', text: 'Withdrawn by Ana Ruiz' }];
    expect(linesOf(draw({ ...record, facts, footer: [], status: 'Withdrawn' }))).toEqual([
      'D-14 Meet monthly',
      'Status: Withdrawn by Ana Ruiz',
    ]);
  });

  test('says its status first when no fact does', () => {
    const facts = [{ label: 'Due', text: 'Friday' }];
    expect(linesOf(draw({ ...record, facts, footer: [] }))).toEqual([
      'D-14 Meet monthly',
      'Status: Recorded',
      'Due: Friday',
    ]);
  });

  test('gives the whole width to facts of several lines or without a label', () => {
    const long = 'word '.repeat(60).trim();
    const facts = [
      { label: 'Notes', text: 'one\ntwo' },
      { label: '', text: long },
      { label: 'Status', text: 'Agreed' },
    ];
    expect(linesOf(draw({ ...record, facts, footer: [] }))).toEqual([
      'D-14 Meet monthly',
      'Notes',
      'one\n\ntwo',
      long,
      'Status: Agreed',
    ]);
  });

  test('has no button left over when it has none', () => {
    expect(nodes(draw({ ...record, buttons: [] }).body).map((node) => node.type)).not.toContain('ActionSet');
  });
});

describe('a form', () => {
  const inputs = (card: Card) => nodes(card.body).filter((node) => String(node.type).startsWith('Input.'));

  test('becomes inputs of the same names, filled in, with limits as numbers', () => {
    expect(inputs(draw(form))).toEqual([
      expect.objectContaining({
        type: 'Input.Text',
        id: 'text',
        value: 'Meet monthly',
        maxLength: 3_000,
        isMultiline: true,
        isRequired: true,
      }),
      expect.objectContaining({ type: 'Input.Text', id: 'because', value: '', isRequired: false }),
      expect.objectContaining({ type: 'Input.ChoiceSet', id: 'committee', value: 'jsc', style: 'compact' }),
    ]);
  });

  test('keeps a field out of the way of our own keys', () => {
    const clash = {
      ...form,
      fields: [{ kind: 'text', name: 'subject', label: 'Subject', lines: 'one', max: 10 }],
    } as const;
    expect(inputs(draw(clash))[0]?.id).toBe('subject_');
  });

  test('shows a refusal in words beside its field, or above all when it belongs to none', () => {
    const at = (field?: string) =>
      nodes(draw(form, { ...dialog, problem: { sentence: 'Say what was decided.', field } }).body)
        .map((node) => (node.color === 'Attention' ? node.text : node.id))
        .filter((one) => one !== undefined);
    expect(at('text')).toEqual(['text', 'Say what was decided.', 'because', 'committee']);
    expect(at()).toEqual(['Say what was decided.', 'text', 'because', 'committee']);
    expect(at('nowhere')).toEqual(['Say what was decided.', 'text', 'because', 'committee']);
  });

  test('submits its outline, so that a refused one can be shown again', () => {
    const action = nodes(draw(form, dialog).body).find((node) => node.type === 'Action.Submit');
    expect(action?.data).toMatchObject({
      interaction: 'decisions.record',
      once: '1',
      carry: { committee: 'jsc' },
      form: { title: 'Record a decision', fields: [{ name: 'text' }, { name: 'because' }, { name: 'committee' }] },
    });
    expect(JSON.stringify(action?.data)).not.toContain('Meet monthly');
  });
});

describe('a notice', () => {
  const setsOf = (view: View) =>
    nodes(draw(view).body)
      .filter((node) => node.type === 'ActionSet')
      .map((node) => (node.actions as { title: string }[]).map(({ title }) => title));

  test('has all its choices, in rows that Teams shows', () => {
    const buttons = Array.from({ length: 14 }, (_, at): Button => ({ id: 'entente.speak', label: `A${at}` }));
    const view: View = { kind: 'notice', text: 'Which alliance is this about?', buttons };
    expect(setsOf(view).map(({ length }) => length)).toEqual([5, 5, 4]);
    expect(complaintsOf(draw(view))).toEqual([]);
    expect(eventsOf(draw(view))).toEqual([]);
  });

  test('has long choices below each other, since a phone is narrow', () => {
    const buttons = ['Acme and Nova', 'Beryl', 'Cobalt and Dune Pharmaceuticals of the North', 'E'].map(
      (label): Button => ({ id: 'entente.speak', label }),
    );
    expect(setsOf({ kind: 'notice', text: 'Which one?', buttons })).toEqual([
      ['Acme and Nova', 'Beryl'],
      ['Cobalt and Dune Pharmaceuticals of the North', 'E'],
    ]);
  });

  const invitation = {
    kind: 'notice',
    text: [
      '"Aster" is set up. ',
      'Send this to Nova:\n\n',
      'Say this to it: @Entente join acid acorn acre\n',
      'It works once, until ',
      { moment: Date.UTC(2026, 11, 7, 9), zone: 'Europe/Zurich' },
      '.',
      '\n\nNext:\n1. Say bind JSC.\n2. Seat your people.',
    ],
    buttons: [{ id: 'alliances.renew', label: 'Renew' }],
  } as const;
  const inputsOf = (view: View) => nodes(draw(view).body).filter((node) => node.type === 'Input.Text');

  test('that shows a code has what to hand on where it can be copied, as it reads anywhere', () => {
    const view: View = { ...invitation, secret: true };
    expect(inputsOf(view)).toMatchObject([
      {
        value: 'Say this to it: @Entente join acid acorn acre\nIt works once, until 7 Dec 2026, 10:00 Europe/Zurich.',
        isMultiline: true,
        label: 'To copy',
      },
    ]);
    expect(linesOf(draw(view))).toEqual([
      '"Aster" is set up. Send this to Nova:',
      expect.stringMatching(/^Say this to it: @Entente join acid acorn acre\n\nIt works once, until \{\{DATE/),
      expect.stringMatching(/^Next:/),
    ]);
    for (const setting of [undefined, dialog]) {
      expect(complaintsOf(draw(view, setting))).toEqual([]);
      expect(eventsOf(draw(view, setting))).toEqual([]);
    }
  });

  test('that shows none is text', () => {
    expect(inputsOf(invitation)).toEqual([]);
  });
});

describe('a form with many options', () => {
  const fieldOf = (count: number, more: object = {}) =>
    ({
      kind: 'choice',
      name: 'who',
      label: 'Who',
      options: Array.from({ length: count }, (_, at) => ({
        value: `0192f3a4-aaaa-bbbb-cccc-${String(at).padStart(12, '0')}`,
        label: `Somebody with quite a long name, number ${at}, of a company with one too`,
      })),
      ...more,
    }) as const;
  const choicesOf = (view: View) =>
    nodes(draw(view).body).flatMap((node) =>
      node.type === 'Input.ChoiceSet' ? [(node.choices as { value: string }[]).map(({ value }) => value)] : [],
    );

  test('shows them all while they fit', () => {
    const view: View = { ...form, fields: [fieldOf(80), { ...fieldOf(80), name: 'other' }] };
    expect(choicesOf(view).map(({ length }) => length)).toEqual([80, 80]);
    expect(complaintsOf(draw(view))).toEqual([]);
    expect(eventsOf(draw(view))).toEqual([]);
  });

  test('shows the first ones and the chosen one when they do not, and says so', () => {
    const field = fieldOf(400);
    const chosen = field.options[399]?.value ?? '';
    const view: View = { ...form, fields: [{ ...field, hint: 'Of Nova', value: chosen }] };
    const [choices = []] = choicesOf(view);
    expect(choices.at(-1)).toBe(chosen);
    expect(linesOf(draw(view))).toContain(`Of Nova Only ${choices.length} of 400 fit here.`);
    expect(complaintsOf(draw(view))).toEqual([]);
  });
});

test('a dialog says its title in its frame alone', () => {
  for (const view of [notice, list, form]) {
    expect(linesOf(draw(view))).toContain(view.title);
    expect(linesOf(draw(view, dialog))).not.toContain(view.title);
  }
});

describe('a list', () => {
  test('says so when there is nothing', () => {
    expect(linesOf(draw({ ...list, items: [], buttons: [] }))).toContain("Say 'help' for what you can do.");
  });

  test('says how many it does not show', () => {
    const items = Array.from({ length: 73 }, (_, at) => ({ title: `D-${at}` }));
    expect(linesOf(draw({ ...list, items }))).toContain('23 more do not fit here.');
  });
});

describe('the summary', () => {
  test('names the zone, since a notification knows none', () => {
    const text: Text = [
      'Closes ',
      { moment: Date.UTC(2026, 10, 22, 14, 2), zone: 'Asia/Tokyo' },
      ', due ',
      { day: '2026-12-11' },
    ];
    expect(summaryOf({ kind: 'notice', text })).toBe('Closes 22 Nov 2026, 23:02 Asia/Tokyo, due Fri 11 Dec 2026');
  });

  test("is the record's own", () => {
    expect(summaryOf(record)).toBe(record.summary);
  });
});

const smuggled = [
  '[x](javascript:alert(1))',
  '<at>Everyone</at>',
  '**b** _i_',
  '${label}',
  '${if(true,1,2)}',
  '{{DATE(2026-11-22T00:00:00Z,SHORT)}}',
  '\u0000',
  '\ud800',
  '\u202e',
  '\u2069',
  '# h',
  '- l',
  '"',
  '\\',
  '\n',
  '👩‍👩‍👧‍👦',
  'e\u0301',
  '<!channel>',
  '&lt;',
  '{',
  '{DATE(2026-11-22T00:00:00Z)}}',
];
const anyString = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...smuggled), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 8 }),
    fc.constantFrom(1, 1, 1, 700),
  )
  .map(([pieces, times]) => pieces.join('').repeat(times));
const anySpan: fc.Arbitrary<Span> = fc.oneof(
  anyString,
  anyString.map((name) => ({ mention: 'p' as never, name })),
  fc.integer({ min: 0, max: 4e12 }).map((moment) => ({ moment, zone: 'Europe/Zurich' })),
);
const anyText: fc.Arbitrary<Text> = fc.oneof(anyString, fc.array(anySpan, { maxLength: 4 }));
const anyButtons: fc.Arbitrary<Button[]> = fc.array(
  fc.record({ id: fc.constant('a.b' as const), label: anyString, opensWindow: fc.boolean() }),
  { maxLength: 8 },
);
const anyView: fc.Arbitrary<View> = fc.oneof(
  fc.record({ kind: fc.constant('notice' as const), title: anyString, text: anyText, buttons: anyButtons }),
  fc.record({
    kind: fc.constant('record' as const),
    subject: fc.constant({ feature: 'decisions', id: '1' }),
    label: anyString,
    title: anyString,
    status: anyString,
    summary: anyString,
    facts: fc.array(fc.record({ label: anyString, text: anyText }), { maxLength: 60 }),
    footer: fc.array(anyText, { maxLength: 3 }),
    buttons: anyButtons,
  }),
  fc.record({
    kind: fc.constant('list' as const),
    title: anyString,
    intro: anyText,
    empty: anyText,
    buttons: anyButtons,
    items: fc.array(fc.record({ title: anyString, text: anyText, buttons: anyButtons }), { maxLength: 60 }),
  }),
  fc.record({
    kind: fc.constant('form' as const),
    id: fc.constant('a.b' as const),
    title: anyString,
    submit: anyString,
    audience: anyString,
    fields: fc.array(
      fc.record({
        kind: fc.constant('text' as const),
        name: fc.constantFrom('a', 'b'),
        label: anyString,
        hint: anyString,
        value: anyString,
        lines: fc.constantFrom('one' as const, 'many' as const),
        max: fc.constant(3_000),
      }),
      { maxLength: 8 },
    ),
  }),
);

test('whatever is in a view, its card fits, is taken, and evaluates none of it', () => {
  fc.assert(
    fc.property(anyView, fc.constantFrom(undefined, dialog), (view, setting) => {
      const card = draw(view, setting);
      expect(complaintsOf(card)).toEqual([]);
      for (const text of linesOf(card)) {
        expect(text.replace(/\{\{(DATE|TIME)\([\d:TZ-]+(,SHORT)?\)\}\}/g, '')).not.toContain('{{');
        expect(text).not.toMatch(/(^|[^\\])(\\\\)*<at>|\p{Surrogate}|\0/u);
      }
    }),
    { numRuns: 150 },
  );
});

test('shows ${...} that people wrote as they wrote it', () => {
  const card = draw({ ...record, title: '${status} ${if(true, 1, 2)}' });
  expect(linesOf(card)[0]).toBe('D-14 ${status} ${if(true, 1, 2)}');
});
