import type { KnownBlock } from '@slack/types';
import { useState } from 'react';
import type { Values } from '../model.js';
import { useDesk } from './desk.js';
import { controlsOf, type Surface, stillThere } from './slack-surface.js';

export interface SlackForm {
  readonly surface: Surface;
  readonly values: Values;
  readonly busy: boolean;
}

/** Where the blocks are, as a press says it. */
type Where = { readonly message: string } | { readonly dialog: string } | { readonly home: true };

export function useSlackForm(blocks: readonly KnownBlock[], where: Where, errors: Surface['errors'] = {}): SlackForm {
  const { act } = useDesk();
  const [typed, setTyped] = useState<Values>({});
  const [pressed, setPressed] = useState(0);
  const values = stillThere(typed, blocks);
  const press: Surface['press'] = async (control, value) => {
    setPressed((count) => count + 1);
    await act('/press', { ...where, action: controlsOf(blocks).indexOf(control), value, inputs: values });
    setPressed((count) => count - 1);
  };
  const change: Surface['change'] = (key, value) => setTyped((now) => ({ ...now, [key]: value }));
  return { surface: { values, errors, change, press }, values, busy: pressed > 0 };
}
