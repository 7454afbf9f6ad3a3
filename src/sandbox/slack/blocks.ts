import { z } from 'zod';
import { accessory, actionElement, anyText, button, contextElement, inputElement, plainText } from './elements.js';
import { LIMITS } from './limits.js';

const base = { block_id: z.string().min(1).max(LIMITS.id).optional() };

const block = <T extends string, S extends z.core.$ZodShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...base, ...shape });

const everywhere = [
  block('section', {
    text: anyText(LIMITS.sectionText).optional(),
    fields: z.array(anyText(LIMITS.fieldText)).min(1).max(LIMITS.sectionFields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  }).refine((section) => section.text || section.fields, 'missing required field: text or fields'),
  block('divider', {}),
  block('header', { text: plainText(LIMITS.headerText) }),
  block('context', { elements: z.array(contextElement).min(1).max(LIMITS.contextElements) }),
  block('actions', { elements: z.array(actionElement).min(1).max(LIMITS.actionsElements) }),
  block('image', {
    alt_text: z.string().min(1).max(LIMITS.imageText),
    image_url: z.string().max(LIMITS.url).optional(),
    slack_file: z.looseObject({}).optional(),
    title: plainText(LIMITS.imageText).optional(),
  }),
  block('input', {
    label: plainText(LIMITS.inputLabel),
    element: inputElement,
    hint: plainText(LIMITS.inputLabel).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  block('rich_text', { elements: z.array(z.looseObject({ type: z.string() })) }),
] as const;

const inMessages = [
  block('markdown', { text: z.string().min(1).max(LIMITS.markdown) }),
  block('table', {
    rows: z
      .array(
        z
          .array(z.looseObject({ type: z.string() }))
          .min(1)
          .max(LIMITS.tableCells),
      )
      .min(1)
      .max(LIMITS.tableRows),
    column_settings: z.array(z.looseObject({})).max(LIMITS.tableCells).optional(),
  }),
  block('context_actions', { elements: z.array(button).min(1) }),
] as const;

const messageBlocks = z.array(z.discriminatedUnion('type', [...everywhere, ...inMessages])).max(LIMITS.messageBlocks);
const viewBlocks = z.array(z.discriminatedUnion('type', everywhere)).max(LIMITS.viewBlocks);

const words = plainText(LIMITS.modalWords);
const view = {
  blocks: viewBlocks,
  private_metadata: z.string().max(LIMITS.privateMetadata).optional(),
  callback_id: z.string().max(LIMITS.id).optional(),
  external_id: z.string().max(LIMITS.id).optional(),
};
const modal = z.strictObject({
  type: z.literal('modal'),
  ...view,
  title: words,
  submit: words.optional(),
  close: words.optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});
const home = z.strictObject({ type: z.literal('home'), ...view });

const pointer = (path: readonly PropertyKey[], root: string): string => `[json-pointer:${root}/${path.join('/')}]`;

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** One fault in Slack's words, with a pointer to the place. */
const sentence = (issue: z.core.$ZodIssue, value: unknown, root: string): string => {
  const { path } = issue;
  const here = pointer(path, root);
  const parent = pointer(path.slice(0, -1), root);
  if (issue.code === 'unrecognized_keys')
    return `[ERROR] invalid additional property: ${issue.keys.join(', ')} ${here}`;
  if (at(value, path) === undefined) return `[ERROR] missing required field: ${String(path.at(-1))} ${parent}`;
  if (issue.code === 'invalid_union') return `[ERROR] unsupported type: ${String(at(value, path))} ${here}`;
  if (issue.code === 'too_big' && issue.origin === 'array')
    return `[ERROR] no more than ${issue.maximum} items allowed ${here}`;
  if (issue.code === 'too_big') return `[ERROR] must be less than ${Number(issue.maximum) + 1} characters ${here}`;
  if (issue.code === 'too_small' && issue.origin === 'array')
    return `[ERROR] no fewer than ${issue.minimum} items allowed ${here}`;
  if (issue.code === 'too_small') return `[ERROR] must be more than ${Number(issue.minimum) - 1} characters ${here}`;
  return `[ERROR] ${issue.message} ${here}`;
};

type Json = Readonly<Record<string, unknown>>;

const interactiveOf = (item: Json): Json[] =>
  [item.accessory, item.element, ...(Array.isArray(item.elements) ? item.elements : [])].filter(
    (inner): inner is Json => typeof inner === 'object' && inner !== null && 'action_id' in inner,
  );

const repeated = (ids: readonly unknown[]): unknown =>
  ids.find((id, index) => id !== undefined && ids.indexOf(id) < index);

const repeats = (blocks: readonly Json[], root: string): string[] => {
  const block = repeated(blocks.map((item) => item.block_id));
  const faults = block === undefined ? [] : [`[ERROR] \`block_id\` ${block} already exists [json-pointer:${root}]`];
  for (const [index, item] of blocks.entries()) {
    const action = repeated(interactiveOf(item).map((element) => element.action_id));
    if (action !== undefined)
      faults.push(`[ERROR] \`action_id\` ${action} already exists [json-pointer:${root}/${index}/elements]`);
  }
  return faults;
};

const check = (schema: z.ZodType, value: unknown, root: string): string[] => {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => sentence(issue, value, root));
};

/** What Slack would find wrong with a message's blocks; empty when nothing is. */
export const messageFaults = (blocks: unknown): string[] => {
  const faults = check(messageBlocks, blocks, '/blocks');
  if (faults.length > 0) return faults;
  const items = blocks as readonly Json[];
  const markdown = items.reduce((sum, item) => sum + (item.type === 'markdown' ? String(item.text).length : 0), 0);
  const long =
    markdown > LIMITS.markdown ? [`[ERROR] markdown must be less than ${LIMITS.markdown + 1} characters`] : [];
  return [...repeats(items, '/blocks'), ...long];
};

/** What Slack would find wrong with a modal or a home; empty when nothing is. */
export const viewFaults = (value: unknown, type: 'modal' | 'home'): string[] => {
  const faults = check(type === 'modal' ? modal : home, value, '/view');
  if (faults.length > 0) return faults;
  const { blocks, submit } = value as { blocks: readonly Json[]; submit?: unknown };
  const dumb = type === 'modal' && submit === undefined && blocks.some((item) => item.type === 'input');
  return [
    ...repeats(blocks, '/view/blocks'),
    ...(dumb ? ['[ERROR] missing required field: submit [json-pointer:/view]'] : []),
  ];
};
