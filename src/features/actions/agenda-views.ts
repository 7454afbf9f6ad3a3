/* What a committee's next meeting might take up of its actions: those that all companies share. */
import type { AgendaOffer } from '../../core/agenda.js';
import type { Audience, Read } from '../../core/context.js';
import { dayText, todayOf } from '../../core/days.js';
import type { CommitteeId, Day } from '../../core/ids.js';
import { SHARED } from '../../core/visibility.js';
import type { Action } from './rules.js';
import { listActions } from './store.js';
import { shorten, subjectOf, titleOf } from './views.js';

const WHY_MAX = 200;

/** None for what goes its way. */
const whyOf = ({ status, dueOn, reason }: Action, today: Day): string | undefined => {
  const late = dueOn < today;
  const since = `overdue since ${dayText(dueOn)}`;
  if (status === 'blocked') return `Blocked${late ? `, and ${since}` : ''}: ${reason ?? ''}`;
  if (status === 'proposed' && late) return `Not accepted by its owner, and ${since}`;
  return status === 'open' && late ? `Overdue since ${dayText(dueOn)}` : undefined;
};

/** Those that are overdue or blocked, the longest due first. */
export const actionOffers = async (
  committee: CommitteeId,
  read: Read,
  audience: Audience,
): Promise<readonly AgendaOffer[]> => {
  const today = await todayOf(read, audience.alliance);
  const found = await listActions(read.db, { committee }, audience);
  return found
    .filter(({ visibility }) => visibility === SHARED)
    .flatMap((action): AgendaOffer[] => {
      const why = whyOf(action, today);
      if (why === undefined) return [];
      const { id, owner } = action;
      return [
        { subject: subjectOf(id), kind: 'discussion', title: titleOf(action), why: shorten(why, WHY_MAX), owner },
      ];
    });
};
