import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface Entry {
  readonly label: string;
  readonly onChoose: () => void;
}

interface Props {
  readonly label: string;
  readonly entries: readonly Entry[];
}

/** The '⋯' of a message. */
export function Menu({ label, entries }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useClickElsewhere(root, open, () => setOpen(false));
  const choose = (entry?: Entry) => {
    setOpen(false);
    opener.current?.focus();
    entry?.onChoose();
  };
  return (
    <div className="menu" ref={root}>
      <button
        type="button"
        className="icon"
        ref={opener}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {open && <Entries label={label} entries={entries} onChoose={choose} />}
    </div>
  );
}

interface EntriesProps extends Props {
  /** Without an entry, the menu is left. */
  readonly onChoose: (entry?: Entry) => void;
}

function Entries({ label, entries, onChoose }: EntriesProps) {
  const list = useRef<HTMLDivElement>(null);
  const [above, setAbove] = useState(false);
  useLayoutEffect(() => setAbove(hasNoRoomBelow(list.current)), []);
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first entry gets the focus once, when the menu opens.
  useEffect(() => items()[0]?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') return onChoose();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = items();
    const now = all.indexOf(document.activeElement as HTMLElement);
    all[(now + step + all.length) % all.length]?.focus();
  };
  return (
    <div
      className={above ? 'menu-list above' : 'menu-list'}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {entries.map((entry) => (
        <button key={entry.label} type="button" role="menuitem" onClick={() => onChoose(entry)}>
          {entry.label}
        </button>
      ))}
    </div>
  );
}

/** Below the last message begins the box that one writes into. */
const hasNoRoomBelow = (list: HTMLElement | null): boolean => {
  const around = list?.closest('[role=log]')?.getBoundingClientRect();
  const own = list?.getBoundingClientRect();
  return !!around && !!own && own.bottom > around.bottom && own.height < own.top - around.top;
};

function useClickElsewhere(root: RefObject<HTMLElement | null>, active: boolean, onElsewhere: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onElsewhere` only closes, so any of its versions will do.
  useEffect(() => {
    if (!active) return;
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && !root.current?.contains(target)) onElsewhere();
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [root, active]);
}
