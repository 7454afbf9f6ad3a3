import { z } from 'zod';
import { LIMITS } from './limits.js';

/*
 * Block Kit's interactive elements, as Slack checks them: strict objects, so that a misspelt or misplaced field is named.
 */
const text = (max: number) => z.string().min(1).max(max);

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

const confirm = z.strictObject({
  title: plainText(LIMITS.confirmTitle),
  text: anyText(LIMITS.confirmText),
  confirm: plainText(LIMITS.confirmButton),
  deny: plainText(LIMITS.confirmButton),
  style: z.enum(['primary', 'danger']).optional(),
});

const option = z.strictObject({
  text: anyText(LIMITS.optionText),
  value: text(LIMITS.optionText),
  description: anyText(LIMITS.optionText).optional(),
  url: text(LIMITS.url).optional(),
});

const options = (max: number) => z.array(option).min(1).max(max);
const group = z.strictObject({ label: plainText(LIMITS.optionText), options: options(LIMITS.options) });

const choices = {
  options: options(LIMITS.options).optional(),
  option_groups: z.array(group).min(1).max(LIMITS.optionGroups).optional(),
};

const base = { action_id: text(LIMITS.id).optional(), confirm: confirm.optional() };
const field = { ...base, focus_on_load: z.boolean().optional() };
const prompted = { ...field, placeholder: plainText(LIMITS.placeholder).optional() };
const several = { ...prompted, max_selected_items: z.number().int().min(1).optional() };
const ids = z.array(z.string()).optional();
const id = z.string().optional();

const element = <T extends string, S extends z.core.$ZodShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

export const button = element('button', {
  ...base,
  text: plainText(LIMITS.buttonText),
  url: text(LIMITS.url).optional(),
  value: z.string().max(LIMITS.buttonValue).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: text(LIMITS.buttonText).optional(),
});

const image = element('image', {
  alt_text: text(LIMITS.imageText),
  image_url: text(LIMITS.url).optional(),
  slack_file: z.looseObject({}).optional(),
});

const selects = [
  element('static_select', { ...prompted, ...choices, initial_option: option.optional() }),
  element('multi_static_select', { ...several, ...choices, initial_options: z.array(option).min(1).optional() }),
  element('users_select', { ...prompted, initial_user: id }),
  element('multi_users_select', { ...several, initial_users: ids }),
  element('conversations_select', {
    ...prompted,
    initial_conversation: id,
    default_to_current_conversation: z.boolean().optional(),
    response_url_enabled: z.boolean().optional(),
    filter: z.looseObject({}).optional(),
  }),
  element('multi_conversations_select', {
    ...several,
    initial_conversations: ids,
    filter: z.looseObject({}).optional(),
  }),
  element('channels_select', { ...prompted, initial_channel: id, response_url_enabled: z.boolean().optional() }),
  element('multi_channels_select', { ...several, initial_channels: ids }),
] as const;

const pickers = [
  element('datepicker', {
    ...prompted,
    initial_date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  }),
  element('timepicker', {
    ...prompted,
    initial_time: z
      .string()
      .regex(/^\d{2}:\d{2}$/)
      .optional(),
    timezone: z.string().optional(),
  }),
  element('datetimepicker', { ...field, initial_date_time: z.number().int().optional() }),
  element('checkboxes', {
    ...field,
    options: options(LIMITS.checkboxes),
    initial_options: z.array(option).min(1).optional(),
  }),
  element('radio_buttons', { ...field, options: options(LIMITS.checkboxes), initial_option: option.optional() }),
] as const;

const overflow = element('overflow', { ...base, options: options(LIMITS.overflowOptions) });

const typed = {
  action_id: text(LIMITS.id).optional(),
  focus_on_load: z.boolean().optional(),
  placeholder: plainText(LIMITS.placeholder).optional(),
  initial_value: z.string().max(LIMITS.inputLength).optional(),
  dispatch_action_config: z.looseObject({}).optional(),
};

const inputs = [
  element('plain_text_input', {
    ...typed,
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(LIMITS.inputLength).optional(),
    max_length: z.number().int().min(1).max(LIMITS.inputLength).optional(),
  }),
  element('email_text_input', typed),
  element('url_text_input', typed),
  element('number_input', {
    ...typed,
    is_decimal_allowed: z.boolean(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  element('rich_text_input', { ...typed, initial_value: z.looseObject({}).optional() }),
  element('file_input', { action_id: text(LIMITS.id).optional(), filetypes: ids, max_files: z.number().optional() }),
] as const;

export const accessory = z.discriminatedUnion('type', [button, image, overflow, ...selects, ...pickers]);
export const actionElement = z.discriminatedUnion('type', [button, overflow, ...selects, ...pickers]);
export const inputElement = z.discriminatedUnion('type', [...inputs, ...selects, ...pickers]);
export const contextElement = z.discriminatedUnion('type', [
  image,
  plainText(LIMITS.fieldText),
  mrkdwn(LIMITS.fieldText),
]);
