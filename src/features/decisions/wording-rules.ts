/* What people write into a decision: its words, and what is said about it besides. Pure. */
import { z } from 'zod';
import { isOneLine, isSeen } from '../../core/naming.js';

export const textLimits = { text: 2_000, because: 2_000, insteadOf: 1_000, reason: 1_000 } as const;

/** Trimmed; nothing where a reader would see nothing. */
const seen = (text: string): string => (isSeen(text) ? text.trim() : '');

const part = (name: string, max: number, missing?: string) =>
  z
    .string(missing)
    .transform(seen)
    .refine(
      (text) => [...text].length <= max,
      `${name} fits in ${max.toLocaleString('en')} characters. Shorten it and link to the paper that holds the rest.`,
    );

const optional = (name: string, max: number) =>
  part(name, max)
    .optional()
    .transform((text) => text || undefined);

const NO_TEXT = 'Write what was decided.';
const OLD_CARD = 'This button does not say which wording it is for. Use a newer card.';
const NO_REASON = 'Say why it should change.';

/** What a person wrote, whatever way it came. */
export const wordingSchema = z.object({
  text: part('A decision', textLimits.text, NO_TEXT).refine((text) => text !== '', NO_TEXT),
  because: optional('The reason', textLimits.because),
  insteadOf: optional('What was rejected', textLimits.insteadOf),
});

export type WordingInput = z.output<typeof wordingSchema>;

const reasonIn = (missing: string) =>
  part('The reason', textLimits.reason, missing).refine((text) => text !== '', missing);

export const reasonSchema = reasonIn(NO_REASON);

/** Why an agreed decision is disputed. */
export const objectionSchema = reasonIn('Say what speaks against it.');

/** Which wording somebody saw, as buttons and forms carry it. */
export const revisionSchema = z
  .string(OLD_CARD)
  .regex(/^\d{1,9}$/, OLD_CARD)
  .transform(Number);

/** Where a message stands that a decision was taken from. It comes back from a form, so it may be anything. */
export const linkSchema = z.url({ protocol: /^https?$/ }).max(1_000);

/** 'Meet monthly because ... instead of ...': the two phrases in any order, each once, after the decision itself. What
 * separates them begins where a word ends and nowhere else: from each comma of thousands it would take minutes. */
export const splitDecision = (said: string): { text: string; because?: string; insteadOf?: string } => {
  const found = [
    { key: 'because', at: /(?<=[^\s,;])[\s,;]+because\s+/iu.exec(said) },
    { key: 'insteadOf', at: /(?<=[^\s,;])[\s,;]+instead of\s+/iu.exec(said) },
  ]
    .flatMap(({ key, at }) => (at ? [{ key, from: at.index, to: at.index + at[0].length }] : []))
    .sort((a, b) => a.from - b.from);
  const parts = found.map(({ key, to }, index) => [key, said.slice(to, found[index + 1]?.from).trim()] as const);
  return { text: said.slice(0, found[0]?.from).trim(), ...Object.fromEntries(parts) };
};

/** What kind of decision it is. */
export const kinds = ['governance', 'development', 'commercial', 'finance', 'people', 'other'] as const;

export type Kind = (typeof kinds)[number];

export const MEETING_MAX = 120;

const ONE_LINE = "The meeting is one line, such as 'JSC 11 Dec'.";

/** What a form asks besides the wording; a kind that is none counts as not given. */
export const detailSchema = z.object({
  kind: z.enum(kinds).optional().catch(undefined),
  meeting: optional('The meeting', MEETING_MAX).refine((text) => text === undefined || isOneLine(text), ONE_LINE),
  review: z.string().optional(),
});

/** How two decisions stand to each other: the newer one takes the place of the older one, or changes it. */
export type Relation = 'supersedes' | 'amends';

export const relationSchema = z.enum(
  ['supersedes', 'amends'],
  'This button does not say how the two are related. Use a newer card.',
);

export interface Replacing {
  readonly how: Relation;
  /** As it was said: 'D-14'. */
  readonly label: string;
  readonly rest: string;
}

const LABEL = /^(?<series>I?D)-?(?<number>\d{1,9})$/iu;

/** 'd14' is D-14, and so is '14' where nothing but a decision can be meant. */
export const labelIn = (word: string, bare?: 'bare'): string | undefined => {
  const found = LABEL.exec(word) ?? (bare ? /^(?<number>\d{1,9})$/u.exec(word) : null);
  if (!found?.groups?.number) return undefined;
  return `${found.groups.series?.toUpperCase() ?? 'D'}-${Number(found.groups.number)}`;
};

/** 'supersede D-14 Meet weekly'; without such a label after the word it is the decision itself: 'Amend the protocol'. */
export const readReplacing = (said: string): Replacing | undefined => {
  const found = /^(?<verb>supersedes?|amends?)\s+(?<label>[^\s,:;]+)[\s,:;]*/iu.exec(said);
  const label = labelIn(found?.groups?.label ?? '');
  if (!found || label === undefined) return undefined;
  const how = /^s/iu.test(found.groups?.verb ?? '') ? 'supersedes' : 'amends';
  return { how, label, rest: said.slice(found[0].length) };
};

/** Before 'review on Friday', when it is no phrase of its own: 'Do a safety review on Friday'. */
const GOES_ON = /(?:^|\s)(?:an?|the|our|this)(?:\s+[^\s,;]+)?$|(?:^|\s)(?:for|of|to|and|or|under|by)$/iu;
const REVIEW_MAX = 60;

/** '... review on 1 June 2027' at the end of what was said; whether that is a day is for who knows the calendar. */
export const splitReview = (said: string): { readonly said: string; readonly review: string } | undefined => {
  const found = [...said.matchAll(/(?<=[^\s,;])([\s,;]+)review (?:on\s+(?=\S)|(?=in\s))/giu)].at(-1);
  if (!found) return undefined;
  const before = said.slice(0, found.index);
  const review = said
    .slice(found.index + found[0].length)
    .trim()
    .replace(/\.$/u, '');
  const apart = /[,;\n]/u.test(found[1] ?? '');
  if (review.length > REVIEW_MAX || (!apart && GOES_ON.test(before.slice(-200)))) return undefined;
  return { said: before, review };
};
