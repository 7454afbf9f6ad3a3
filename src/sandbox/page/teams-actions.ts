import type { Card } from '../model.js';

/** Keys that hold no button: what a button sends, and the action that a client runs by itself. */
const OPAQUE = new Set(['data', 'msteams', 'refresh']);

/**
 * The same card with each button's place among all its buttons, in reading order, as the button's id: a verb or a title
 * may stand on several.
 */
export function numberActions(card: Card): Card {
  let count = 0;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const id = isAction(value) ? { id: `${count++}` } : {};
    const inner = Object.entries(value).map(([key, part]) => [key, OPAQUE.has(key) ? part : walk(part)]);
    return { ...Object.fromEntries(inner), ...id };
  };
  return walk(card) as Card;
}

const isAction = (value: object): boolean =>
  'type' in value && typeof value.type === 'string' && value.type.startsWith('Action.');
