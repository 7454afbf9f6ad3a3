/* What stands on an agenda. Pure. */
import type { AgendaKind } from '../../core/agenda.js';
import type { CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { Subject } from '../../core/view.js';

/** 'done' and 'parked' in the meeting; 'carried' once it stands on a later one's agenda. */
export type ItemStatus = 'proposed' | 'accepted' | 'declined' | 'done' | 'parked' | 'carried';

export interface Paper {
  readonly version: number;
  readonly link: string;
  readonly pages?: number;
  readonly person: PersonId;
  readonly at: Instant;
}

export interface Item {
  readonly id: string;
  readonly committee: CommitteeId;
  readonly meeting: string;
  readonly position: number;
  readonly kind: AgendaKind;
  readonly title: string;
  readonly question?: string;
  readonly minutes: number;
  readonly owner: PersonId;
  readonly status: ItemStatus;
  readonly proposedBy: PersonId;
  readonly proposedFor: PartnerId;
  readonly proposedAt: Instant;
  /** Where the audience can open it. */
  readonly link?: string;
  readonly about?: Subject;
  readonly carriedFrom?: string;
  readonly spentMs: number;
  readonly note?: string;
  /** The latest version. */
  readonly paper?: Paper;
}

/** Those that the room goes through, in its order. */
export const isOnAgenda = ({ status }: Pick<Item, 'status'>): boolean => status !== 'proposed' && status !== 'declined';
