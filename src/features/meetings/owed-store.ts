/* What a committee's people still owe from earlier meetings: whatever feature keeps it, and never an item's row. */
import type { Audience, Read } from '../../core/context.js';
import { todayOf } from '../../core/days.js';
import type { Listed } from '../../core/entries/entries.js';
import { findEntries } from '../../core/entries/finding.js';
import type { CommitteeId, Day } from '../../core/ids.js';
import { SHARED } from '../../core/visibility.js';

/** More than these no meeting goes through. */
const MOST = 100;

export interface Owed {
  /** What all companies share of it, the longest due first. */
  readonly entries: readonly Listed[];
  readonly today: Day;
}

const NEVER = '9999-12-31';

export const listOwed = async (committee: CommitteeId, read: Read, audience: Audience): Promise<Owed> => {
  const found = await findEntries(read.db, { committee, live: true, owed: true }, audience, { limit: MOST });
  const shared = found.filter(({ visibility }) => visibility === SHARED);
  const due = ({ dueOn = NEVER }: Listed): string => dueOn;
  return {
    entries: [...shared].sort((one, other) => (due(one) < due(other) ? -1 : due(one) > due(other) ? 1 : 0)),
    today: await todayOf(read, audience.alliance),
  };
};

export const isOverdue = ({ dueOn }: Pick<Listed, 'dueOn'>, today: Day): boolean =>
  dueOn !== undefined && dueOn < today;

/** '4 open, 1 overdue' */
export const owedLine = ({ entries, today }: Owed): string => {
  const overdue = entries.filter((entry) => isOverdue(entry, today)).length;
  if (entries.length === 0) return 'none';
  return `${entries.length}${entries.length === MOST ? ' or more' : ''} open${overdue > 0 ? `, ${overdue} overdue` : ''}`;
};
