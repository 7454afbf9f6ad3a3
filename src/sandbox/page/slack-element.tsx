import { useState } from 'react';
import { Confirm, type ConfirmWords } from './confirm.js';
import { type FieldPlace, SlackField } from './slack-field.js';
import { type Element, optionsOf, text, useSurface } from './slack-surface.js';

interface Props {
  readonly element: Element;
  readonly field?: FieldPlace;
}

export function SlackElement({ element, field }: Props) {
  if (element.type === 'button') return <SlackButton element={element} />;
  if (element.type === 'overflow') return <Overflow element={element} />;
  if (element.type === 'image') return <span className="picture">{text(element.alt_text)}</span>;
  return <SlackField element={element} {...(field && { field })} />;
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
        // Not `disabled`, which would take the focus away from who presses it by keyboard.
        aria-disabled={busy}
        onClick={() => !busy && (words ? setAsked(true) : press())}
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
