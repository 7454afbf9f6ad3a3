import type { Audience, Committee, HistoryEntry, Partner, Read } from '../../core/context.js';
import type { PersonId, Zone } from '../../core/ids.js';
import { audienceLine, concerned, nameIn, namesOf, seenLine } from '../../core/sentences.js';
import type {
  Button,
  Fact,
  FormView,
  ListItem,
  ListView,
  NoticeView,
  RecordView,
  Span,
  Subject,
  Text,
} from '../../core/view.js';
import type { Visibility } from '../../core/visibility.js';
import { type Decision, labelOf, statusWords, textLimits, verbWords, type WordingInput } from './rules.js';

export const subjectOf = (id: string): Subject => ({ feature: 'decisions', id });

const TITLE_MAX = 120;
/** Of each part of a wording in the history, so that a dozen changes fit into one message. */
const QUOTE_MAX = 300;

const shorten = (text: string, max: number): string => {
  const letters = [...text.replace(/\s+/gu, ' ')];
  return letters.length <= max ? letters.join('') : `${letters.slice(0, max - 1).join('')}…`;
};

/** What a decision's card needs besides the decision. */
export interface Around {
  readonly committee: Committee;
  /** Those who read it and whose votes it needs. */
  readonly partners: readonly Partner[];
  readonly names: ReadonlyMap<PersonId, string>;
  readonly zone: Zone;
}

/** Everything a card or a sentence about a decision needs. */
export const aroundOf = async (decision: Decision, read: Read, audience: Audience): Promise<Around | undefined> => {
  const committee = await read.directory.committee(decision.committee);
  if (!committee) return undefined;
  const partners = concerned(decision.visibility, await read.directory.partners(audience.alliance));
  const people = [
    decision.recordedBy,
    decision.wording.person,
    ...decision.confirmations.map((confirmation) => confirmation.person),
    ...(decision.withdrawnBy ? [decision.withdrawnBy] : []),
  ];
  return {
    committee,
    partners,
    names: await read.directory.names(people),
    zone: await read.directory.zone(audience.alliance),
  };
};

const partnerIn = (around: Around, id: string): string =>
  around.partners.find((partner) => partner.id === id)?.name ?? 'a former partner';

const wordingLine = (decision: Decision, around: Around): string =>
  around.partners
    .map((partner) => {
      const own = decision.confirmations.find((confirmation) => confirmation.partner === partner.id);
      return own ? `${partner.name} confirmed by ${nameIn(around.names, own.person)}` : `${partner.name} not yet`;
    })
    .join(' · ');

const statusText = (decision: Decision, around: Around): Text => {
  if (decision.status !== 'withdrawn' || decision.withdrawnBy === undefined) return statusWords[decision.status];
  const when: Span[] =
    decision.withdrawnAt === undefined ? [] : [', ', { moment: decision.withdrawnAt, zone: around.zone }];
  return [`Withdrawn by ${nameIn(around.names, decision.withdrawnBy)}`, ...when];
};

const buttonsOf = (decision: Decision): readonly Button[] => {
  const subject = subjectOf(decision.id);
  const carry = { revision: String(decision.wording.revision) };
  const history: Button = { id: 'decisions.history', label: 'History', subject, opensWindow: true };
  if (decision.status !== 'recorded') return [history];
  return [
    { id: 'decisions.confirm', label: 'Confirm wording', subject, carry, style: 'primary' },
    { id: 'decisions.suggest', label: 'Suggest a change', subject, carry, opensWindow: true },
    { id: 'decisions.withdraw', label: 'Withdraw', subject },
    history,
  ];
};

const factsOf = (decision: Decision, around: Around): readonly Fact[] => {
  const { wording } = decision;
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
    { label: 'Committee', text: `${around.committee.key}, ${around.committee.name}` },
    { label: 'Recorded by', text: recorded },
    ...(decision.link ? [{ label: 'From', text: decision.link }] : []),
    ...(change ? [{ label: 'Changed', text: change }] : []),
    { label: 'Wording', text: wordingLine(decision, around) },
    { label: 'Status', text: statusText(decision, around) },
  ];
};

