import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { settleUnder, useLayer } from './layer.js';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly hidden?: boolean;
  /** Pixels, at most. */
  readonly width?: number;
  readonly children: ReactNode;
}

const FIELDS = '.dialog-body :is(input:not([type=hidden]), textarea, select)';

/** Covers its own side only: the other company's side goes on beside it. */
export function Dialog({ title, onClose, hidden = false, width, children }: Props) {
  const id = useId();
  const layer = useLayer();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (layer === null || hidden) return;
    const before = document.activeElement;
    settleUnder(layer);
    const first = box.current?.querySelector<HTMLElement>(FIELDS) ?? box.current;
    first?.focus();
    return () => {
      settleUnder(layer);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [layer, hidden]);
  const onKeyDown = (event: KeyboardEvent) => {
    // A dialog is a React child of the message or dialog that opened it, so its keys would travel on to them.
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
  };
  if (layer === null) return null;
  return createPortal(
    <div className="veil" hidden={hidden}>
      <div
        className="dialog"
        role="dialog"
        aria-labelledby={id}
        ref={box}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        {...(width !== undefined && { style: { maxWidth: width } })}
      >
        <header className="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="icon" aria-label="Close" onClick={onClose}>
            <span aria-hidden="true">×</span>
          </button>
        </header>
        {children}
      </div>
    </div>,
    layer,
  );
}
