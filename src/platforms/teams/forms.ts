/*
 * A form travels with its own submission, so that a refused one can be shown again, whichever replica takes it. What
 * comes back is the presser's to change, so it is parsed, and shown to nobody but the presser.
 */
import { z } from 'zod';
import type { Field, FormView, InteractionId, Subject } from '../../core/view.js';
import { clean } from './markup.js';

const fieldBase = {
  name: z.string().max(100),
  label: z.string(),
  hint: z.string().optional(),
  required: z.boolean().optional(),
};

const fieldSchema = z.discriminatedUnion('kind', [
  z.object({ ...fieldBase, kind: z.literal('text'), lines: z.enum(['one', 'many']), max: z.number().int().positive() }),
  z.object({
    ...fieldBase,
    kind: z.literal('choice'),
    /** Value and label: a form may have hundreds of them. */
    options: z.array(z.tuple([z.string(), z.string()])),
  }),
]);

const formSchema = z.object({
  title: z.string(),
  submit: z.string(),
  audience: z.string(),
  fields: z.array(fieldSchema).max(100),
});

/** A form without its values, its interaction, its subject and what it carries: those travel beside it. */
export type Outline = z.output<typeof formSchema>;

const withoutValue = ({ value: _, ...field }: Field): Outline['fields'][number] =>
  field.kind === 'choice' ? { ...field, options: field.options.map(({ value, label }) => [value, label]) } : field;

const withValue = (field: Outline['fields'][number], value: string): Field =>
  field.kind === 'choice'
    ? { ...field, value, options: field.options.map(([option, label]) => ({ value: option, label })) }
    : { ...field, value };

export const outlineOf = (form: FormView): Outline => ({
  title: form.title,
  submit: form.submit,
  audience: form.audience,
  fields: form.fields.map(withoutValue),
});

export interface Submission {
  readonly interaction: InteractionId;
  readonly subject?: Subject;
  readonly carry: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

/** The form as it was submitted, with what was typed. */
export const formAgain = (outline: Outline, { interaction, subject, carry, values }: Submission): FormView => ({
  kind: 'form',
  id: interaction,
  title: outline.title,
  submit: outline.submit,
  audience: outline.audience,
  ...(subject && { subject }),
  carry,
  fields: outline.fields.map((field) => withValue(field, values[field.name] ?? '')),
});

/** Keys of our own beside a form's values in a submission. */
const reserved = new Set(['interaction', 'subject', 'card', 'carry', 'view', 'form', 'once', 'msteams']);

/** The id of a field's input, out of the way of our own keys. */
export const inputId = (name: string): string => (reserved.has(name) ? `${name}_` : name);

const nameOf = (id: string): string => (reserved.has(id.slice(0, -1)) && id.endsWith('_') ? id.slice(0, -1) : id);

const COPY = 'entente.copy.';

/** The id of an input that is there to be copied from; what it holds is no answer. */
export const copyId = (at: number): string => `${COPY}${at}`;

const subjectSchema = z.object({ feature: z.string(), id: z.string() });

/** What a button sends of ours; the values of inputs stand beside these keys. */
export const submissionSchema = z.object({
  interaction: z.string().regex(/^[\w-]+\.[\w-]+$/),
  subject: subjectSchema.optional(),
  /** The card that a list is. */
  card: subjectSchema.optional().catch(undefined),
  carry: z.record(z.string(), z.string()).optional(),
  /** What the button stood on, where that was not the card of its subject. */
  view: z.enum(['notice', 'list', 'home']).optional().catch(undefined),
  form: formSchema.optional().catch(undefined),
  once: z.string().max(100).optional(),
});

/** What was typed and chosen, by field. */
export const readFields = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([id, value]) =>
      reserved.has(id) || id.startsWith(COPY) || !['string', 'number', 'boolean'].includes(typeof value)
        ? []
        : [[nameOf(id), clean(String(value))]],
    ),
  );
