import type { KnownBlock } from '@slack/types';
import { createContext, useContext } from 'react';
import type { Values } from '../model.js';

/** Where blocks stand (a message, a dialog, the home): what has been filled in there, and what a press does. */
export interface Surface {
  readonly values: Values;
  /** By block_id. */
  readonly errors: Readonly<Record<string, string>>;
  readonly change: (key: string, value: string | readonly string[]) => void;
  readonly press: (control: Element, value?: string) => Promise<void>;
}

const SurfaceContext = createContext<Surface | undefined>(undefined);
export const SurfaceProvider = SurfaceContext.Provider;

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === undefined) throw new Error('a block was drawn outside of a surface');
  return surface;
}

/** An element as it came, read leniently: what the page does not know it says, instead of failing. */
export interface Element {
  readonly type: string;
  readonly [property: string]: unknown;
}

export interface Option {
  readonly text: string;
  readonly value: string;
  readonly description?: string;
}

export const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'text' in value ? text(value.text) : '';
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function option(raw: unknown): Option {
  const { text: label, value, description } = raw as { text?: unknown; value?: unknown; description?: unknown };
  const more = text(description);
  return { text: text(label), value: text(value), ...(more === '' ? {} : { description: more }) };
}

export function optionsOf(element: Element): readonly Option[] {
  const groups = list(element.option_groups).flatMap((group) => list((group as { options?: unknown }).options));
  return [...list(element.options), ...groups].map(option);
}

const INITIAL = ['initial_value', 'initial_date', 'initial_time', 'initial_user', 'initial_conversation'];

export function initialValue(element: Element): string | readonly string[] {
  if (Array.isArray(element.initial_options)) return element.initial_options.map((it) => option(it).value);
  if (Array.isArray(element.initial_users)) return element.initial_users.map(text);
  if (typeof element.initial_option === 'object') return option(element.initial_option).value;
  const key = INITIAL.find((name) => element[name] !== undefined);
  return key === undefined ? (isMultiple(element) ? [] : '') : text(element[key]);
}

export const isMultiple = ({ type }: Element): boolean => type === 'checkboxes' || type.startsWith('multi_');

/** Everything in blocks that can be pressed or filled in, in reading order: a press names its control by the place in here. */
export function controlsOf(blocks: readonly KnownBlock[]): readonly Element[] {
  return blocks
    .flatMap((block) => {
      if (block.type === 'section') return block.accessory ? [block.accessory as unknown as Element] : [];
      if (block.type === 'input') return [block.element as unknown as Element];
      return block.type === 'actions' ? (block.elements as unknown as readonly Element[]) : [];
    })
    .filter((element) => element.action_id !== undefined);
}

/** What was filled in, without fields that an update of the blocks has taken away. */
export function stillThere(values: Values, blocks: readonly KnownBlock[]): Values {
  const keys = new Set<unknown>(blocks.map((block) => block.block_id));
  for (const { action_id } of controlsOf(blocks)) keys.add(action_id);
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)));
}

/** Blocks have no identity that outlives an update but their place, and a control must not lose the focus by one. */
export const placed = <T>(items: readonly T[]): readonly { readonly place: string; readonly item: T }[] =>
  items.map((item, index) => ({ place: `${index}`, item }));
