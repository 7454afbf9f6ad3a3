import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from 'react';
import { type Scene, usageHint } from './completion.js';
import { Options } from './options.js';
import { type Typing, useTyping } from './typing.js';

/** Text put into the box from outside; `taken` is called once it is there. */
export interface Draft {
  readonly text: string;
  readonly taken: () => void;
}

interface Props {
  /** 'Message #jsc' */
  readonly label: string;
  readonly scene: Scene;
  readonly draft: Draft | undefined;
  /** Small print on the right. */
  readonly aside: string;
  readonly disabled: boolean;
  /** False gives the text back. */
  readonly onSend: (text: string) => Promise<boolean>;
}

export function Composer({ label, scene, draft, aside, disabled, onSend }: Props) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const typing = useTyping(scene);
  const { text, completion, active } = typing;
  useDraft(draft, typing, box);
  const send = async () => {
    if (text.trim() === '') return;
    typing.write('');
    const sent = await onSend(text);
    if (!sent && box.current?.value === '') typing.write(text);
  };
  return (
    <div className="composer">
      {completion && <Options id={id} options={completion.options} active={active} onChoose={typing.choose} />}
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
          onChange={({ target }) => typing.write(target.value, target.selectionStart)}
          onSelect={({ currentTarget }) => typing.moveCaret(currentTarget.selectionStart)}
          onKeyDown={(event) => onKey(event, typing, send)}
        />
        <Send disabled={disabled || text.trim() === ''} onSend={send} />
      </div>
      <p className="usage">
        <span>{usageHint(text, scene)}</span>
        <span data-testid="answered">{aside}</span>
      </p>
    </div>
  );
}

function useDraft(draft: Draft | undefined, { write }: Typing, box: RefObject<HTMLTextAreaElement | null>): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is taken once, however often the box is drawn.
  useEffect(() => {
    if (draft === undefined) return;
    write(draft.text);
    box.current?.focus();
    draft.taken();
  }, [draft]);
}

function onKey(event: KeyboardEvent, { steer }: Typing, send: () => Promise<void>): void {
  // An input method uses the same keys to choose characters.
  if (event.nativeEvent.isComposing) return;
  const steered = steer(event.key);
  const sends = !steered && event.key === 'Enter' && !event.shiftKey;
  if (sends) void send();
  if (sends || steered) event.preventDefault();
}

function Send({ disabled, onSend }: { readonly disabled: boolean; readonly onSend: () => void }) {
  return (
    <button type="button" className="send" aria-label="Send" disabled={disabled} onClick={onSend}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M3 3l15 7-15 7 2.5-7z" fill="currentColor" />
      </svg>
    </button>
  );
}
