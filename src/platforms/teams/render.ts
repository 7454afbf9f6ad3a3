import type { Button, Fact, Field, FormView, ListItem, RecordView, View } from '../../core/view.js';
import { inputId, outlineOf } from './forms.js';
import { limits } from './limits.js';
import { clean, cut, escapeMarkdown } from './markup.js';
import { cardLine, cardText, plainLine, plainText } from './spans.js';
import { type Binding, type Card, loadTemplates } from './templates.js';

export interface Setting {
  /** Dialogs know nothing but Action.Submit; messages want Action.Execute, which can answer with a card. */
  readonly surface: 'message' | 'dialog';
  /** The same for each submission of this form, so that a client's retry is no second submission. */
  readonly once?: string;
  /** Why the form was refused: shown at its field, or above all of them. */
  readonly problem?: { readonly sentence: string; readonly field?: string };
  /** The list is the home: what is pressed on it is answered with the home as it is then. */
  readonly home?: true;
}

export type Draw = (view: View, setting?: Setting) => Card;

/** How much of everything is shown: characters of a text and of a field's value, things in a row. */
interface Room {
  readonly text: number;
  readonly value: number;
  readonly many: number;
}

/** Tried in turn until the card fits. */
const rooms: readonly Room[] = [
  { text: 8_000, value: 12_000, many: 50 },
  { text: 4_000, value: 8_000, many: 50 },
  { text: 2_000, value: 4_000, many: 40 },
  { text: 1_000, value: 2_000, many: 30 },
  { text: 400, value: 1_000, many: 20 },
  { text: 100, value: 500, many: 10 },
];

const press = ({ subject, carry }: Button, on: View['kind'], { home }: Setting): Binding => ({
  ...(subject && { subject }),
  ...(carry && { carry }),
  ...((on === 'notice' || on === 'list') && { view: home && on === 'list' ? 'home' : on }),
});

const submit = (title: string, interaction: string, data: Binding) => ({
  type: 'Action.Submit',
  title,
  data: { interaction, ...data },
});

/** Clients too old for Action.Execute send the fallback's data as a message. */
const execute = (title: string, interaction: string, data: Binding) => ({
  type: 'Action.Execute',
  title,
  verb: interaction,
  data,
  fallback: submit(title, interaction, data),
});

const drawButton = (button: Button, on: View['kind'], setting: Setting) => {
  const { surface } = setting;
  const data = press(button, on, setting);
  const title = plainLine(button.label, limits.label);
  if (surface === 'dialog') return submit(title, button.id, data);
  if (button.opensWindow) return submit(title, button.id, { msteams: { type: 'task/fetch' }, ...data });
  return execute(title, button.id, data);
};

/** In rows, since Teams shows only the first few actions of a set. */
const rowsOf = (actions: readonly Binding[]): readonly Binding[] =>
  Array.from({ length: Math.ceil(actions.length / limits.buttons) }, (_, row) => ({
    actions: actions.slice(row * limits.buttons, (row + 1) * limits.buttons),
  }));

const drawButtons = (buttons: readonly Button[] | undefined, on: View['kind'], setting: Setting) =>
  rowsOf((buttons ?? []).slice(0, limits.rows * limits.buttons).map((button) => drawButton(button, on, setting)));

const drawSubmit = (form: FormView, { surface, once }: Setting) => {
  const title = plainLine(form.submit, limits.label);
  const data = {
    ...(form.subject && { subject: form.subject }),
    ...(form.carry && { carry: form.carry }),
    form: outlineOf(form),
  };
  return surface === 'dialog'
    ? submit(title, form.id, { ...data, ...(once !== undefined && { once }) })
    : execute(title, form.id, data);
};

const drawField = (field: Field, { problem }: Setting, room: Room): Binding => {
  const label = plainLine(field.label, limits.label);
  const choices =
    field.kind === 'choice' &&
    field.options.map((option) => ({ title: plainLine(option.label, limits.label), value: option.value }));
  return {
    kind: field.kind,
    id: inputId(field.name),
    label,
    hint: cardText(field.hint ?? '', room.text),
    value: cut(clean(field.value ?? ''), room.value),
    required: field.required ?? false,
    missing: `'${label}' cannot be empty.`,
    problem: problem?.field === field.name ? cardText(problem.sentence, room.text) : '',
    ...(field.kind === 'text' && { multiline: field.lines === 'many', max: field.max }),
    ...(choices && { choices }),
  };
};

/** A dialog has its title in its frame. */
const titleOn = (surface: Setting['surface'], title: string): string =>
  surface === 'dialog' ? '' : cardLine(title, limits.label);

