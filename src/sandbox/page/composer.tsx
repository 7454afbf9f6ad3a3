import { type ChangeEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Completion, complete, type Option, type Scene, usageHint } from './completion.js';

interface Props {
  /** 'Message #jsc' */
  readonly label: string;
  readonly scene: Scene;
  /** Text put in from outside; a new object replaces what is there. */
  readonly draft: { readonly text: string } | undefined;
  /** Small print on the right. */
  readonly aside: string;
  readonly disabled: boolean;
  readonly onSend: (text: string) => Promise<boolean>;
}

export function Composer({ label, scene, draft, aside, disabled, onSend }: Props) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const completion = dismissed || disabled ? undefined : complete(text.slice(0, caret), scene);

  const write = (next: string, at = next.length) => {
    setText(next);
    setCaret(at);
    setActive(0);
    setDismissed(false);
  };
  useEffect(() => {
    if (draft === undefined) return;
    setText(draft.text);
    setCaret(draft.text.length);
    box.current?.focus();
  }, [draft]);
  const choose = (option: Option, { from }: Completion) => {
    write(`${text.slice(0, from)}${option.insert}${text.slice(caret)}`, from + option.insert.length);
    box.current?.focus();
  };
  const send = async () => {
    if (text.trim() === '') return;
    const sent = text;
    write('');
    if (!(await onSend(sent))) setText((now) => now || sent);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const handled = completion ? steer(event.key, completion) : false;
    if (!handled && event.key === 'Enter' && !event.shiftKey) void send();
    else if (!handled) return;
    event.preventDefault();
  };
  const steer = (key: string, list: Completion): boolean => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const option = list.options[active];
    if (step) setActive((active + step + list.options.length) % list.options.length);
    else if (key === 'Escape') setDismissed(true);
    else if ((key === 'Enter' || key === 'Tab') && option) choose(option, list);
    else return false;
    return true;
  };
  return (
    <div className="composer">
      {completion && <Options id={id} completion={completion} active={active} onChoose={choose} />}
      <div className="composer-box">
        <textarea
          ref={box}
          rows={1}
          aria-label={label}
          placeholder={label}
          aria-autocomplete="list"
          aria-controls={completion && `${id}-list`}
          aria-activedescendant={completion && `${id}-${active}`}
          disabled={disabled}
          value={text}
          onChange={(event: ChangeEvent<HTMLTextAreaElement>) => write(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="send"
          aria-label="Send"
          disabled={disabled || text.trim() === ''}
          onClick={send}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M3 3l15 7-15 7 2.5-7z" fill="currentColor" />
          </svg>
        </button>
      </div>
      <p className="usage">
        <span>{usageHint(text, scene)}</span>
        <span data-testid="answered">{aside}</span>
      </p>
    </div>
  );
}

interface OptionsProps {
  readonly id: string;
  readonly completion: Completion;
  readonly active: number;
  readonly onChoose: (option: Option, completion: Completion) => void;
}

function Options({ id, completion, active, onChoose }: OptionsProps) {
  const chosen = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another option is active, so another element has to be seen.
  useEffect(() => void chosen.current?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <div className="options" role="listbox" id={`${id}-list`} aria-label="Suggestions">
      {completion.options.map((option, index) => (
        <div
          key={option.insert}
          id={`${id}-${index}`}
          ref={index === active ? chosen : undefined}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // Not on click: the text box would lose the caret first.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(option, completion);
          }}
        >
          <span className="option-label">{option.label}</span>
          <span className="option-detail">{option.detail}</span>
        </div>
      ))}
    </div>
  );
}
