import type { Field, FormView } from '../../core/view.js';
import { execute, rowsOf, submit } from './buttons.js';
import { inputId, outlineOf } from './forms.js';
import { limits } from './limits.js';
import { clean, cut } from './markup.js';
import type { Room, Setting } from './setting.js';
import { cardText, plainLine } from './spans.js';
import type { Binding } from './templates.js';

const drawSubmit = (form: FormView, { surface, once }: Setting, room: Room): Binding => {
  const title = plainLine(form.submit, limits.label);
  const own = { ...(form.subject && { subject: form.subject }), ...(form.carry && { carry: form.carry }) };
  const data = { ...own, form: outlineOf(form) };
  return surface === 'dialog'
    ? submit(title, form.id, { ...data, ...(once !== undefined && { once }) })
    : execute(title, form.id, data, room.copied ? data : own);
};

/** The first ones that there is room for, and the one that is chosen already, wherever it stands. */
const optionsOf = (field: Field, room: Room) => {
  if (field.kind !== 'choice') return [];
  const shown = field.options.slice(0, room.options);
  const chosen = field.options.find(({ value }) => value === field.value);
  return chosen && !shown.includes(chosen) ? [...shown, chosen] : shown;
};

const hintOf = (field: Field, shown: number, room: Room): string => {
  const all = field.kind === 'choice' ? field.options.length : 0;
  const cutOff = all > shown ? `Only ${shown} of ${all} fit here.` : '';
  return [cardText(field.hint ?? '', room.text), cutOff].filter(Boolean).join(' ');
};

const drawField = (field: Field, { problem }: Setting, room: Room): Binding => {
  const label = plainLine(field.label, limits.label);
  const options = optionsOf(field, room);
  const choices = options.map((option) => ({ title: plainLine(option.label, limits.label), value: option.value }));
  return {
    kind: field.kind,
    id: inputId(field.name),
    label,
    hint: hintOf(field, options.length, room),
    value: cut(clean(field.value ?? ''), room.value),
    required: field.required ?? false,
    missing: `'${label}' cannot be empty.`,
    problem: problem?.field === field.name ? cardText(problem.sentence, room.text) : '',
    ...(field.kind === 'text' ? { multiline: field.lines === 'many', max: field.max } : { choices }),
  };
};

/** All of a form but its title. */
export const bindForm = (whole: FormView, setting: Setting, room: Room): Binding => {
  const { problem } = setting;
  const fields = whole.fields.map((field) =>
    field.kind === 'choice' ? { ...field, options: optionsOf(field, room) } : field,
  );
  const atField = whole.fields.some((field) => field.name === problem?.field);
  return {
    problem: problem && !atField ? cardText(problem.sentence, room.text) : '',
    audience: cardText(whole.audience, room.text),
    fields: whole.fields.map((field) => drawField(field, setting, room)),
    rows: rowsOf([drawSubmit({ ...whole, fields }, setting, room)]),
  };
};
