import { Mistake } from '../mistake.js';
import type { Values } from '../model.js';
import type { Control } from './reading.js';

type Json = Readonly<Record<string, unknown>>;
type Value = string | readonly string[];

export type StateValues = Record<string, Record<string, Json>>;

const optionsOf = (element: Json): Json[] => [
  ...((element.options as Json[] | undefined) ?? []),
  ...((element.option_groups as { options: Json[] }[] | undefined) ?? []).flatMap(({ options }) => options),
];

const chosen = (element: Json, value: string): Json => {
  const option = optionsOf(element).find((candidate) => candidate.value === value);
  if (!option) throw new Mistake(400, `'${element.action_id}' has no option '${value}'.`);
  return option;
};

const one = (value: Value | undefined): string | undefined => {
  const first = typeof value === 'string' ? value : value?.[0];
  return first === '' ? undefined : first;
};

const many = (value: Value | undefined): readonly string[] | undefined => (typeof value === 'string' ? [value] : value);

type Reader = (element: Json, value: Value | undefined) => Json;

const single =
  (key: string, initial: string): Reader =>
  (element, value) => ({ [key]: value === undefined ? (element[initial] ?? null) : (one(value) ?? null) });

const plural =
  (key: string, initial: string): Reader =>
  (element, value) => ({ [key]: many(value) ?? element[initial] ?? [] });

const oneOption: Reader = (element, value) => {
  const picked = one(value);
  if (picked !== undefined) return { selected_option: chosen(element, picked) };
  return { selected_option: value === undefined ? (element.initial_option ?? null) : null };
};

const manyOptions: Reader = (element, value) => ({
  selected_options: many(value)?.map((each) => chosen(element, each)) ?? element.initial_options ?? [],
});

const typed = single('value', 'initial_value');

/** How each control with a value says it, given what the person entered; nothing entered leaves what it opened with. */
const READERS: Readonly<Record<string, Reader>> = {
  plain_text_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  number_input: typed,
  static_select: oneOption,
  radio_buttons: oneOption,
  checkboxes: manyOptions,
  multi_static_select: manyOptions,
  users_select: single('selected_user', 'initial_user'),
  conversations_select: single('selected_conversation', 'initial_conversation'),
  channels_select: single('selected_channel', 'initial_channel'),
  multi_users_select: plural('selected_users', 'initial_users'),
  multi_conversations_select: plural('selected_conversations', 'initial_conversations'),
  multi_channels_select: plural('selected_channels', 'initial_channels'),
  datepicker: single('selected_date', 'initial_date'),
  timepicker: single('selected_time', 'initial_time'),
  datetimepicker: (element, value) => ({
    selected_date_time: one(value) === undefined ? (element.initial_date_time ?? null) : Number(one(value)),
  }),
  overflow: oneOption,
};

export const readControl = ({ element }: Control, value: Value | undefined): Json =>
  READERS[element.type]?.(element, value) ?? {};

/** `state.values` of a view or message. Unknown keys are a mistake: a test that misspells a field must not pass. */
export const stateValues = (controls: readonly Control[], values: Values): StateValues => {
  const known = new Set(controls.flatMap(({ blockId, element }) => [blockId, element.action_id]));
  const stray = Object.keys(values).find((key) => !known.has(key));
  if (stray !== undefined) throw new Mistake(400, `There is no field '${stray}'; there are: ${[...known].join(', ')}.`);
  const state: StateValues = {};
  for (const control of controls) {
    const { blockId, element } = control;
    if (element.type === 'button' || element.type === 'overflow' || !READERS[element.type]) continue;
    const value = values[element.action_id] ?? values[blockId];
    const block = state[blockId] ?? {};
    block[element.action_id] = { type: element.type, ...readControl(control, value) };
    state[blockId] = block;
  }
  return state;
};

const isEmpty = (entry: Json | undefined): boolean =>
  Object.entries(entry ?? {}).every(
    ([key, value]) => key === 'type' || value === null || (Array.isArray(value) && value.length === 0),
  );

const lengthFault = (element: Json, text: string): string | undefined => {
  const { min_length: min, max_length: max } = element;
  if (typeof max === 'number' && text.length > max) return `Must be ${max} characters or fewer.`;
  return typeof min === 'number' && text.length < min ? `Must be ${min} characters or more.` : undefined;
};

/** What Slack's own client says before it sends a form: required fields and lengths, by block_id. */
export const clientFaults = (
  controls: readonly Control[],
  optional: ReadonlySet<string>,
  state: StateValues,
): Record<string, string> => {
  const faults: Record<string, string> = {};
  for (const { blockId, element, input } of controls) {
    const entry = state[blockId]?.[element.action_id];
    if (!input) continue;
    if (isEmpty(entry)) {
      if (!optional.has(blockId)) faults[blockId] = 'Please complete this required field.';
      continue;
    }
    const fault = typeof entry?.value === 'string' ? lengthFault(element, entry.value) : undefined;
    if (fault) faults[blockId] = fault;
  }
  return faults;
};
