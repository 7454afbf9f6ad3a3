/* Who comes, and who was there. Pure. */
import type { Instant, PartnerId, PersonId } from '../../core/ids.js';

export type Answer = 'coming' | 'not-coming' | 'alternate';

export interface Attendance {
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly answer?: Answer;
  readonly answeredAt?: Instant;
  /** Set once the meeting has begun. */
  readonly present?: boolean;
}
