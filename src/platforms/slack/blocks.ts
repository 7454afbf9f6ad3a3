/* Block Kit's few pieces that we use, each within its own limits, and how many of them fit. */
import type { ActionsBlock, Button as ButtonElement, KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/types';
import type { Button, Fact, Text } from '../../core/view.js';
import { limits } from './limits.js';
import { label, mrkdwn, words } from './mrkdwn.js';
import { actionIds, fitsSlack, loadOf } from './press.js';
import { oneLine } from './text.js';

export const plainText = (text: string): PlainTextElement => ({ type: 'plain_text', text, emoji: false });

/** `verbatim` keeps Slack from finding channels and people in what somebody wrote. */
export const markedText = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

export const headerOf = (text: Text): KnownBlock => ({ type: 'header', text: plainText(label(text, limits.header)) });

/** The title after its label, each keeping its own direction. */
export const labelledHeaderOf = (name: string, title: string): KnownBlock => {
  const first = label(name, limits.headerLabel);
  return { type: 'header', text: plainText(`${first} ${label(title, limits.header - first.length - 1)}`) };
};

export const sectionOf = (text: Text): KnownBlock => ({
  type: 'section',
  text: markedText(mrkdwn(text, limits.section)),
});

export const contextsOf = (lines: readonly Text[]): KnownBlock[] =>
  lines.length === 0
    ? []
    : [
        {
          type: 'context',
          // One element, since Slack sets several side by side with nothing between them.
          elements: [
            markedText(
              lines
                .slice(0, limits.footerLines)
                .map((line) => mrkdwn(line, limits.footerLine))
                .join('\n'),
            ),
          ],
        },
      ];

/** '*Title*' on a line of its own, then the text. */
export const titled = (title: string, text: Text | undefined, limit: number): string => {
  const first = `*${mrkdwn(oneLine(title), limits.header)}*`;
  return text === undefined ? first : `${first}\n${mrkdwn(text, limit - first.length - 1)}`;
};

const buttonOf = (button: Button, actionId: string): ButtonElement => {
  const value = loadOf(button);
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(label(button.label, limits.buttonText)),
    ...(value === undefined ? {} : { value }),
    ...(button.style === undefined ? {} : { style: button.style }),
  };
};

export const buttonsOf = (buttons: readonly Button[] = []): ButtonElement[] => {
  const shown = buttons.filter(fitsSlack).slice(0, limits.actionsElements);
  const ids = actionIds(shown);
  return shown.map((button, at) => buttonOf(button, ids[at] ?? button.id));
};

export const actionsOf = (buttons: readonly Button[] = []): KnownBlock[] => {
  const elements: ActionsBlock['elements'] = buttonsOf(buttons);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
};

/** Something that is shown whole or not at all; `count` is how many things a reader misses without it. */
export interface Part {
  readonly blocks: readonly KnownBlock[];
  readonly count: number;
}

const isShort = ({ text }: Fact): boolean => {
  const said = words(text).trim();
  return said.length <= limits.shortFact && !said.includes('\n');
};

/** '*Label:* text' on a line of its own. */
const lineOf = (fact: Fact): string =>
  `*${mrkdwn(oneLine(fact.label), limits.header)}:* ${mrkdwn(fact.text, limits.field)}`;

/**
 * Short facts are lines of one section, a long one has a section with its label above it. Order is kept. Never Slack's
 * two-column fields: half a phone's width breaks every name, and a fact that is left over keeps half the width.
 */
export const factParts = (facts: readonly Fact[]): Part[] => {
  const parts: Part[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0)
      parts.push({ blocks: [{ type: 'section', text: markedText(lines.join('\n')) }], count: lines.length });
    lines = [];
  };
  for (const fact of facts) {
    if (isShort(fact)) {
      const line = lineOf(fact);
      if ([...lines, line].join('\n').length > limits.section) flush();
      lines.push(line);
    } else {
      flush();
      const text = titled(fact.label, fact.text, limits.field);
      parts.push({ blocks: [{ type: 'section', text: markedText(text) }], count: 1 });
    }
  }
  flush();
  return parts;
};

/** How much one surface holds. */
export interface Room {
  readonly blocks: number;
  /** All text together. */
  readonly sum: number;
}

export const messageRoom: Room = { blocks: limits.messageBlocks, sum: limits.messageSum };
export const viewRoom: Room = { blocks: limits.viewBlocks, sum: limits.viewSum };

/** Characters that readers see, wherever in a block they stand. */
export const textIn = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (key === 'text' && typeof inner === 'string' ? inner.length : textIn(inner)),
    0,
  );
};

/** As many parts as fit between what must be shown, and a line that counts the rest. */
export const pack = (
  head: readonly KnownBlock[],
  parts: readonly Part[],
  tail: readonly KnownBlock[],
  room: Room,
): KnownBlock[] => {
  const more = (count: number): KnownBlock => ({ type: 'context', elements: [plainText(`and ${count} more`)] });
  let blocks = room.blocks - head.length - tail.length - 1;
  let sum = room.sum - textIn(head) - textIn(tail) - textIn(more(9_999));
  const taken: KnownBlock[] = [];
  for (const [at, part] of parts.entries()) {
    blocks -= part.blocks.length;
    sum -= textIn(part.blocks);
    if (blocks < 0 || sum < 0) {
      const missed = parts.slice(at).reduce((count, { count: one }) => count + one, 0);
      return [...head, ...taken, more(missed), ...tail];
    }
    taken.push(...part.blocks);
  }
  return [...head, ...taken, ...tail];
};
