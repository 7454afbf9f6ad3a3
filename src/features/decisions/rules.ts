import { z } from 'zod';
import type { Actor, Committee, Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import { isSeen } from '../../core/naming.js';
import { concerned, namesOf } from '../../core/sentences.js';
import type { Visibility } from '../../core/visibility.js';

export type Status = 'recorded' | 'agreed' | 'withdrawn';

export interface Wording {
  readonly revision: number;
  readonly text: string;
  readonly because?: string;
  readonly insteadOf?: string;
  /** Why it was changed; none on the first. */
  readonly reason?: string;
  readonly person: PersonId;
  readonly at: Instant;
}

export interface Confirmation {
  readonly partner: PartnerId;
  readonly person: PersonId;
  readonly at: Instant;
}

export interface Decision {
  readonly id: string;
  readonly number: number;
  readonly committee: CommitteeId;
  /** Whose alone it is; empty when all partners share it. */
  readonly visibility: Visibility;
  readonly status: Status;
  readonly wording: Wording;
  /** Of the present wording only. */
  readonly confirmations: readonly Confirmation[];
  readonly recordedBy: PersonId;
  readonly recordedFor: PartnerId;
  readonly recordedAt: Instant;
  readonly link?: string;
  readonly withdrawnBy?: PersonId;
  readonly withdrawnAt?: Instant;
}

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

export const reasonSchema = part('The reason', textLimits.reason, NO_REASON).refine((text) => text !== '', NO_REASON);

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

/** Internal decisions count by themselves, and 'ID-3' is read as another one than 'D-3' also when it stands alone. */
export const labelOf = ({ number, visibility }: Pick<Decision, 'number' | 'visibility'>): string =>
  visibility ? `ID-${number}` : `D-${number}`;

/** 'Acme and Nova have confirmed' */
export const haveConfirmed = (partners: readonly Partner[]): string =>
  `${namesOf(partners)} ${partners.length > 1 ? 'have' : 'has'} confirmed the wording`;

/** @throws Refusal for a committee that decides nothing more. */
export const checkCommitteeOpen = ({ key, closedAt }: Committee): void => {
  if (closedAt !== undefined)
    throw new Refusal('closed', `The ${key} is closed and decides nothing more. Its record stays readable.`);
};

/**
 * Whose alone a form's decision is. What the form said holds, so that nobody else ever reads what was written in it:
 * Teams may bring a form back from another place than it was asked for in.
 * @throws Refusal when others would read it than the form said
 */
export const visibilityOfForm = (said: string | undefined, here: Visibility, own: PartnerId): Visibility => {
  if (said === own) return own;
  if (said === undefined || said === here) return here;
  throw new Refusal(
    'other-readers',
    'Who would see this has changed since the form was opened, so nothing was recorded. Copy what you wrote and open the form again.',
  );
};

const checkOpen = (decision: Decision): void => {
  if (decision.status === 'withdrawn')
    throw new Refusal(
      'withdrawn',
      `${labelOf(decision)} was withdrawn. Record a new decision if it is needed after all.`,
    );
};

const checkSeen = (decision: Decision, seen: number): void => {
  if (seen !== decision.wording.revision)
    throw new Refusal(
      'other-wording',
      `The wording of ${labelOf(decision)} has changed since this card was drawn. Read the new wording, then answer again.`,
    );
};

const checkNotAgreed = (decision: Decision): void => {
  if (decision.status !== 'agreed') return;
  const sides = decision.visibility ? '' : ' by both sides';
  throw new Refusal('agreed', `${labelOf(decision)} is agreed${sides}. Record the decision that replaces it.`);
};

/** What must hold of the decision for `actor` to confirm the wording they saw. @throws Refusal */
export const checkConfirm = (
  decision: Decision,
  actor: Actor,
  partners: readonly Partner[],
  names: ReadonlyMap<PersonId, string>,
  seen: number,
): void => {
  checkOpen(decision);
  checkSeen(decision, seen);
  const own = decision.confirmations.find((confirmation) => confirmation.partner === actor.partner.id);
  if (own?.person === actor.person)
    throw new Refusal('confirmed-already', `You have confirmed the wording of ${labelOf(decision)} already.`);
  if (!own) return;
  const missing = missingFor(decision, partners);
  const rest = missing.length > 0 ? ` What is missing is ${namesOf(missing)}.` : ' Nothing more is needed.';
  throw new Refusal(
    'own-side-confirmed',
    `${names.get(own.person) ?? 'Somebody'} has confirmed for ${actor.partner.name}.${rest}`,
  );
};

/** Those whose confirmation it still needs. */
export const missingFor = ({ visibility, confirmations }: Decision, partners: readonly Partner[]): readonly Partner[] =>
  concerned(visibility, partners).filter((partner) => !confirmations.some((row) => row.partner === partner.id));

/** Agreed when somebody with a vote of each partner has confirmed the same wording. */
export const statusAfter = (confirmed: readonly PartnerId[], partners: readonly Partner[]): Status =>
  partners.every((partner) => confirmed.includes(partner.id)) ? 'agreed' : 'recorded';

/** @throws Refusal unless another wording can take the place of the one that was seen. */
export const checkRevise = (decision: Decision, seen: number): void => {
  checkOpen(decision);
  checkNotAgreed(decision);
  checkSeen(decision, seen);
};

/** @throws Refusal when the suggested wording is the present one. */
export const checkChanged = (present: Wording, next: WordingInput): void => {
  const same = present.text === next.text && present.because === next.because && present.insteadOf === next.insteadOf;
  if (same) throw new Refusal('unchanged', 'Nothing is different yet. Change the wording, or close the form.', 'text');
};

/** @throws Refusal unless the decision as it stands can be withdrawn. */
export const checkWithdraw = (decision: Decision): void => {
  checkOpen(decision);
  checkNotAgreed(decision);
};

export const statusWords: Readonly<Record<Status, string>> = {
  recorded: 'Recorded',
  agreed: 'Agreed',
  withdrawn: 'Withdrawn',
};

export const verbWords: Readonly<Record<string, string>> = {
  recorded: 'Recorded',
  confirmed: 'Wording confirmed',
  agreed: 'Agreed',
  revised: 'Wording changed',
  withdrawn: 'Withdrawn',
  'record-undone': 'Recording undone',
  'confirm-undone': 'Confirmation undone',
  'withdraw-undone': 'Withdrawal undone',
};
