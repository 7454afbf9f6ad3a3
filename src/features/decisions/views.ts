import type { Audience, Committee, Partner, Read } from '../../core/context.js';
import type { PersonId, Zone } from '../../core/ids.js';
import { originLabel } from '../../core/origins.js';
import { concerned, nameIn, namesOf, seenLine } from '../../core/sentences.js';
import type { Button, Fact, NoticeView, RecordView, Span, Subject, Text } from '../../core/view.js';
import { type Decision, hasEffect, isLive, labelOf, type Relative, type Status, statusLine } from './rules.js';

export const subjectOf = (id: string): Subject => ({ feature: 'decisions', id });

const TITLE_MAX = 120;

export const shorten = (text: string, max: number): string => {
  const letters = [...text.replace(/\s+/gu, ' ')];
  return letters.length <= max ? letters.join('') : `${letters.slice(0, max - 1).join('')}…`;
};

export const titleOf = ({ wording }: Pick<Decision, 'wording'>): string => shorten(wording.text, TITLE_MAX);

/** What a decision's card needs besides the decision. */
export interface Around {
  readonly committee: Committee;
  /** Those who read it and whose votes it needs. */
  readonly partners: readonly Partner[];
  readonly names: ReadonlyMap<PersonId, string>;
  readonly zone: Zone;
  /** What it was made from: 'M-9 item 2'. */
  readonly origin?: string;
}

/** Everything a card or a sentence about a decision needs. */
export const aroundOf = async (decision: Decision, read: Read, audience: Audience): Promise<Around | undefined> => {
  const committee = await read.directory.committee(decision.committee);
  if (!committee) return undefined;
  const partners = concerned(decision.visibility, await read.directory.partners(audience.alliance));
  const { dispute, revisit, withdrawnBy } = decision;
  const people = [
    decision.recordedBy,
    decision.wording.person,
    ...decision.confirmations.map((confirmation) => confirmation.person),
    ...(withdrawnBy ? [withdrawnBy] : []),
    ...(dispute ? [dispute.person] : []),
    ...(revisit ? [revisit.person] : []),
  ];
  const origin = await originLabel(read.db, subjectOf(decision.id));
  return {
    committee,
    partners,
    names: await read.directory.names(people),
    zone: await read.directory.zone(audience.alliance),
    ...(origin !== undefined && { origin }),
  };
};

export const partnerIn = (around: Around, id: string): string =>
  around.partners.find((partner) => partner.id === id)?.name ?? 'a former partner';

export const wordingLine = (decision: Decision, around: Around): string =>
  around.partners
    .map((partner) => {
      const own = decision.confirmations.find((confirmation) => confirmation.partner === partner.id);
      return own ? `${partner.name} confirmed by ${nameIn(around.names, own.person)}` : `${partner.name} not yet`;
    })
    .join(' · ');

const statusText = (decision: Decision, around: Around): Text => {
  if (decision.status !== 'withdrawn' || decision.withdrawnBy === undefined) return statusLine(decision);
  const when: Span[] =
    decision.withdrawnAt === undefined ? [] : [', ', { moment: decision.withdrawnAt, zone: around.zone }];
  return [`Withdrawn by ${nameIn(around.names, decision.withdrawnBy)}`, ...when];
};

export const buttonsFor = (decision: Decision): Record<Status, readonly Button[]> => {
  const subject = subjectOf(decision.id);
  const carry = { revision: String(decision.wording.revision) };
  const history: Button = { id: 'decisions.history', label: 'History', subject, opensWindow: true };
  const suggest: Button = { id: 'decisions.suggest', label: 'Suggest a change', subject, carry, opensWindow: true };
  const withdraw: Button = { id: 'decisions.withdraw', label: 'Withdraw', subject };
  const supersede: Button = { id: 'decisions.supersede', label: 'Supersede', subject, opensWindow: true };
  return {
    recorded: [
      { id: 'decisions.confirm', label: 'Confirm wording', subject, carry, style: 'primary' },
      suggest,
      withdraw,
      history,
    ],
    agreed: [
      ...(decision.revisit ? [reviewButton(decision, 'Still right', 'decisions.still-right')] : []),
      { id: 'decisions.ask-dispute', label: 'Dispute', subject, opensWindow: true },
      supersede,
      { id: 'decisions.amend', label: 'Amend', subject, opensWindow: true },
      history,
    ],
    disputed: [{ id: 'decisions.take-back', label: 'Take back', subject }, suggest, supersede, withdraw, history],
    superseded: [history],
    withdrawn: [history],
  };
};

/** What is carried is the day that the review was asked for: the second answer to it is none. */
export const reviewButton = ({ id, reviewOn }: Decision, label: string, press: Button['id']): Button => ({
  id: press,
  label,
  subject: subjectOf(id),
  ...(reviewOn !== undefined && { carry: { on: reviewOn } }),
});

/** 'D-31', and for one that is not agreed yet that it waits. */
const stamp = (relative: Relative, status: Status): string =>
  hasEffect(status) ? relative.label : `${relative.label}, once agreed`;

