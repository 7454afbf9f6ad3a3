import type { RecordView, Subject } from '../../../src/core/view.js';
import type { Risk } from './rules.js';

export const subjectOf = (id: string): Subject => ({ feature: 'risks', id });

export const riskCard = ({ id, number, text, closed }: Risk): RecordView => {
  const status = closed ? 'Closed' : 'Open';
  return {
    kind: 'record',
    subject: subjectOf(id),
    label: `R-${number}`,
    title: text,
    status,
    summary: `R-${number} ${text}. ${status}.`,
    facts: [],
    footer: [],
    buttons: closed ? [] : [{ id: 'risks.close', label: 'Close', subject: subjectOf(id) }],
  };
};
