import { z } from 'zod';
import type { Actor, Committee, Partner, Role, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';

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

export const UNDO_MS = 5 * 60 * 1_000;

export const textLimits = { text: 2_000, because: 2_000, insteadOf: 1_000, reason: 1_000 } as const;

/** What a reader sees nothing of: blanks, controls, marks of direction, fillers that pass for letters. */
const UNSEEN = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Trimmed; nothing where a reader would see nothing. */
const seen = (text: string): string => (UNSEEN.test(text) ? '' : text.trim());

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

export const labelOf = (decision: Pick<Decision, 'number'>): string => `D-${decision.number}`;

export const mayVote = (role: Role): boolean => role === 'co-chair' || role === 'member';

export const seatOn = (actor: Actor, committee: CommitteeId): Seat | undefined =>
  actor.seats.find((seat) => seat.committee === committee);

const listNames = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const namesOf = (partners: readonly Partner[]): string => listNames(partners.map((partner) => partner.name));

export const mayRecord = (actor: Actor, committee: Committee): boolean => {
  const seat = seatOn(actor, committee.id);
  return actor.professional || (seat !== undefined && seat.role !== 'guest');
};

/** @throws Refusal unless the actor may record for the committee. */
export const checkMayRecord = (actor: Actor, committee: Committee): void => {
  if (mayRecord(actor, committee)) return;
  const standing = seatOn(actor, committee.id) ? 'You are its guest' : `You have no seat on the ${committee.key}`;
  throw new Refusal(
    'no-seat',
    `${standing}, so you cannot record its decisions. Ask a member of the ${committee.key} to record it.`,
  );
};

const voteSentence = (role: Role | undefined, committee: Committee): string => {
  const rule = `Only ${committee.key} members decide this.`;
  if (role === undefined)
    return `${rule} You have no seat on the ${committee.key}; ask a member of your company to confirm.`;
  if (role === 'alternate') return `${rule} You sit as alternate and vote while the member you stand in for is away.`;
  return `${rule} You sit as ${role}; your comment is welcome.`;
};

/** @throws Refusal unless the actor has a vote on the committee. */
export const checkVote = (actor: Actor, committee: Committee): void => {
  const role = seatOn(actor, committee.id)?.role;
  if (role === undefined || !mayVote(role)) throw new Refusal('no-vote', voteSentence(role, committee));
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

/** Everything that must hold for `actor` to confirm the wording they saw. @throws Refusal */
export const checkConfirm = (
  decision: Decision,
  actor: Actor,
  committee: Committee,
  partners: readonly Partner[],
  names: ReadonlyMap<PersonId, string>,
  seen: number,
): void => {
  checkOpen(decision);
  checkVote(actor, committee);
  checkSeen(decision, seen);
  const own = decision.confirmations.find((confirmation) => confirmation.partner === actor.partner.id);
  if (own?.person === actor.person)
    throw new Refusal('confirmed-already', `You have confirmed the wording of ${labelOf(decision)} already.`);
  if (!own) return;
  const missing = partners.filter((partner) => !decision.confirmations.some((row) => row.partner === partner.id));
  const rest = missing.length > 0 ? ` What is missing is ${namesOf(missing)}.` : ' Nothing more is needed.';
  throw new Refusal(
    'own-side-confirmed',
    `${names.get(own.person) ?? 'Somebody'} has confirmed for ${actor.partner.name}.${rest}`,
  );
};

/** Agreed when somebody with a vote of each partner has confirmed the same wording. */
export const statusAfter = (confirmed: readonly PartnerId[], partners: readonly Partner[]): Status =>
  partners.every((partner) => confirmed.includes(partner.id)) ? 'agreed' : 'recorded';

/** @throws Refusal unless the actor may put another wording in place of the one they saw. */
export const checkRevise = (decision: Decision, actor: Actor, committee: Committee, seen: number): void => {
  checkOpen(decision);
  if (decision.status === 'agreed')
    throw new Refusal('agreed', `${labelOf(decision)} is agreed by both sides. Record the decision that replaces it.`);
  const role = seatOn(actor, committee.id)?.role;
  const runs = actor.professional || role === 'alliance professional' || decision.recordedBy === actor.person;
  if (!runs && (role === undefined || !mayVote(role))) throw new Refusal('no-vote', voteSentence(role, committee));
  checkSeen(decision, seen);
};

/** @throws Refusal when the suggested wording is the present one. */
export const checkChanged = (present: Wording, next: WordingInput): void => {
  const same = present.text === next.text && present.because === next.because && present.insteadOf === next.insteadOf;
  if (same) throw new Refusal('unchanged', 'Nothing is different yet. Change the wording, or close the form.', 'text');
};

/** @throws Refusal unless the actor may withdraw the decision as it stands. */
export const checkWithdraw = (decision: Decision, actor: Actor): void => {
  checkOpen(decision);
  if (decision.status === 'agreed')
    throw new Refusal('agreed', `${labelOf(decision)} is agreed by both sides. Record the decision that replaces it.`);
  const runs =
    actor.professional ||
    actor.seats.some((seat) => seat.committee === decision.committee && seat.role === 'alliance professional');
  if (decision.recordedBy !== actor.person && !runs)
    throw new Refusal(
      'not-author',
      'Only its author or an alliance professional can withdraw a decision. Suggest a change instead.',
    );
};

/** @throws Refusal when the five minutes are over or somebody has built on it. */
export const checkUndo = (doneAt: Instant | undefined, now: Instant, instead: string): void => {
  if (doneAt === undefined) throw new Refusal('nothing-to-undo', 'This was undone already.');
  if (now - doneAt > UNDO_MS) throw new Refusal('undo-over', `Undo works for five minutes. ${instead}`);
};
