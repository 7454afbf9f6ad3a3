import type { Committee, Partner } from '../../core/context.js';
import { audienceLine } from '../../core/sentences.js';
import type { Field, FormView } from '../../core/view.js';
import type { Visibility } from '../../core/visibility.js';
import { verbOf } from './replacing-rules.js';
import { type Decision, type Details, labelOf } from './rules.js';
import { shorten, subjectOf, titleOf } from './views.js';
import { kinds, MEETING_MAX, type Relation, textLimits, type WordingInput } from './wording-rules.js';

/** What the forms are filled with. */
export type Draft = Partial<WordingInput> & Details;

const essay = (name: string, label: string, max: number): Field & { kind: 'text' } => ({
  kind: 'text',
  lines: 'many',
  name,
  label,
  max,
});

const wordingFields = ({ text, because, insteadOf }: Draft, hint?: string): readonly Field[] => [
  { ...essay('text', 'What was decided', textLimits.text), value: text, required: true, ...(hint && { hint }) },
  { ...essay('because', 'Why', textLimits.because), value: because },
  { ...essay('insteadOf', 'Instead of', textLimits.insteadOf), hint: 'Options that were rejected', value: insteadOf },
];

const DAY_MAX = 60;

const reviewField = (value: string | undefined): Field => ({
  kind: 'text',
  lines: 'one',
  name: 'review',
  label: 'Review on',
  max: DAY_MAX,
  hint: 'A day on which the co-chairs are asked whether it is still right, such as 1 June 2027',
  value,
});

const detailFields = ({ kind, meeting, reviewOn }: Draft): readonly Field[] => [
  {
    kind: 'choice',
    name: 'kind',
    label: 'Kind',
    options: kinds.map((one) => ({ value: one, label: `${one.slice(0, 1).toUpperCase()}${one.slice(1)}` })),
    value: kind,
  },
  {
    kind: 'text',
    lines: 'one',
    name: 'meeting',
    label: 'Meeting',
    max: MEETING_MAX,
    hint: 'Such as JSC 11 Dec',
    value: meeting,
  },
  reviewField(reviewOn),
];

/** Questions, and who will read the answers. */
export interface Asked {
  readonly draft: Draft;
  /** What to know of the draft's text. */
  readonly hint?: string;
  readonly committees: readonly Committee[];
  readonly visibility: Visibility;
  readonly partners: readonly Partner[];
  readonly carry: Readonly<Record<string, string>>;
  readonly replacing?: { readonly decision: Decision; readonly how: Relation };
}

const committeeField = (committees: readonly Committee[]): Field => ({
  kind: 'choice',
  name: 'committee',
  label: 'Committee',
  required: true,
  options: committees.map(({ id, key, name }) => ({ value: id, label: `${key}, ${name}` })),
});

const REPLACED_MAX = 60;

/** A window's title has room for 'Supersede D-14'; which one that is stands in the line of who will see it. */
const replacingParts = ({ replacing }: Asked): Partial<FormView> => {
  if (!replacing) return {};
  const { decision, how } = replacing;
  const verb = verbOf(how);
  return {
    id: 'decisions.replace',
    title: `${verb === 'amend' ? 'Amend' : 'Supersede'} ${labelOf(decision)}`,
    subject: subjectOf(decision.id),
  };
};

const replacedLine = ({ replacing }: Asked): string => {
  if (!replacing) return '';
  const { decision, how } = replacing;
  const then = how === 'supersedes' ? 'stays in force until this is agreed' : 'stays in force, as amended by this';
  return `. ${labelOf(decision)} '${shorten(titleOf(decision), REPLACED_MAX)}' ${then}`;
};

export const recordForm = (asked: Asked): FormView => {
  const { draft, hint, committees, visibility, partners, carry, replacing } = asked;
  const [only, ...others] = committees;
  const committee: Record<string, string> = only && others.length === 0 ? { committee: only.id } : {};
  return {
    kind: 'form',
    id: 'decisions.record',
    title: 'Record a decision',
    submit: 'Record',
    audience: `${audienceLine(visibility, partners)}${replacedLine(asked)}`,
    carry: { ...carry, ...committee, seenBy: visibility, ...(replacing && { how: replacing.how }) },
    fields: [
      ...wordingFields(draft, hint),
      ...(others.length > 0 ? [committeeField(committees)] : []),
      ...detailFields(draft),
    ],
    ...replacingParts(asked),
  };
};

export const suggestForm = (decision: Decision, partners: readonly Partner[]): FormView => ({
  kind: 'form',
  id: 'decisions.revise',
  title: 'Suggest a change',
  submit: 'Suggest',
  audience: `${audienceLine(decision.visibility, partners)}${decision.visibility ? '' : '; both confirm the new wording'}`,
  subject: subjectOf(decision.id),
  carry: { revision: String(decision.wording.revision) },
  fields: [
    ...wordingFields(decision.wording),
    { ...essay('reason', 'Why change it', textLimits.reason), required: true },
  ],
});

export const disputeForm = (decision: Decision, partners: readonly Partner[]): FormView => ({
  kind: 'form',
  id: 'decisions.dispute',
  title: `Dispute ${labelOf(decision)}`,
  submit: 'Dispute',
  audience: audienceLine(decision.visibility, partners),
  subject: subjectOf(decision.id),
  fields: [{ ...essay('reason', 'What speaks against it', textLimits.reason), required: true }],
});

export const reviewForm = (decision: Decision, partners: readonly Partner[]): FormView => ({
  kind: 'form',
  id: 'decisions.review-on',
  title: `Review ${labelOf(decision)}`,
  submit: 'Set the day',
  audience: audienceLine(decision.visibility, partners),
  subject: subjectOf(decision.id),
  fields: [{ ...reviewField(decision.reviewOn), required: true }],
});