/** How it stands to other decisions: the same on both cards. */
const stampsOf = ({ status, replaces, replacedBy, supersededBy }: Decision): readonly Fact[] => {
  const own = replaces && status !== 'withdrawn' ? [replaces] : [];
  const others = (how: Relative['how']) =>
    replacedBy.filter((one) => one.how === how && one.id !== supersededBy?.id).map((one) => stamp(one, one.status));
  const [amended, superseding] = [others('amends'), others('supersedes')];
  return [
    ...own.map((one) => ({ label: one.how === 'amends' ? 'Amends' : 'Supersedes', text: stamp(one, status) })),
    ...(amended.length > 0 ? [{ label: 'Amended by', text: amended.join(' · ') }] : []),
    ...(superseding.length > 0 ? [{ label: 'Superseded by', text: superseding.join(' · ') }] : []),
  ];
};

const reviewFact = ({ reviewOn, revisit, status }: Decision, around: Around): readonly Fact[] => {
  if (!isLive(status)) return [];
  if (revisit) {
    const text: Text = [`To be revisited, said ${nameIn(around.names, revisit.person)} on `, { day: revisit.on }];
    return [{ label: 'Review', text }];
  }
  return reviewOn === undefined ? [] : [{ label: 'Review', text: [{ day: reviewOn }] }];
};

const disputeFact = ({ dispute, status }: Decision, around: Around): readonly Fact[] => {
  if (!dispute || status !== 'disputed') return [];
  const who = `${nameIn(around.names, dispute.person)}, ${partnerIn(around, dispute.partner)}, `;
  return [{ label: 'Disputed by', text: [who, { moment: dispute.at, zone: around.zone }, `: ${dispute.reason}`] }];
};

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

const factsOf = (decision: Decision, around: Around): readonly Fact[] => {
  const { wording, kind, meeting = around.origin } = decision;
  const long = [...wording.text].length > TITLE_MAX;
  const recorded: Text = [
    `${nameIn(around.names, decision.recordedBy)}, ${partnerIn(around, decision.recordedFor)}, `,
    { moment: decision.recordedAt, zone: around.zone },
  ];
  const change = wording.reason
    ? `Revision ${wording.revision} by ${nameIn(around.names, wording.person)}: ${wording.reason}`
    : '';
  return [
    ...(long ? [{ label: 'Decision', text: wording.text }] : []),
    ...(wording.because ? [{ label: 'Why', text: wording.because }] : []),
    ...(wording.insteadOf ? [{ label: 'Instead of', text: wording.insteadOf }] : []),
    ...(kind ? [{ label: 'Kind', text: capital(kind) }] : []),
    { label: 'Committee', text: `${around.committee.key}, ${around.committee.name}` },
    ...(meeting ? [{ label: 'Meeting', text: meeting }] : []),
    ...reviewFact(decision, around),
    { label: 'Recorded by', text: recorded },
    ...(decision.saidAt === undefined
      ? []
      : [{ label: 'Said', text: [{ moment: decision.saidAt, zone: around.zone }] }]),
    ...(decision.link ? [{ label: 'From', text: decision.link }] : []),
    ...stampsOf(decision),
    ...(change ? [{ label: 'Changed', text: change }] : []),
    { label: 'Wording', text: wordingLine(decision, around) },
    ...disputeFact(decision, around),
    { label: 'Status', text: statusText(decision, around) },
  ];
};

/** Who is to do what next. */
const nextLine = (decision: Decision, around: Around): readonly string[] => {
  const company = decision.visibility ? namesOf(around.partners) : 'each company';
  if (decision.status === 'recorded')
    return [`One ${around.committee.key} co-chair or member of ${company} confirms the wording.`];
  if (decision.status !== 'disputed' || !decision.dispute) return [];
  const whose = partnerIn(around, decision.dispute.partner);
  const others = around.partners.filter((partner) => partner.id !== decision.dispute?.partner);
  const given = others.length > 0 ? `${namesOf(others)} withdraws the decision` : 'it is withdrawn';
  return [
    `The dispute ends when ${whose} takes it back, a changed wording is confirmed afresh, a decision that supersedes it is agreed, or ${given}.`,
  ];
};

/** The decision's card. */
export const decisionCard = (decision: Decision, around: Around): RecordView => {
  const title = titleOf(decision);
  const status = statusLine(decision);
  return {
    kind: 'record',
    subject: subjectOf(decision.id),
    label: labelOf(decision),
    title,
    status,
    summary: `${labelOf(decision)} ${title}. ${status}. ${wordingLine(decision, around)}.`,
    facts: factsOf(decision, around),
    footer: [...nextLine(decision, around), seenLine(decision.visibility, around.partners)],
    buttons: buttonsFor(decision)[decision.status],
  };
};

type Undone = 'record' | 'confirm' | 'withdraw' | 'review';

export const doneNotice = (text: Text, undo?: { readonly verb: Undone; readonly id: string }): NoticeView => ({
  kind: 'notice',
  text,
  buttons: undo ? [{ id: `decisions.undo-${undo.verb}`, label: 'Undo', subject: subjectOf(undo.id) }] : [],
});