const bindForm = (form: FormView, setting: Setting, room: Room): Binding => {
  const { surface, problem } = setting;
  const atField = form.fields.some((field) => field.name === problem?.field);
  return {
    title: titleOn(surface, form.title),
    problem: problem && !atField ? cardText(problem.sentence, room.text) : '',
    audience: cardText(form.audience, room.text),
    fields: form.fields.map((field) => drawField(field, setting, room)),
    rows: rowsOf([drawSubmit(form, setting)]),
  };
};

/** The status stands on the card once: where the feature put it, or else first. */
const factsOf = (view: RecordView, room: Room): readonly Fact[] => {
  const facts = view.facts.slice(0, room.many);
  const said = facts.some((fact) => fact.label === 'Status');
  return said ? facts : [{ label: 'Status', text: view.status }, ...facts];
};

const isShort = ({ text }: Fact): boolean => {
  const said = plainText(text, 2 * limits.shortFact).trim();
  return said.length <= limits.shortFact && !said.includes('\n');
};

/** A label that breaks would make two lines of one fact. */
const drawLabel = (label: string): string => {
  const line = cardLine(label, limits.label);
  return line.length <= limits.shortLabel ? line.replaceAll(' ', '\u00a0') : line;
};

/** Short facts stand together beside their labels; a long one has the card's whole width below its label. */
const drawFacts = (facts: readonly Fact[], room: Room): Binding[] => {
  const groups: { label: string; text: string; facts: Binding[] }[] = [];
  for (const fact of facts) {
    const value = cardText(fact.text, room.text);
    const last = groups.at(-1);
    if (!isShort(fact)) groups.push({ label: cardLine(fact.label, limits.label), text: value, facts: [] });
    else if (last?.facts.length) last.facts.push({ label: drawLabel(fact.label), value });
    else groups.push({ label: '', text: '', facts: [{ label: drawLabel(fact.label), value }] });
  }
  return groups;
};

const drawItem = (item: ListItem, setting: Setting, room: Room): Binding => ({
  title: cardLine(item.title, room.text),
  text: cardText(item.text ?? '', room.text),
  rows: drawButtons(item.buttons, 'list', setting),
});

const moreOf = (hidden: number): string =>
  hidden === 1 ? 'One more does not fit here.' : `${hidden} more do not fit here.`;

const bind = (view: View, setting: Setting, room: Room): Binding => {
  switch (view.kind) {
    case 'notice':
      return {
        title: titleOn(setting.surface, view.title ?? ''),
        text: cardText(view.text, room.text),
        rows: drawButtons(view.buttons, view.kind, setting),
      };
    case 'record':
      return {
        label: cardLine(view.label, limits.label),
        title: cardLine(view.title, room.text),
        groups: drawFacts(factsOf(view, room), room),
        footer: view.footer.slice(0, room.many).map((text) => ({ text: cardText(text, room.text) })),
        rows: drawButtons(view.buttons, view.kind, setting),
      };
    case 'list': {
      const hidden = view.items.length - room.many;
      return {
        title: titleOn(setting.surface, view.title),
        intro: cardText(view.intro ?? '', room.text),
        items: view.items.slice(0, room.many).map((item) => drawItem(item, setting, room)),
        empty: cardText(view.empty, room.text),
        more: hidden > 0 ? moreOf(hidden) : '',
        rows: drawButtons(view.buttons, view.kind, setting),
      };
    }
    case 'form':
      return bindForm(view, setting, room);
    default:
      return view satisfies never;
  }
};

/** What reads well where no card is shown. */
export const summaryOf = (view: View): string => {
  switch (view.kind) {
    case 'notice':
      return plainText(view.text, limits.summary);
    case 'record':
      return plainText(view.summary, limits.summary);
    case 'list':
    case 'form':
      return plainText(view.title, limits.summary);
    default:
      return view satisfies never;
  }
};

/** Bytes as Teams counts them. */
export const bytesOf = (card: Card): number => 2 * JSON.stringify(card).length;

const tooLarge: View = { kind: 'notice', text: 'This is too large to be shown on Teams.' };

/** Draws each kind of view as a card that Teams takes, whatever is in it. */
export const createDraw = (): Draw => {
  const fill = loadTemplates();
  const draw: Draw = (view, setting = { surface: 'message' }) => {
    const summary = escapeMarkdown(summaryOf(view));
    for (const room of rooms) {
      const card = fill(view.kind, { summary, ...bind(view, setting, room) });
      if (bytesOf(card) <= limits.cardBytes) return card;
    }
    return draw(tooLarge);
  };
  return draw;
};
