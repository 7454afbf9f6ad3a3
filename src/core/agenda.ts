/* What features offer to a committee's next meeting. */
import type { PersonId } from './ids.js';
import type { Subject } from './view.js';

/** What an item of an agenda asks of the room. */
export const agendaKinds = ['decision', 'discussion', 'information'] as const;

export type AgendaKind = (typeof agendaKinds)[number];

/** Something that a committee's next meeting might take up. */
export interface AgendaOffer {
  /** The record that it is about. */
  readonly subject: Subject;
  readonly kind: AgendaKind;
  /** 'D-14 Meet monthly' */
  readonly title: string;
  /** Of a decision: what would be asked, 'Do we confirm D-14?' */
  readonly question?: string;
  /** Why it comes up: 'Not confirmed by Nova Pharma'. */
  readonly why: string;
  /** Whoever would speak to it. */
  readonly owner?: PersonId;
  /** Set for what every meeting begins or ends with: nobody has to take it up. */
  readonly standing?: 'first' | 'last';
}
