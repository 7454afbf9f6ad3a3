import { found, Mistake } from '../mistake.js';
import type { Card, Values } from '../model.js';
import { actionsOf, type CardInput, inputsOf } from './cards.js';

type Json = Readonly<Record<string, unknown>>;

export const pickAction = (card: Card, wanted: number | string): Json => {
  const actions = actionsOf(card);
  const action =
    typeof wanted === 'number'
      ? actions[wanted]
      : (actions.find(({ id, verb }) => id === wanted || verb === wanted) ??
        actions.find(({ title }) => title === wanted));
  return found(action, `button '${wanted}'; there are: ${actions.map(({ title }) => title).join(', ')}`);
};

const sentInputs = (card: Card, action: Json): CardInput[] =>
  action.associatedInputs === 'none' ? [] : inputsOf(card);

const entered = (input: CardInput, values: Values): string | undefined => {
  const given = values[input.id];
  if (given !== undefined) return typeof given === 'string' ? given : given.join(',');
  if (input.value !== undefined) return String(input.value);
  return input.type === 'Input.Toggle' ? String(input.valueOff ?? 'false') : undefined;
};

/** What Teams' own client says before it sends anything: required inputs and lengths. */
export const inputFault = (card: Card, action: Json, values: Values): string | undefined => {
  for (const input of sentInputs(card, action)) {
    const text = entered(input, values) ?? '';
    const { isRequired, maxLength, errorMessage, label } = input;
    const tooLong = typeof maxLength === 'number' && text.length > maxLength;
    if (tooLong || (isRequired === true && text === ''))
      return String(errorMessage ?? `'${label ?? input.id}' is required.`);
  }
  return undefined;
};

/** The action's own data together with every input of the card, as Teams merges them. */
export const submittedData = (card: Card, action: Json, values: Values): Json => {
  const inputs = sentInputs(card, action);
  const stray = Object.keys(values).find((key) => !inputs.some(({ id }) => id === key));
  if (stray !== undefined)
    throw new Mistake(400, `There is no input '${stray}'; there are: ${inputs.map(({ id }) => id).join(', ')}.`);
  const pairs = inputs.flatMap((input) => {
    const text = entered(input, values);
    return text === undefined ? [] : [[input.id, text] as const];
  });
  const own = typeof action.data === 'object' && action.data !== null ? (action.data as Json) : {};
  return { ...own, ...Object.fromEntries(pairs) };
};