/** The decision's card. */
export const decisionCard = (decision: Decision, around: Around): RecordView => {
  const title = shorten(decision.wording.text, TITLE_MAX);
  const open = decision.status === 'recorded';
  const company = decision.visibility ? namesOf(around.partners) : 'each company';
  const who = `One ${around.committee.key} co-chair or member of ${company} confirms the wording.`;
  return {
    kind: 'record',
    subject: subjectOf(decision.id),
    label: labelOf(decision),
    title,
    status: statusWords[decision.status],
    summary: `${labelOf(decision)} ${title}. ${statusWords[decision.status]}. ${wordingLine(decision, around)}.`,
    facts: factsOf(decision, around),
    footer: [...(open ? [who] : []), seenLine(decision.visibility, around.partners)],
    buttons: buttonsOf(decision),
  };
};

/** What the forms are filled with. */
export type Draft = Partial<WordingInput>;

const essay = (name: string, label: string, max: number): FormView['fields'][number] & { kind: 'text' } => ({
  kind: 'text',
  lines: 'many',
  name,
  label,
  max,
});

const wordingFields = ({ text, because, insteadOf }: Draft): FormView['fields'] => [
  { ...essay('text', 'What was decided', textLimits.text), value: text, required: true },
  { ...essay('because', 'Why', textLimits.because), value: because },
  { ...essay('insteadOf', 'Instead of', textLimits.insteadOf), hint: 'Options that were rejected', value: insteadOf },
];

/** Questions, and who will read the answers. */
export interface Asked {
  readonly draft: Draft;
  readonly committees: readonly Committee[];
  readonly visibility: Visibility;
  readonly partners: readonly Partner[];
  readonly carry: Readonly<Record<string, string>>;
}

const committeeField = (committees: readonly Committee[]): FormView['fields'][number] => ({
  kind: 'choice',
  name: 'committee',
  label: 'Committee',
  required: true,
  options: committees.map(({ id, key, name }) => ({ value: id, label: `${key}, ${name}` })),
});

export const recordForm = ({ draft, committees, visibility, partners, carry }: Asked): FormView => {
  const [only, ...others] = committees;
  const committee: Record<string, string> = only && others.length === 0 ? { committee: only.id } : {};
  return {
    kind: 'form',
    id: 'decisions.record',
    title: 'Record a decision',
    submit: 'Record',
    audience: audienceLine(visibility, partners),
    carry: { ...carry, ...committee, seenBy: visibility },
    fields: [...wordingFields(draft), ...(others.length > 0 ? [committeeField(committees)] : [])],
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

export const doneNotice = (
  text: string,
  undo?: { readonly verb: 'record' | 'confirm' | 'withdraw'; readonly id: string },
): NoticeView => ({
  kind: 'notice',
  text,
  buttons: undo ? [{ id: `decisions.undo-${undo.verb}`, label: 'Undo', subject: subjectOf(undo.id) }] : [],
});

/** What keeps its committee from being closed: whose confirmation is missing. */
export const openItem = (decision: Decision, missing: readonly Partner[]): ListItem => ({
  title: `${labelOf(decision)} ${shorten(decision.wording.text, TITLE_MAX)}`,
  text: `${namesOf(missing)} ${missing.length > 1 ? 'have' : 'has'} not confirmed the wording.`,
});

export const waitingItem = (decision: Decision, partner: Partner): ListItem => ({
  ...openItem(decision, [partner]),
  buttons: buttonsOf(decision).filter((button) => button.id === 'decisions.confirm'),
});

/** The wording that came with a change, and why it came: whoever reads the history must not guess what differed. */
const quoted = ({ detail }: HistoryEntry): string => {
  const said = (before: string, text: unknown): string =>
    typeof text === 'string' ? `${before}"${shorten(text, QUOTE_MAX)}"` : '';
  const wording = [
    said(': ', detail.text),
    said(' because ', detail.because),
    said(' instead of ', detail.insteadOf),
    typeof detail.reason === 'string' ? `. Changed because: ${shorten(detail.reason, QUOTE_MAX)}` : '',
  ];
  return wording.join('');
};

/** Both sides agree; whoever confirmed last did so in the entry before. */
const byline = (entry: HistoryEntry, around: Around): string =>
  entry.person && entry.verb !== 'agreed' ? ` by ${nameIn(around.names, entry.person)}` : '';

/** Every change, oldest first, privately. */
export const historyView = (decision: Decision, entries: readonly HistoryEntry[], around: Around): ListView => ({
  kind: 'list',
  title: `History of ${labelOf(decision)}`,
  items: entries.map((entry) => ({
    title: `${verbWords[entry.verb] ?? entry.verb}${byline(entry, around)}`,
    text: [{ moment: entry.at, zone: around.zone }, quoted(entry)],
  })),
  empty: 'Nothing has happened yet.',
});
