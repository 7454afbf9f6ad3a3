/* Views as both chats' renderers draw them, and what those chats would say against them. */
import type { Button, Text, View } from '../../src/core/view.js';
import { drawHome, drawMessage, drawModal } from '../../src/platforms/slack/render.js';
import { limits as teamsLimits } from '../../src/platforms/teams/limits.js';
import { bytesOf, createDraw } from '../../src/platforms/teams/render.js';
import { messageFaults, viewFaults } from '../../src/sandbox/slack/blocks.js';
import { LIMITS } from '../../src/sandbox/slack/limits.js';
import { cardFaults } from '../../src/sandbox/teams/cards.js';

/** Where a view stands: in a channel or an answer, in a window that somebody opened, or at home. */
export type Surface = 'message' | 'window' | 'home';

const draw = createDraw();
const spot = { workspace: 'T01ACME', conversation: 'C01JSC', direct: false };

interface Drawn {
  readonly drawn: unknown;
  readonly faults: readonly string[];
}

const asModal = (view: View): Drawn => {
  const drawn = drawModal(view, spot);
  return { drawn, faults: viewFaults(drawn, 'modal') };
};

const asMessage = (view: View): Drawn => {
  const drawn = drawMessage(view);
  return { drawn, faults: messageFaults(drawn.blocks) };
};

const asHome = (view: View): Drawn => {
  const drawn = drawHome(view);
  return { drawn, faults: viewFaults(drawn, 'home') };
};

/** Slack shows a form in a window, and a list there only where it was pressed in one. */
const onSlack = (view: View, surface: Surface): readonly Drawn[] => {
  if (view.kind === 'form') return [asModal(view)];
  if (surface === 'home') return [asHome(view)];
  return surface === 'window' ? [asMessage(view), asModal(view)] : [asMessage(view)];
};

const slackFaults = (view: View, surface: Surface): readonly string[] =>
  onSlack(view, surface).flatMap(({ drawn, faults }) => [
    ...faults,
    ...(Buffer.byteLength(JSON.stringify(drawn)) > LIMITS.viewBytes ? ['larger than a view may be'] : []),
    ...lost(view, drawn, /^button$/),
  ]);

const onTeams = (view: View, surface: Surface) =>
  draw(
    view,
    surface === 'window' ? { surface: 'dialog' } : { surface: 'message', ...(surface === 'home' && { home: true }) },
  );

const actionSets = (value: unknown): readonly (readonly unknown[])[] => {
  if (Array.isArray(value)) return value.flatMap(actionSets);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'ActionSet' && 'actions' in value ? [value.actions as unknown[]] : [];
  return [...own, ...Object.values(value).flatMap(actionSets)];
};

const teamsFaults = (view: View, surface: Surface): readonly string[] => {
  const card = onTeams(view, surface);
  return [
    ...cardFaults(card),
    ...(bytesOf(card) > teamsLimits.cardBytes ? [`${bytesOf(card)} bytes`] : []),
    ...actionSets(card).flatMap((actions) => (actions.length > 6 ? [`${actions.length} actions in one set`] : [])),
    ...lost(view, card, /^Action\./),
  ];
};

/** Letters and digits alone: each chat escapes the rest in its own way. */
const bare = (text: string): string => text.replace(/&\w+;/gu, '').replace(/[^\p{L}\p{N}…]/gu, '');

const wordsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(wordsIn);
};

const spoken = (text: Text | undefined): readonly string[] =>
  [text ?? ''].flat().flatMap((span) => (typeof span === 'string' ? span : 'name' in span ? span.name : []));

const buttonWords = (buttons: readonly Button[] = []): readonly string[] => buttons.map(({ label }) => label);

/** All that a reader is to be shown. */
const piecesOf = (view: View): readonly string[] => {
  switch (view.kind) {
    case 'notice':
      return [view.title ?? '', ...spoken(view.text), ...buttonWords(view.buttons)];
    case 'record':
      return [
        ...[view.label, view.title, view.status, ...view.facts.map(({ label }) => label)],
        ...[...view.facts.map(({ text }) => text), ...view.footer].flatMap(spoken),
        ...buttonWords(view.buttons),
      ];
    case 'list':
      return [
        ...spoken(view.intro),
        ...view.items.flatMap((item) => [item.title, ...spoken(item.text), ...buttonWords(item.buttons)]),
        ...buttonWords(view.buttons),
      ];
    case 'form':
      return [
        view.audience,
        ...view.fields.flatMap((field) => [
          ...[field.label, field.hint ?? ''],
          ...(field.kind === 'text' ? [field.value ?? ''] : field.options.map(({ label }) => label)),
        ]),
      ];
    case 'file':
      return [view.title, ...spoken(view.text)];
    default:
      return view satisfies never;
  }
};

const buttonsOf = (view: View): readonly Button[] => {
  if (view.kind === 'list') return [...view.items.flatMap(({ buttons = [] }) => buttons), ...(view.buttons ?? [])];
  return view.kind === 'record' || view.kind === 'notice' ? (view.buttons ?? []) : [];
};

const count = (drawn: unknown, type: RegExp): number => {
  if (typeof drawn !== 'object' || drawn === null) return 0;
  const own = 'type' in drawn && type.test(String(drawn.type)) ? 1 : 0;
  const inner = Object.entries(drawn).filter(([key]) => key !== 'fallback');
  return inner.reduce((sum, [, value]) => sum + count(value, type), own);
};

/** What a chat's renderer left out of a view by itself: the view should have. */
const lost = (view: View, drawn: unknown, button: RegExp): readonly string[] => {
  const shown = bare(wordsIn(drawn).join(' '));
  const pieces = piecesOf(view).filter((piece) => !shown.includes(bare(piece)));
  const buttons = buttonsOf(view).length - count(drawn, button);
  return [
    ...pieces.map(
      (piece) => `not shown: ${piece.length > 120 ? `${piece.slice(0, 120)}... (${piece.length})` : piece}`,
    ),
    ...(buttons > 0 ? [`${buttons} buttons are not shown`] : []),
  ];
};

const formFaults = (view: View): readonly string[] => {
  if (view.kind !== 'form') return [];
  const words = [view.title, view.submit].filter((text) => [...text].length > 24);
  return [
    ...words.map((text) => `too long for a form's frame: ${text}`),
    ...(view.fields.length > 10 ? [`${view.fields.length} fields`] : []),
    ...view.fields.flatMap((field) =>
      field.kind === 'choice' && field.options.length > 100 ? [`${field.options.length} options`] : [],
    ),
  ];
};

/** Everything that is wrong with a view where it stands; empty when it is drawn whole on both. */
export const faultsOf = (view: View, surface: Surface): readonly string[] => [
  ...slackFaults(view, surface).map((fault) => `Slack: ${fault}`),
  ...teamsFaults(view, surface).map((fault) => `Teams: ${fault}`),
  ...formFaults(view),
];
