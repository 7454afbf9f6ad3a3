import type { Fact, ListItem, RecordView, View } from '../../core/view.js';
import { drawButtons } from './buttons.js';
import { bindForm } from './form-card.js';
import { limits } from './limits.js';
import { escapeMarkdown } from './markup.js';
import { bindNotice } from './notice-card.js';
import { type Room, rooms, type Setting } from './setting.js';
import { cardLine, cardText, messageLink, plainText } from './spans.js';
import { type Binding, type Card, loadTemplates } from './templates.js';

export type Draw = (view: View, setting?: Setting) => Card;

/** A dialog has its title in its frame. */
const titleOn = (surface: Setting['surface'], title: string): string =>
  surface === 'dialog' ? '' : cardLine(title, limits.label);

/** The status stands on the card once: where the feature put it, or else first. */
const factsOf = (view: RecordView, room: Room): readonly Fact[] => {
  const facts = view.facts.slice(0, room.many);
  const said = facts.some((fact) => fact.label === 'Status');
  return said ? facts : [{ label: 'Status', text: view.status }, ...facts];
};

const isShort = ({ text }: Fact): boolean => {
  const said = plainText(text, 2 * limits.shortFact).trim();
  return said.length <= limits.shortFact && !said.includes('\n');
};

/** A label that breaks would make two lines of one fact. */
const drawLabel = (label: string): string => {
  const line = cardLine(label, limits.label);
  return line.length <= limits.shortLabel ? line.replaceAll(' ', '\u00a0') : line;
};

/** Short facts stand together beside their labels; a long one has the card's whole width below its label. */
const drawFacts = (facts: readonly Fact[], room: Room): Binding[] => {
  const groups: { label: string; text: string; facts: Binding[] }[] = [];
  for (const fact of facts) {
    const link = messageLink(fact.text);
    const value = link ?? cardText(fact.text, room.text);
    const last = groups.at(-1);
    if (!link && !isShort(fact)) groups.push({ label: cardLine(fact.label, limits.label), text: value, facts: [] });
    else if (last?.facts.length) last.facts.push({ label: drawLabel(fact.label), value });
    else groups.push({ label: '', text: '', facts: [{ label: drawLabel(fact.label), value }] });
  }
  return groups;
};

const drawItem = (item: ListItem, setting: Setting, room: Room): Binding => ({
  title: cardLine(item.title, room.text),
  text: cardText(item.text ?? '', room.text),
  rows: drawButtons(item.buttons, 'list', setting),
});

const moreOf = (hidden: number): string =>
  hidden === 1 ? 'One more does not fit here.' : `${hidden} more do not fit here.`;

const bind = (view: View, setting: Setting, room: Room): Binding => {
  switch (view.kind) {
    case 'notice':
      return { title: titleOn(setting.surface, view.title ?? ''), ...bindNotice(view, setting, room) };
    case 'record':
      return {
        label: cardLine(view.label, limits.label),
        title: cardLine(view.title, room.text),
        groups: drawFacts(factsOf(view, room), room),
        footer: view.footer.slice(0, room.many).map((text) => ({ text: cardText(text, room.text) })),
        rows: drawButtons(view.buttons, view.kind, setting),
      };
    case 'list': {
      const hidden = view.items.length - room.many;
      const on = view.subject ? { ...setting, card: view.subject } : setting;
      return {
        title: titleOn(setting.surface, view.title),
        intro: cardText(view.intro ?? '', room.text),
        items: view.items.slice(0, room.many).map((item) => drawItem(item, on, room)),
        empty: cardText(view.empty, room.text),
        more: hidden > 0 ? moreOf(hidden) : '',
        rows: drawButtons(view.buttons, view.kind, on),
      };
    }
    case 'form':
      return { title: titleOn(setting.surface, view.title), ...bindForm(view, setting, room) };
    case 'file':
      return {
        title: titleOn(setting.surface, view.title),
        ...bindNotice({ kind: 'notice', text: view.text }, setting, room),
      };
    default:
      return view satisfies never;
  }
};

/** What reads well where no card is shown. */
export const summaryOf = (view: View): string => {
  switch (view.kind) {
    case 'notice':
      return plainText(view.text, limits.summary);
    case 'record':
      return plainText(view.summary, limits.summary);
    case 'list':
    case 'form':
    case 'file':
      return plainText(view.title, limits.summary);
    default:
      return view satisfies never;
  }
};

/** Bytes as Teams counts them. */
export const bytesOf = (card: Card): number => 2 * JSON.stringify(card).length;

const tooLarge: View = { kind: 'notice', text: 'This is too large to be shown on Teams.' };

/** Draws each kind of view as a card that Teams takes, whatever is in it. */
export const createDraw = (): Draw => {
  const fill = loadTemplates();
  const draw: Draw = (view, setting = { surface: 'message' }) => {
    const summary = escapeMarkdown(summaryOf(view));
    for (const room of rooms) {
      const card = fill(view.kind, { summary, ...bind(view, setting, room) });
      if (bytesOf(card) <= limits.cardBytes) return card;
    }
    return draw(tooLarge);
  };
  return draw;
};
