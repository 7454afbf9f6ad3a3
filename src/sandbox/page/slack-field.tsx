import { useDesk } from './desk.js';
import { Choices } from './slack-choices.js';
import { type Element, initialValue, isMultiple, optionsOf, text, useSurface } from './slack-surface.js';
import { Undrawn } from './undrawn.js';

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

export function SlackField({ element, field }: Props) {
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
