import type { Button, Text, View } from '../../../src/core/view.js';
import { limits } from './limits.js';

export interface Message {
  readonly text: string;
  readonly buttons: readonly Button[];
}

/** This chat has no markup to escape; one that has escapes here. */
const flat = (text: Text): string =>
  (typeof text === 'string' ? [text] : text)
    .map((span) => {
      if (typeof span === 'string') return span;
      if ('mention' in span) return `@${span.name}`;
      if ('day' in span) return span.day;
      return new Date(span.moment).toLocaleString('en-GB', { timeZone: span.zone, timeZoneName: 'short' });
    })
    .join('');

const linesOf = (view: View): string[] => {
  switch (view.kind) {
    case 'notice':
      return [flat(view.text)];
    case 'record':
      return [
        `${view.label} ${view.title}`,
        ...view.facts.map(({ label, text }) => `${label}: ${flat(text)}`),
        ...view.footer.map(flat),
      ];
    case 'list':
      return [view.title, ...view.items.map(({ title, text }) => `- ${title} ${text ? flat(text) : ''}`)];
    case 'form':
      return [view.title, view.audience, ...view.fields.map(({ label }) => `${label}?`)];
    case 'file':
      // Words only: this chat takes no files, so it says what is waiting elsewhere.
      return [view.title, flat(view.text), view.file.name];
    default:
      return view satisfies never;
  }
};

export const render = (view: View): Message => ({
  text: linesOf(view).join('\n').slice(0, limits.text),
  buttons: 'buttons' in view ? (view.buttons ?? []) : [],
});
