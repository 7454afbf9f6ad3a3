import type { HistoryEntry } from '../../core/context.js';
import { nameIn } from '../../core/sentences.js';
import type { ListItem, ListView, Span } from '../../core/view.js';
import { quoted, type Told, whoIn } from './history-views.js';
import { type Decision, hasEffect, labelOf, type Relative, statusLine } from './rules.js';
import { type Around, partnerIn, shorten, subjectOf, wordingLine } from './views.js';

const TITLE_MAX = 120;
/** Of each wording: the whole of the present one stands above. */
const QUOTE_MAX = 600;

const itemOf = (title: string, text: string | undefined): readonly ListItem[] => (text ? [{ title, text }] : []);

const wordingItem = (entry: HistoryEntry, at: number, told: Told, around: Around): ListItem => ({
  title: `Wording ${at + 1}`,
  text: [
    ...(entry.person ? [`${whoIn(told, entry.person)}, `] : []),
    { moment: entry.at, zone: around.zone } satisfies Span,
    quoted(entry, QUOTE_MAX),
  ],
});

const relativeLine = ({ label, title }: Relative): string => `${label} ${shorten(title, TITLE_MAX)}`;

const relatedItems = ({ status, replaces, replacedBy, supersededBy }: Decision): readonly ListItem[] => {
  const once = (agreed: boolean, text: string): string => (agreed ? text : `${text}, once agreed`);
  const related = replacedBy.map((one) => ({
    title: one.how === 'amends' ? 'Amended by' : 'Superseded by',
    text: once(hasEffect(one.status), relativeLine(one)),
  }));
  const listed = replacedBy.some((one) => one.id === supersededBy?.id);
  return [
    ...(replaces
      ? [
          {
            title: replaces.how === 'amends' ? 'Amends' : 'Supersedes',
            text: once(hasEffect(status), relativeLine(replaces)),
          },
        ]
      : []),
    ...related,
    ...(supersededBy && !listed ? [{ title: 'Superseded by', text: supersededBy.label }] : []),
  ];
};

/** The reason, the options, who stood behind it, each wording that it had, and what it has to do with. */
export const whyView = (decision: Decision, told: Told, around: Around): ListView => {
  const { wording, dispute } = decision;
  const wordings = told.entries.filter(({ verb }) => verb === 'recorded' || verb === 'revised');
  const recorder = `${nameIn(around.names, decision.recordedBy)}, ${partnerIn(around, decision.recordedFor)}, `;
  return {
    kind: 'list',
    title: `Why ${labelOf(decision)}`,
    intro: `${wording.text}\n${statusLine(decision)}, ${around.committee.key}`,
    items: [
      { title: 'Why', text: wording.because ?? 'No reason was recorded.' },
      ...itemOf('Instead of', wording.insteadOf),
      { title: 'Recorded by', text: [recorder, { moment: decision.recordedAt, zone: around.zone }] },
      { title: 'Confirmed', text: wordingLine(decision, around) },
      ...itemOf(
        'Disputed by',
        decision.status === 'disputed' && dispute
          ? `${nameIn(around.names, dispute.person)}, ${partnerIn(around, dispute.partner)}: ${dispute.reason}`
          : undefined,
      ),
      ...relatedItems(decision),
      ...(wordings.length > 1 ? wordings.map((entry, at) => wordingItem(entry, at, told, around)) : []),
    ],
    empty: 'Nothing is known.',
    buttons: [{ id: 'decisions.history', label: 'History', subject: subjectOf(decision.id), opensWindow: true }],
  };
};
