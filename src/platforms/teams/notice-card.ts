import type { NoticeView, Span } from '../../core/view.js';
import { drawButtons } from './buttons.js';
import { copyId } from './forms.js';
import type { Room, Setting } from './setting.js';
import { cardText, plainText, spansOf } from './spans.js';
import type { Binding } from './templates.js';

type Paragraph = readonly Span[];

const isEmpty = (paragraph: Paragraph): boolean => plainText(paragraph, 1).trim() === '';

/** Cut at its empty lines. */
const paragraphsOf = (spans: readonly Span[]): readonly Paragraph[] => {
  const paragraphs: Span[][] = [[]];
  for (const span of spans) {
    const [first, ...others] = typeof span === 'string' ? span.split(/\n{2,}/) : [span];
    if (first !== undefined) paragraphs.at(-1)?.push(first);
    for (const other of others) paragraphs.push([other]);
  }
  return paragraphs.filter((paragraph) => !isEmpty(paragraph));
};

/** Long enough for anything that is written to be read by people. */
const longest = 100_000;

const announces = (paragraph: Paragraph | undefined): boolean =>
  paragraph !== undefined && plainText(paragraph, longest).trimEnd().endsWith(':');

/**
 * What is secret is handed on by whoever reads it: a paragraph after 'Send this to Nova:' stands in an input too, since
 * on a phone nothing else of a card can be copied.
 */
const partsOf = ({ text, secret }: NoticeView, room: Room): readonly Binding[] => {
  if (!secret) return [{ text: cardText(text, room.text), copy: '', id: '' }];
  const paragraphs = paragraphsOf(spansOf(text));
  return paragraphs.map((paragraph, at) => ({
    text: cardText(paragraph, room.text),
    copy: announces(paragraphs[at - 1]) ? plainText(paragraph, room.value).trim() : '',
    id: copyId(at),
  }));
};

/** All of a notice but its title. */
export const bindNotice = (view: NoticeView, setting: Setting, room: Room): Binding => ({
  parts: partsOf(view, room),
  rows: drawButtons(view.buttons, view.kind, setting),
});
