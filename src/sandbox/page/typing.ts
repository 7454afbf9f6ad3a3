import { useState } from 'react';
import { type Completion, complete, type Option, type Scene } from './completion.js';

export interface Typing {
  readonly text: string;
  readonly completion: Completion | undefined;
  /** Which option is marked. */
  readonly active: number;
  /** `caret` is where it then stands; at the end unless told. */
  readonly write: (text: string, caret?: number) => void;
  readonly moveCaret: (caret: number) => void;
  readonly choose: (option: Option) => void;
  /** Gives a key to the list of options; false when the list has no use for it. */
  readonly steer: (key: string) => boolean;
}

/** A text being typed, and what could complete it. */
export function useTyping(scene: Scene): Typing {
  const [{ text, caret }, setText] = useState({ text: '', caret: 0 });
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const completion = dismissed ? undefined : complete(text.slice(0, caret), scene);
  const write = (next: string, at = next.length) => {
    setText({ text: next, caret: at });
    setActive(0);
    setDismissed(false);
  };
  const choose = ({ insert }: Option) => {
    if (!completion) return;
    write(`${text.slice(0, completion.from)}${insert}${text.slice(caret)}`, completion.from + insert.length);
  };
  const steer = (key: string): boolean => {
    if (!completion) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const option = completion.options[active];
    const count = completion.options.length;
    if (step) setActive((active + step + count) % count);
    else if (key === 'Escape') setDismissed(true);
    else if ((key === 'Enter' || key === 'Tab') && option) choose(option);
    else return false;
    return true;
  };
  const moveCaret = (at: number) => setText((now) => (now.caret === at ? now : { ...now, caret: at }));
  return { text, completion, active, write, moveCaret, choose, steer };
}
