import { useId } from 'react';
import type { Option } from './slack-surface.js';

interface Props {
  readonly options: readonly Option[];
  readonly many: boolean;
  readonly chosen: string | readonly string[];
  readonly pick: (value: string | readonly string[]) => void;
  readonly labelledBy: string | undefined;
}

/** Radio buttons, or checkboxes where several may be chosen. */
export function Choices({ options, many, chosen, pick, labelledBy }: Props) {
  const name = useId();
  const has = (value: string) => (typeof chosen === 'string' ? chosen === value : chosen.includes(value));
  const toggle = (value: string) => {
    if (!many) return pick(value);
    const others = options.map((option) => option.value).filter((other) => other !== value && has(other));
    pick(has(value) ? others : [...others, value]);
  };
  return (
    <fieldset className="choices" aria-labelledby={labelledBy}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={has(option.value)}
            onChange={() => toggle(option.value)}
          />
          <span>
            {option.text}
            {option.description && <small>{option.description}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
