/*
 * What will be there when an action is done. Only what can mean nothing to anybody is refused: most languages are not
 * known here, and a good sentence must never be.
 */
import { Refusal } from '../../core/errors.js';
import { textLimits, textSchema } from './rules.js';
import { NAMED } from './spoken-rules.js';

const EDGES = /^[\s,:;–—-]+|[\s,:;–—-]+$/gu;
const EMPTY_BRACKETS = /[([]\s*[)\]]/gu;
const AUXILIARY = /^(?:to|will|shall|should|must|needs to)\s+(?=\p{Ll})/u;

/** What is left of what was said, as a sentence of its own: 'to send it' is 'Send it'. */
export const tidy = (rest: string): string => {
  const flat = rest.replaceAll(NAMED, ' ').replace(EMPTY_BRACKETS, ' ').replace(/\s+/gu, ' ').replace(EDGES, '');
  const plain = flat.replace(/\s+([,.;:!?])/gu, '$1').replace(EDGES, '');
  const said = plain.replace(AUXILIARY, '');
  return said === plain ? said : said.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
};

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Say nothing about what comes of it, by themselves. */
const FILLERS = new Set(
  'the a an this that it its our new revised further again on about soon please more up with them him her'.split(' '),
);
const VAGUE = new Set(
  'follow followup discuss discussion talk think look consider align alignment touch base tbd todo into deal protocol'.split(
    ' ',
  ),
);

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

const meansNothing = (text: string): boolean => {
  if (UNSPACED.test(text)) return false;
  const meant = wordsOf(text).filter((word) => !FILLERS.has(word));
  return meant.length < 2 || meant.every((word) => VAGUE.has(word));
};

/** @throws Refusal for text without a verb or a result, and for too much of it */
export const checkResult = (text: string): string => {
  const { data, error } = textSchema.safeParse(text);
  if (data === undefined) throw new Refusal('text', error.issues[0]?.message ?? 'Say what will be done.', 'text');
  if (meansNothing(data))
    throw new Refusal(
      'no-result',
      'Say what will be there when it is done, with a verb: Send the revised protocol to Nova.',
      'text',
    );
  return data;
};

/** More than this is read by nobody as one action, and a form could not hold it. */
export const isTooLong = (text: string): boolean => [...text].length > 2 * textLimits.text;
