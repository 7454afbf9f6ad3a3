import { useState } from 'react';
import { Confirm, type ConfirmWords } from './confirm.js';
import { useDesk } from './desk.js';
import { Choices } from './slack-choices.js';
import { type Element, initialValue, isMultiple, optionsOf, text, useSurface } from './slack-surface.js';

/** Of an input block: its value is kept until the form is submitted. Without it, a choice is a press. */
export interface FieldPlace {
  readonly key: string;
  readonly labelId: string;
  readonly describedBy: string | undefined;
  readonly dispatches: boolean;
}

interface Props {
  readonly element: Element;
  readonly field?: FieldPlace;
}

export function SlackElement({ element, field }: Props) {
  if (element.type === 'button') return <SlackButton element={element} />;
  if (element.type === 'overflow') return <Overflow element={element} />;
  if (element.type === 'image') return <span className="picture">{text(element.alt_text)}</span>;
  return <Field element={element} {...(field && { field })} />;
}

function SlackButton({ element }: { readonly element: Element }) {
  const surface = useSurface();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setAsked(false);
    if (typeof element.url === 'string') window.open(element.url, '_blank', 'noopener,noreferrer');
    setBusy(true);
    await surface.press(element);
    setBusy(false);
  };
  const words = confirmOf(element);
  return (
    <>
      <button
        type="button"
        className={`button ${text(element.style)}`}
        aria-label={text(element.accessibility_label) || undefined}
        aria-busy={busy}
        disabled={busy}
        onClick={() => (words ? setAsked(true) : press())}
      >
        {text(element.text)}
      </button>
      {asked && words && <Confirm words={words} onYes={press} onNo={() => setAsked(false)} />}
    </>
  );
}

function confirmOf({ confirm }: Element): ConfirmWords | undefined {
  if (typeof confirm !== 'object' || confirm === null) return undefined;
  const raw = confirm as Record<string, unknown>;
  const danger = raw.style === 'danger';
  return { title: text(raw.title), text: text(raw.text), yes: text(raw.confirm), no: text(raw.deny), danger };
}

function Overflow({ element }: { readonly element: Element }) {
  const surface = useSurface();
  return (
    <select
      className="overflow"
      aria-label="More"
      value=""
      onChange={(event) => surface.press(element, event.target.value)}
    >
      <option value="">⋯</option>
      {optionsOf(element).map(({ value, text: label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

function Field({ element, field }: Props) {
  const surface = useSurface();
  const key = field?.key ?? text(element.action_id);
  const value = surface.values[key] ?? initialValue(element);
  const pick = (next: string | readonly string[]) => {
    surface.change(key, next);
    const presses = field === undefined || field.dispatches;
    if (presses) void surface.press(element, typeof next === 'string' ? next : next.join());
  };
  if (element.type.endsWith('select') || element.type === 'radio_buttons' || element.type === 'checkboxes') {
    return <Picker element={element} field={field} value={value} pick={pick} />;
  }
  return <TextField element={element} field={field} value={text(value)} pick={pick} />;
}

interface Filled<V> {
  readonly element: Element;
  readonly field: FieldPlace | undefined;
  readonly value: V;
  readonly pick: (value: string | readonly string[]) => void;
}

function Picker({ element, field, value, pick }: Filled<string | readonly string[]>) {
  const { state } = useDesk();
  const people = element.type.endsWith('users_select');
  const places = element.type.endsWith('conversations_select') || element.type.endsWith('channels_select');
  const options = people
    ? state.people.map(({ id, name }) => ({ value: id, text: name }))
    : places
      ? state.conversations.filter(({ name }) => name !== '').map(({ id, name }) => ({ value: id, text: `#${name}` }))
      : optionsOf(element);
  const boxes = element.type === 'radio_buttons' || isMultiple(element);
  if (boxes) {
    return (
      <Choices options={options} many={isMultiple(element)} chosen={value} pick={pick} labelledBy={field?.labelId} />
    );
  }
  return (
    <select
      className="field"
      aria-labelledby={field?.labelId}
      aria-label={field ? undefined : text(element.placeholder) || 'Choose'}
      aria-describedby={field?.describedBy}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => pick(event.target.value)}
    >
      <option value="">{text(element.placeholder) || 'Choose…'}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  datepicker: 'date',
  timepicker: 'time',
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
  plain_text_input: 'text',
};

function TextField({ element, field, value, pick }: Filled<string>) {
  const type = INPUT_TYPES[element.type];
  if (type === undefined) return <Undrawn what={element.type} />;
  const shared = {
    className: 'field',
    value,
    placeholder: text(element.placeholder),
    maxLength: typeof element.max_length === 'number' ? element.max_length : undefined,
    'aria-labelledby': field?.labelId,
    'aria-describedby': field?.describedBy,
    onChange: (event: { readonly target: { readonly value: string } }) => pick(event.target.value),
  };
  return element.multiline === true ? <textarea rows={4} {...shared} /> : <input type={type} {...shared} />;
}

export const Undrawn = ({ what }: { readonly what: string }) => (
  <p className="undrawn">The sandbox does not draw “{what}”. Slack does.</p>
);
