/* Lists that are longer than a chat takes in one message or window, page by page. */
import type { ListItem } from '../../core/view.js';

export interface PageLimits {
  readonly items: number;
  readonly letters: number;
}

/** Of a moment, a day or a mention, as chats write them out. */
const SPAN = 40;

/** In letters, about. */
export const lengthOf = ({ title, text = '', buttons = [] }: ListItem): number =>
  [title, ...buttons.map(({ label }) => label), ...[text].flat()].reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? piece.length : SPAN),
    0,
  );

/** In their order; an item that is too long by itself has a page of its own. */
export const itemPages = (all: readonly ListItem[], most: PageLimits): readonly (readonly ListItem[])[] => {
  const pages: ListItem[][] = [];
  let letters = 0;
  for (const item of all) {
    const page = pages.at(-1);
    letters += lengthOf(item);
    if (page && page.length < most.items && letters <= most.letters) {
      page.push(item);
      continue;
    }
    pages.push([item]);
    letters = lengthOf(item);
  }
  return pages;
};
