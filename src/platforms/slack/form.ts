/* A form as a modal: out with its fields, back with their values and where it was asked for. */
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { Spot } from '../../core/platform.js';
import type { Field, FormView, Subject } from '../../core/view.js';
import { contextsOf, plainText } from './blocks.js';
import { limits } from './limits.js';
import { label, plain } from './mrkdwn.js';
import { bareDress, beginning, clean } from './text.js';

/** Where a window was asked for. */
export type Origin = Pick<Spot, 'workspace' | 'conversation' | 'direct'>;

/** What travels in private_metadata: the sender of a window alone reads it, and Slack signs what comes back. */
export interface Luggage {
  readonly origin: Origin;
  readonly subject?: Subject;
  readonly carry?: Readonly<Record<string, string>>;
}

const luggage = z.object({
  origin: z.object({ workspace: z.string(), conversation: z.string(), direct: z.boolean() }),
  subject: z.object({ feature: z.string(), id: z.string() }).optional(),
  carry: z.record(z.string(), z.string()).optional(),
});

export const writeOrigin = ({ origin, subject, carry }: Luggage): string =>
  JSON.stringify({
    origin: { workspace: origin.workspace, conversation: origin.conversation, direct: origin.direct },
    subject,
    carry,
  });

export const readOrigin = (metadata: string | undefined): Luggage | undefined => {
  try {
    return luggage.safeParse(JSON.parse(metadata ?? '')).data;
  } catch {
    return undefined;
  }
};

const ELEMENT = 'value';

type Choice = Extract<Field, { kind: 'choice' }>;

/** A value too long for Slack would come back as something else, so its option is not offered; the chosen one always is. */
const optionsOf = (field: Choice): PlainTextOption[] => {
  const offered = field.options.filter(({ value }) => value !== '' && value.length <= limits.optionValue);
  const chosen = offered.findIndex(({ value }) => value === field.value);
  const shown = offered.slice(0, chosen < limits.options ? limits.options : limits.options - 1);
  const last = chosen < limits.options ? [] : offered.slice(chosen, chosen + 1);
  return [...shown, ...last].map((option) => ({
    text: plainText(label(option.label, limits.optionText)),
    value: option.value,
  }));
};

const choiceElement = (field: Choice, options: PlainTextOption[]): InputBlock['element'] => {
  const chosen = options.find(({ value }) => value === field.value);
  return { type: 'static_select', action_id: ELEMENT, options, ...(chosen ? { initial_option: chosen } : {}) };
};

/** What stands in the field comes back as the person's own words, so it is shortened without an ellipsis. */
const textElement = (field: Extract<Field, { kind: 'text' }>): InputBlock['element'] => {
  const given = clean(field.value ?? '');
  // Slack counts UTF-16 units and we characters: what was written once must fit again.
  const max = Math.max(1, Math.min(Math.max(field.max, given.length), limits.inputValue));
  const value = beginning(given, max, bareDress);
  return {
    type: 'plain_text_input',
    action_id: ELEMENT,
    multiline: field.lines === 'many',
    max_length: max,
    ...(value === '' ? {} : { initial_value: value }),
  };
};

const inputOf = (field: Field): KnownBlock[] => {
  const options = field.kind === 'choice' ? optionsOf(field) : [];
  if (field.kind === 'choice' && options.length === 0) return [];
  return [
    {
      type: 'input',
      block_id: field.name,
      label: plainText(label(field.label, limits.inputLabel)),
      element: field.kind === 'choice' ? choiceElement(field, options) : textElement(field),
      optional: !field.required,
      ...(field.hint ? { hint: plainText(plain(field.hint, limits.inputHint)) } : {}),
    },
  ];
};

export const drawForm = (form: FormView, origin: Origin): ModalView => ({
  type: 'modal',
  callback_id: form.id,
  title: plainText(label(form.title, limits.viewTitle)),
  submit: plainText(label(form.submit, limits.viewSubmit)),
  close: plainText('Cancel'),
  private_metadata: writeOrigin({ origin, subject: form.subject, carry: form.carry }),
  blocks: [...contextsOf([form.audience]), ...form.fields.flatMap(inputOf)].slice(0, limits.viewBlocks),
});

const state = z.object({
  values: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ value: z.string().nullish(), selected_option: z.object({ value: z.string() }).nullish() }),
    ),
  ),
});

/** Each field's value; empty where nothing was filled in. */
export const readValues = (submitted: unknown): Record<string, string> => {
  const { data } = state.safeParse(submitted);
  return Object.fromEntries(
    Object.entries(data?.values ?? {}).map(([field, elements]) => {
      const [element] = Object.values(elements);
      return [field, element?.value ?? element?.selected_option?.value ?? ''];
    }),
  );
};
