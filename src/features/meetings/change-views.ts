/* Forms about minutes. */

import { audienceLine, shorten } from '../../core/sentences.js';
import type { Field, FormView } from '../../core/view.js';
import type { Minutes } from './draft-rules.js';
import { minutesLimits, type Proposal } from './minutes-rules.js';
import type { Around } from './minutes-views.js';
import { whereOf } from './reading-views.js';
import { minutesSubject, proposalSubject } from './views.js';

/** Stands for no item in particular. */
export const WHOLE = 'meeting';

const OPTION = 70;

const textField = (label: string, hint?: string): Field => ({
  ...{ kind: 'text', name: 'text', label, lines: 'many', max: minutesLimits.text, required: true },
  ...(hint !== undefined && { hint }),
});

export const changeForm = ({ meeting, items }: Minutes, { partners }: Around): FormView => ({
  kind: 'form',
  id: 'meetings.propose-change',
  title: 'Propose a change',
  submit: 'Propose',
  audience: audienceLine('', partners),
  subject: minutesSubject(meeting.id),
  fields: [
    {
      ...{ kind: 'choice', name: 'item', label: 'Of what', value: WHOLE, required: true },
      options: [
        { value: WHOLE, label: 'The whole meeting' },
        ...items.map(({ item, number }) => ({ value: item.id, label: shorten(`${number}. ${item.title}`, OPTION) })),
      ],
    },
    textField('What the minutes should say', 'A co-chair of the other company takes it, or leaves it.'),
  ],
});

export const leaveForm = (proposal: Proposal, minutes: Minutes, { partners }: Around): FormView => ({
  kind: 'form',
  id: 'meetings.leave-change',
  title: 'Leave it',
  submit: 'Leave it',
  audience: audienceLine('', partners),
  subject: proposalSubject(proposal.id),
  fields: [
    {
      ...{ kind: 'text', name: 'reason', lines: 'one', max: minutesLimits.reason },
      label: 'Why, if you like to say',
      hint: shorten(`${whereOf(proposal, minutes)}: ${proposal.text}`, 150),
    },
  ],
});

export const correctionForm = ({ meeting }: Minutes, { partners }: Around): FormView => ({
  kind: 'form',
  id: 'meetings.correct',
  title: 'Add a correction',
  submit: 'Add',
  audience: audienceLine('', partners),
  subject: minutesSubject(meeting.id),
  fields: [
    textField('What is to be corrected', 'It stands under the minutes for good. Nobody can change or remove it.'),
  ],
});
