import type { Partner } from '../../core/context.js';
import { listNames } from '../../core/sentences.js';
import type { ListItem, NoticeView } from '../../core/view.js';
import type { Leaver } from './rules.js';

/** What forgetting somebody ends, besides what they are. */
export interface Ending {
  readonly partner: Partner;
  /** The keys of the committees that they sit on. */
  readonly seats: readonly string[];
  readonly left: readonly ListItem[];
  /** Other alliances of theirs, told to themselves alone. */
  readonly elsewhere: readonly string[];
}

const MOST_LEFT = 10;

const leftLines = (left: readonly ListItem[], whose: string): readonly string[] => {
  if (left.length === 0) return [];
  const more = left.length > MOST_LEFT ? ['- and more'] : [];
  const lines = left.slice(0, MOST_LEFT).map(({ title }) => `- ${title}`);
  return [[`${whose} open; hand it over first, or leave it:`, ...lines, ...more].join('\n')];
};

/** Asks once, since it cannot be undone. */
export const askForget = ({ person, name, self }: Leaver, ending: Ending): NoticeView => {
  const { partner, seats, left, elsewhere } = ending;
  const whose = self ? 'your' : 'their';
  const paragraphs = [
    `Entente forgets ${whose} name, e-mail address, time zone, language and accounts, and takes its cards out of ${whose} direct messages. This cannot be undone.`,
    `What ${self ? 'you' : name} recorded and confirmed stays, as done by 'a former member of ${partner.name}'. Words that people wrote stay as they are, and so do messages that only the chat keeps.`,
    ...(seats.length > 0 ? [`${self ? 'Your' : 'Their'} seats end: ${listNames(seats)}.`] : []),
    ...leftLines(left, self ? 'You leave' : 'They leave'),
    ...(elsewhere.length > 0
      ? [`You take part in ${listNames(elsewhere)} too: say it there as well. Until then ${whose} name stays.`]
      : []),
    ...(self ? [] : ['If they take part in another alliance, their name stays until that one lets go as well.']),
  ];
  return {
    kind: 'notice',
    title: self ? 'Forget you?' : `Forget ${name}?`,
    text: paragraphs.join('\n\n'),
    buttons: [
      { id: 'people.forget', label: self ? 'Forget me' : 'Forget them', style: 'danger', carry: { person } },
      { id: 'people.keep', label: 'Cancel' },
    ],
  };
};

export const forgottenNotice = (self: boolean, whole: boolean): NoticeView => {
  const who = self ? 'you' : 'them';
  const kept = `Entente has ended ${self ? 'your' : 'their'} part in this alliance. ${self ? 'Your' : 'Their'} name stays while another alliance needs it.`;
  const again = self ? ' If you write to it again, it meets you as somebody new.' : '';
  return { kind: 'notice', text: whole ? `Entente has forgotten ${who}.${again}` : kept };
};
