/* What a meeting is, and where it stands. Pure. */
import type { Committee } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId, WallTime, Zone } from '../../core/ids.js';

/** 'held': its minutes are drafted and can still be changed; 'agreed': they are locked. */
export type Status = 'planned' | 'open' | 'held' | 'agreed' | 'cancelled';

export const statusWords: Readonly<Record<Status, string>> = {
  planned: 'Planned',
  open: 'Under way',
  held: 'Held, minutes drafted',
  agreed: 'Held, minutes agreed',
  cancelled: 'Cancelled',
};

/** When a committee meets: once, or again and again by one rule. */
export interface Series {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly committee: CommitteeId;
  readonly startsAt: WallTime;
  readonly zone: Zone;
  readonly minutes: number;
  readonly place?: string;
  readonly rule?: string;
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly createdBy: PersonId;
  readonly createdFor: PartnerId;
  readonly createdAt: Instant;
  readonly endedAt?: Instant;
}

export interface Meeting {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly number: number;
  readonly series: string;
  readonly committee: CommitteeId;
  readonly original: WallTime;
  readonly startsAt: Instant;
  readonly zone: Zone;
  readonly minutes: number;
  readonly place?: string;
  readonly status: Status;
  readonly reason?: string;
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly openedAt?: Instant;
  readonly openedBy?: PersonId;
  readonly closedAt?: Instant;
  readonly closedBy?: PersonId;
  /** The item that the room is at, and since when. */
  readonly item?: { readonly id: string; readonly since: Instant };
  readonly lockedAt?: Instant;
}

const MINUTE_MS = 60_000;

export const labelOf = ({ number }: Pick<Meeting, 'number'>): string => `M-${number}`;

export const endsAt = ({ startsAt, minutes }: Pick<Meeting, 'startsAt' | 'minutes'>): Instant =>
  startsAt + minutes * MINUTE_MS;

/** @throws Refusal in a committee that is closed */
export const checkCommitteeOpen = (committee: Committee): void => {
  if (committee.closedAt === undefined) return;
  throw new Refusal('closed-committee', `The ${committee.key} is closed. It meets no more.`);
};
