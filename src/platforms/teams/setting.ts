import type { Subject } from '../../core/view.js';

export interface Setting {
  /** Dialogs know nothing but Action.Submit; messages want Action.Execute, which can answer with a card. */
  readonly surface: 'message' | 'dialog';
  /** The same for each submission of this form, so that a client's retry is no second submission. */
  readonly once?: string;
  /** Why the form was refused: shown at its field, or above all of them. */
  readonly problem?: { readonly sentence: string; readonly field?: string };
  /** The list is the home: what is pressed on it is answered with the home as it is then. */
  readonly home?: true;
  /** The list is this card, which follows by itself. */
  readonly card?: Subject;
}

/** How much of everything is shown. */
export interface Room {
  /** Characters of a text and of a field's value. */
  readonly text: number;
  readonly value: number;
  /** Things in a row. */
  readonly many: number;
  /** Options of one field. */
  readonly options: number;
  /** What a form needs to be shown again is there for old clients too, which have a copy of their own. */
  readonly copied: boolean;
}

/** Tried in turn until the card fits. */
export const rooms: readonly Room[] = [
  { text: 8_000, value: 12_000, many: 50, options: 500, copied: true },
  { text: 4_000, value: 8_000, many: 50, options: 500, copied: false },
  { text: 2_000, value: 4_000, many: 40, options: 250, copied: false },
  { text: 1_000, value: 2_000, many: 30, options: 120, copied: false },
  { text: 400, value: 1_000, many: 20, options: 60, copied: false },
  { text: 100, value: 500, many: 10, options: 30, copied: false },
];
