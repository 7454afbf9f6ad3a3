/*
 * Names that people give: they stand in sentences and on cards of both companies. Pure: rules.ts may use it.
 */
import { z } from 'zod';

const SEEN = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Would turn or hide the words around it. */
const UNREADABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** False where a reader would see nothing: blanks, controls, marks of direction, fillers that pass for letters. */
export const isSeen = (text: string): boolean => SEEN.test(text);

/** False for more than one line, and for what would turn or hide what follows. */
export const isOneLine = (text: string): boolean => !UNREADABLE.test(text);

/** A name of `max` characters at most; `what` begins a sentence, `missing` is the one for nothing. */
export const nameText = (what: string, max: number, missing: string) =>
  z
    .string(missing)
    .transform((text) => text.trim().replace(/\s+/gu, ' '))
    .refine(isSeen, missing)
    .refine(isOneLine, `${what} is one line of letters, digits and signs.`)
    .refine((text) => [...text].length <= max, `${what} fits in ${max} characters.`);

export const KEY_MAX = 12;

/** Words that stand beside a committee's key when people speak, so that none can be one. */
const RESERVED = new Set(
  'ADD RENAME MOVE CLOSE UNDER TO TOP INTERNAL FROM UNTIL SINCE OVERDUE MINE LIVE DECISIONS ACTIONS FOR OPPOSITE CHAIR CO-CHAIR COCHAIR MEMBER ALTERNATE OBSERVER GUEST PROFESSIONAL ALLIANCE TODAY'.split(
    ' ',
  ),
);

const NO_KEY = 'Give the committee a short key, such as JDC.';
const BAD_KEY = `The key of a committee is 2 to ${KEY_MAX} letters and digits, and begins with a letter: JDC.`;

/** A committee's key, in capitals. */
export const keySchema = z
  .string(NO_KEY)
  .transform((key) => key.trim().normalize('NFKC').toUpperCase())
  .refine((key) => key !== '', NO_KEY)
  .refine((key) => key === '' || /^\p{L}[\p{L}\p{N}-]{1,11}$/u.test(key), BAD_KEY)
  .refine((key) => !RESERVED.has(key), 'Entente reads this word in another way. Choose another key, such as JDC.');

/** As names and keys are compared: 'JSC' is 'jsc'. */
export const folded = (name: string): string => name.normalize('NFKC').toLowerCase();

export const sameName = (one: string, other: string): boolean => folded(one) === folded(other);
