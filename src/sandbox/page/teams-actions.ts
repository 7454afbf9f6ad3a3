import type { Card } from '../model.js';

/** The same card with each action's place among all actions as its id: a verb alone may stand on several buttons. */
export function numberActions(card: Card): Card {
  let count = 0;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const id = isAction(value) ? { id: `${count++}` } : {};
    return { ...Object.fromEntries(entries.map(([key, inner]) => [key, key === 'data' ? inner : walk(inner)])), ...id };
  };
  return walk(card) as Card;
}

const isAction = (value: object): boolean =>
  'type' in value && typeof value.type === 'string' && value.type.startsWith('Action.');
