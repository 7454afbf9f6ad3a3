/* What is missing before a meeting: on its card what all may know, and to those who run it by name. */
import type { Partner } from '../../core/context.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { nameIn } from '../../core/sentences.js';
import type { Button, ListView, Span, Text } from '../../core/view.js';
import { listItems } from './agenda-store.js';
import { missingWords, type Nudged, owedWords, type Unready } from './missing-rules.js';
import { listAsked } from './missing-store.js';
import { shortTitle, timeWords } from './reminder-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { type DrawPart, namesIn, subjectOf } from './views.js';

/** On the card that all companies read: what is missing of what all of them see anyway. */
export const missingPart: DrawPart = async (meeting, looking) => {
  const { read, audience } = looking;
  const shown = (await listAsked(meeting, read, audience)).filter(
    ({ kind, item }) => kind === 'answer' || item?.status === 'accepted',
  );
  const names = await namesIn(
    looking,
    shown.map(({ person }) => person),
  );
  const items = await listItems(read.db, meeting.id, audience);
  const text = missingWords(shown, items, (person) => nameIn(names, person));
  return text === undefined ? {} : { facts: [{ label: 'Missing', text }] };
};

export interface Readiness {
  readonly meeting: Meeting;
  readonly key: string;
  readonly unready: readonly (Unready & { readonly name: string; readonly partner?: Partner })[];
  /** The company that reads, whose positions are known. */
  readonly own?: PartnerId;
  /** Who asks: nobody nudges themselves. */
  readonly asker: PersonId;
  readonly zone: string;
}

/** 'Nudge these 2' */
const nudgeButton = ({ meeting, unready, asker }: Readiness): readonly Button[] => {
  const count = unready.filter(({ person }) => person !== asker).length;
  if (count === 0) return [];
  const label = count === 1 ? 'Nudge this one' : `Nudge these ${count}`;
  return [{ id: 'meetings.nudge', label, subject: subjectOf(meeting.id) }];
};

const line = ({ name, partner, duties }: Readiness['unready'][number]) => ({
  title: partner ? `${name}, ${partner.name}` : name,
  text: `${owedWords(duties)} (${timeWords(duties)})`,
});

/** By name, the reader's own company first: of the other one nobody's position is known. */
export const readinessView = (readiness: Readiness): ListView => {
  const { meeting, key, unready, own, zone } = readiness;
  const first = unready.filter(({ partner }) => partner?.id === own);
  const others = unready.filter(({ partner }) => partner?.id !== own);
  const known =
    own === undefined
      ? ' Positions are not told here, where others read too: ask Entente directly for those of your company.'
      : ' Positions are told of your own company only.';
  const buttons = nudgeButton(readiness);
  return {
    kind: 'list',
    title: `Readiness for ${labelOf(meeting)}`,
    intro: [`${shortTitle(key, meeting.startsAt, zone)}. What is asked for by now and missing.${known}`],
    items: [...first, ...others].map(line),
    empty: 'Everybody has done what was asked so far.',
    ...(buttons.length > 0 && { buttons }),
  };
};

/** How somebody was nudged. `own`: what is known of their calendar is their company's business. */
export interface NudgedPerson {
  readonly name: string;
  readonly own: boolean;
  readonly nudged: Nudged;
  /** The next working morning of theirs. */
  readonly by: string;
}

const unreached: Readonly<Record<'out' | 'muted' | 'snoozed' | 'late', string>> = {
  out: 'is out',
  muted: 'wants no messages for now',
  snoozed: 'asked to be reminded of this meeting later',
  late: 'gets no daily message before the meeting: ask them yourself',
};

const ownLine = ({ name, nudged }: NudgedPerson): readonly Span[] => {
  switch (nudged.how) {
    case 'now':
      return [`${name} hears of it now.`];
    case 'then':
      return [`${name} hears of it in the daily message of `, { day: nudged.on }, '.'];
    case 'already':
      return [`${name} was nudged already, for `, { day: nudged.on }, '.'];
    default:
      return [`${name} is not nudged: ${name} ${unreached[nudged.how]}.`];
  }
};

/** Of the other company's people neither when they were told what, nor why they cannot be told. */
const otherLine = ({ name, nudged, by }: NudgedPerson): readonly Span[] => {
  if (nudged.how === 'already') return [`${name} was nudged already.`];
  if (nudged.how === 'now' || nudged.how === 'then')
    return [`${name} hears of it by the morning of `, { day: by }, '.'];
  return [`${name} cannot be reminded at the moment. Ask the alliance professional of their company.`];
};

export const nudgedText = (people: readonly NudgedPerson[]): Text =>
  people.flatMap((one, at) => [...(at > 0 ? [' '] : []), ...(one.own ? ownLine(one) : otherLine(one))]);
