import type { KnownBlock } from '@slack/types';
import { pingsOf } from './text.js';

type Json = Readonly<Record<string, unknown>>;

/** Parts of a block that nobody sees until they click. */
const HIDDEN = new Set(['options', 'option_groups', 'confirm', 'initial_option', 'initial_options']);

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** All texts of a block in reading order; `mrkdwn` says whether control sequences count in it. */
const textsOf = (value: unknown): { readonly text: string; readonly mrkdwn: boolean }[] => {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isJson(value)) return [];
  if (value.type === 'user') return [{ text: `<@${value.user_id}>`, mrkdwn: true }];
  if (value.type === 'broadcast') return [{ text: `<!${value.range}>`, mrkdwn: true }];
  if (typeof value.text === 'string')
    return [{ text: value.text, mrkdwn: value.type === 'mrkdwn' || value.type === 'markdown' }];
  return Object.entries(value).flatMap(([key, inner]) => (HIDDEN.has(key) ? [] : textsOf(inner)));
};

/** What somebody reads of blocks, one line per text. */
export const blocksPlain = (blocks: readonly unknown[], plain: (mrkdwn: string) => string): string =>
  blocks
    .flatMap(textsOf)
    .map(({ text, mrkdwn }) => (mrkdwn ? plain(text) : text))
    .join('\n');

/** Whom a message notifies, in its text (which the notification shows) or its blocks. */
export const messagePings = (text: string, blocks: readonly unknown[]): string[] => [
  ...new Set([
    ...pingsOf(text),
    ...blocks
      .flatMap(textsOf)
      .filter(({ mrkdwn }) => mrkdwn)
      .flatMap(({ text: inner }) => pingsOf(inner)),
  ]),
];

const withId = <T extends Json>(element: T, id: string): T =>
  element.action_id === undefined && element.type !== 'image' && typeof element.type === 'string'
    ? { ...element, action_id: id }
    : element;

/** Slack gives an id to every block and control that came without one. */
export const named = (blocks: readonly unknown[], salt: string): KnownBlock[] =>
  blocks.map((item, index) => {
    const block = item as Json;
    const id = (part: number) => `${salt}${index}${String.fromCharCode(97 + part)}`;
    const parts: Record<string, unknown> = {};
    if (isJson(block.accessory)) parts.accessory = withId(block.accessory, id(0));
    if (isJson(block.element)) parts.element = withId(block.element, id(0));
    if (block.type === 'actions' && Array.isArray(block.elements))
      parts.elements = block.elements.map((element: Json, part) => withId(element, id(part)));
    return { block_id: `${salt}${index}`, ...block, ...parts } as unknown as KnownBlock;
  });

/** A control with the block that it stands in. */
export interface Control {
  readonly blockId: string;
  readonly element: Json & { readonly type: string; readonly action_id: string };
  readonly input: boolean;
}

/** Everything in blocks that can be pressed or filled in, in reading order. */
export const controlsOf = (blocks: readonly unknown[]): Control[] =>
  (blocks as readonly Json[]).flatMap((block) =>
    [block.accessory, block.element, ...(block.type === 'actions' ? (block.elements as unknown[]) : [])]
      .filter((element): element is Control['element'] => isJson(element) && typeof element.action_id === 'string')
      .map((element) => ({ blockId: String(block.block_id), element, input: block.type === 'input' })),
  );
