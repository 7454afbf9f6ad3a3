/* Where a decision stands, and what may happen to it. Pure. */
import type { Actor, Committee, Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId, Day, Instant, PartnerId, PersonId } from '../../core/ids.js';
import { concerned, namesOf } from '../../core/sentences.js';
import type { Visibility } from '../../core/visibility.js';
import type { Kind, Relation, WordingInput } from './wording-rules.js';

export type Status = 'recorded' | 'agreed' | 'disputed' | 'superseded' | 'withdrawn';

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

export interface Dispute extends Confirmation {
  readonly reason: string;
}

/** Another decision that this one has to do with. */
export interface Relative {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly status: Status;
  readonly how: Relation;
}

/** What is said about a decision besides its wording. */
export interface Details {
  readonly kind?: Kind;
  readonly meeting?: string;
  /** When it is asked about again. */
  readonly reviewOn?: Day;
}

export interface Decision extends Details {
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
  /** When the message was written that it was taken from. */
  readonly saidAt?: Instant;
  readonly withdrawnBy?: PersonId;
  readonly withdrawnAt?: Instant;
  /** Days between two reviews. */
  readonly reviewDays?: number;
  /** Somebody answered a review with Revisit. */
  readonly revisit?: { readonly person: PersonId; readonly on: Day };
  /** Kept while it is withdrawn or superseded, for when it stands again. */
  readonly dispute?: Dispute;
  readonly replaces?: Relative;
  /** Those that supersede or amend it, or will once they are agreed; none that were withdrawn. */
  readonly replacedBy: readonly Relative[];
  /** What took its place; it may have amended what that one superseded. */
  readonly supersededBy?: Pick<Relative, 'id' | 'label'>;
}

interface Step {
  readonly from: readonly Status[];
  readonly to: readonly Status[];
}

/** Every change of state that there is: who does it does not matter here, and nothing else happens to a decision. */
export const steps = {
  /** A further side confirms; the last one makes it agreed. */
  confirm: { from: ['recorded', 'agreed'], to: ['recorded', 'agreed'] },
  'undo-confirm': { from: ['recorded', 'agreed'], to: ['recorded'] },
  /** Another wording, which is confirmed afresh; of an internal decision one vote does. */
  revise: { from: ['recorded', 'disputed'], to: ['recorded', 'agreed'] },
  dispute: { from: ['agreed'], to: ['disputed'] },
  'take-back': { from: ['disputed'], to: ['agreed'] },
  withdraw: { from: ['recorded', 'disputed'], to: ['withdrawn'] },
  'undo-withdraw': { from: ['withdrawn'], to: ['recorded', 'agreed', 'disputed'] },
  'undo-record': { from: ['recorded', 'agreed'], to: ['withdrawn'] },
  /** The decision that replaces it is agreed; its amendments go with it. */
  supersede: { from: ['recorded', 'agreed', 'disputed'], to: ['superseded'] },
  /** The decision that replaced it is not agreed any more. */
  'stand-again': { from: ['superseded'], to: ['recorded', 'agreed', 'disputed'] },
  /** Nothing about its state: it is looked at on its day. */
  review: { from: ['agreed'], to: ['agreed'] },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;

/** Internal decisions count by themselves, and 'ID-3' is read as another one than 'D-3' also when it stands alone. */
export const labelOf = ({ number, visibility }: Pick<Decision, 'number' | 'visibility'>): string =>
  visibility ? `ID-${number}` : `D-${number}`;

/** 'Acme and Nova have confirmed' */
export const haveConfirmed = (partners: readonly Partner[]): string =>
  `${namesOf(partners)} ${partners.length > 1 ? 'have' : 'has'} confirmed the wording`;

/** Why something cannot be done to a decision in this state, and what can. */
const notNow = (decision: Decision): string => {
  const label = labelOf(decision);
  switch (decision.status) {
    case 'recorded':
      return `${label} is not agreed yet. Use Suggest a change or Withdraw on its card.`;
    case 'agreed':
      return `${label} is agreed${decision.visibility ? '' : ' by both sides'}. Say 'decision supersede ${label}' with what replaces it, or use Dispute on its card.`;
    case 'disputed':
      return `${label} is disputed. Its card says how that ends: it is taken back, its wording is changed, or it is superseded.`;
    case 'superseded':
      return `${label} was superseded by ${decision.supersededBy?.label ?? 'a later decision'}. Use the card of that one.`;
    case 'withdrawn':
      return `${label} was withdrawn. Record a new decision if it is needed after all.`;
    default:
      return decision.status satisfies never;
  }
};

/** @throws Refusal unless the table allows this step from where the decision stands */
export const checkStep = (decision: Decision, step: StepName): void => {
  const from: readonly Status[] = steps[step].from;
  if (!from.includes(decision.status)) throw new Refusal(decision.status, notNow(decision));
};

/** Where the decision stands after a step. @throws Refusal as checkStep does; @throws Error for a state that is no end of it */
export const takeStep = (decision: Decision, step: StepName, to: Status): Status => {
  checkStep(decision, step);
  const ends: readonly Status[] = steps[step].to;
  if (!ends.includes(to)) throw new Error(`${step} does not lead to ${to}`);
  return to;
};

/** It has taken the place of what it replaces, or changed it. */
export const hasEffect = (status: Status): boolean => !['recorded', 'withdrawn'].includes(status);

/** Neither withdrawn nor superseded. */
export const isLive = (status: Status): boolean => status !== 'withdrawn' && status !== 'superseded';

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

const checkSeen = (decision: Decision, seen: number): void => {
  if (seen !== decision.wording.revision)
    throw new Refusal(
      'other-wording',
      `The wording of ${labelOf(decision)} has changed since this card was drawn. Read the new wording, then answer again.`,
    );
};

/** What must hold of the decision for `actor` to confirm the wording they saw. @throws Refusal */
export const checkConfirm = (
  decision: Decision,
  actor: Actor,
  partners: readonly Partner[],
  names: ReadonlyMap<PersonId, string>,
  seen: number,
): void => {
  checkStep(decision, 'confirm');
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
export const statusAfter = (confirmed: readonly PartnerId[], partners: readonly Partner[]) =>
  partners.every((partner) => confirmed.includes(partner.id)) ? 'agreed' : 'recorded';

/** @throws Refusal unless another wording can take the place of the one that was seen. */
export const checkRevise = (decision: Decision, seen: number): void => {
  checkStep(decision, 'revise');
  checkSeen(decision, seen);
};

/** @throws Refusal when the suggested wording is the present one. */
export const checkChanged = (present: Wording, next: WordingInput): void => {
  const same = present.text === next.text && present.because === next.because && present.insteadOf === next.insteadOf;
  if (same) throw new Refusal('unchanged', 'Nothing is different yet. Change the wording, or close the form.', 'text');
};

export const statusWords: Readonly<Record<Status, string>> = {
  recorded: 'Recorded',
  agreed: 'Agreed',
  disputed: 'Disputed',
  superseded: 'Superseded',
  withdrawn: 'Withdrawn',
};

/** As the card says it: 'Superseded by D-31'. */
export const statusLine = ({ status, supersededBy }: Pick<Decision, 'status' | 'supersededBy'>): string =>
  status === 'superseded' && supersededBy ? `Superseded by ${supersededBy.label}` : statusWords[status];
