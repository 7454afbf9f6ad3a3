/* What people are asked about decisions: to confirm, to look again, whether one is new. */
import type { Partner } from '../../core/context.js';
import type { Waiting } from '../../core/feature.js';
import type { Day } from '../../core/ids.js';
import { namesOf } from '../../core/sentences.js';
import type { Button, ListItem, NoticeView } from '../../core/view.js';
import { type Decision, labelOf, statusWords } from './rules.js';
import { buttonsFor, reviewButton, subjectOf, titleOf } from './views.js';

/** What keeps its committee from being closed: whose confirmation is missing. */
export const openItem = (decision: Decision, missing: readonly Partner[]): ListItem => ({
  title: `${labelOf(decision)} ${titleOf(decision)}`,
  text: `${namesOf(missing)} ${missing.length > 1 ? 'have' : 'has'} not confirmed the wording.`,
});

export const disputedItem = (decision: Decision, partners: readonly Partner[]): ListItem => ({
  title: `${labelOf(decision)} ${titleOf(decision)}`,
  text: `${namesOf(partners.filter(({ id }) => id === decision.dispute?.partner))} disputes it.`,
});

/** At once in their home; in the daily message from `day` on, when it has waited long enough. */
export const waitingItem = (decision: Decision, partner: Partner, day: Day): Waiting => ({
  ...openItem(decision, [partner]),
  subject: subjectOf(decision.id),
  dueOn: day,
  remind: { from: day },
  buttons: buttonsFor(decision).recorded.slice(0, 1),
});

/** Asked of co-chairs on its day. */
export const reviewItem = (decision: Decision, day: Day): Waiting => ({
  subject: subjectOf(decision.id),
  dueOn: day,
  remind: { from: day },
  title: `${labelOf(decision)} ${titleOf(decision)}`,
  text: [
    'Is this still right? Its review was set for ',
    { day },
    `; the first answer counts${decision.visibility ? '' : ' for all companies'}.`,
  ],
  buttons: [
    reviewButton(decision, 'Still right', 'decisions.still-right'),
    reviewButton(decision, 'Revisit', 'decisions.revisit'),
    { ...reviewButton(decision, 'Superseded', 'decisions.supersede'), opensWindow: true },
  ],
});

/** Nothing is recorded before its author has said how the two are related. */
export const nearNotice = (near: Decision, draft: string): NoticeView => {
  const press = (label: string, how: string): Button => ({
    id: 'decisions.file',
    label,
    carry: { draft, how, near: near.id },
  });
  const agreed = near.status === 'agreed';
  const open = near.status === 'recorded' ? ' It is not agreed yet: confirm it or suggest a change on its card.' : '';
  const asked = open === '' ? ' How does yours stand to it?' : open;
  return {
    kind: 'notice',
    text: `Close to ${labelOf(near)} '${titleOf(near)}' (${statusWords[near.status].toLowerCase()}).${asked} Nothing is recorded until you choose.`,
    buttons: [
      ...(agreed || near.status === 'disputed' ? [press('Supersede', 'supersedes')] : []),
      ...(agreed ? [press('Amend', 'amends')] : []),
      press('Different', 'different'),
    ],
  };
};
