/* The next meetings: of whoever asks, and what keeps a committee from being closed. */
import { actingCommittees } from '../../core/acting.js';
import type { Actor, Audience, Committee, Ctx, Read } from '../../core/context.js';
import type { CommitteeId } from '../../core/ids.js';
import type { ListItem, View } from '../../core/view.js';
import { inviteButton } from './file-views.js';
import { endsAt, labelOf, statusWords } from './rules.js';
import { mayRun } from './running-rules.js';
import { aheadItem, aheadList, type Listed } from './schedule-views.js';
import { listMeetings } from './store.js';
import { subjectOf, titleOf } from './views.js';

/** Planned and open ones that are not over, the next first. */
const ahead = async (committees: readonly Committee[], { db, now }: Read): Promise<readonly Listed[]> => {
  const byId = new Map(committees.map((one) => [one.id, one]));
  const found = await listMeetings(db, [...byId.keys()], ['open', 'planned']);
  return found.flatMap((meeting) => {
    const committee = byId.get(meeting.committee);
    return committee && (meeting.status === 'open' || endsAt(meeting) > now) ? [{ meeting, committee }] : [];
  });
};

const SHOWN = 8;

/** 'meeting' and nothing else. */
export const listAhead = async (ctx: Ctx): Promise<View> => {
  const { actor, place } = ctx;
  const committees = await actingCommittees(ctx);
  const found = await ahead(committees, ctx);
  const may = (committee: Committee): boolean => !place.internal && mayRun(actor, committee);
  const items = found
    .slice(0, SHOWN)
    .map((one) => aheadItem(one, actor.zone, may(one.committee), [inviteButton(subjectOf(one.meeting.id))]));
  return aheadList(items, found.length - items.length, committees.some(may));
};

const AT_HOME = 3;

/** For somebody's home: of the committees that they sit on. */
export const aheadOf = async (actor: Actor, read: Read, audience: Audience): Promise<readonly ListItem[]> => {
  if (actor.alliance !== audience.alliance) return [];
  const own = new Set(actor.seats.map(({ committee }) => committee));
  const committees = (await read.directory.committees(actor.alliance)).filter(({ id }) => own.has(id));
  return (await ahead(committees, read)).slice(0, AT_HOME).map((one) => aheadItem(one, actor.zone, false));
};

/** What keeps a committee from being closed. */
export const pendingOf = async (
  id: CommitteeId,
  { db, directory }: Read,
  audience: Audience,
): Promise<readonly ListItem[]> => {
  const committee = await directory.committee(id);
  if (committee?.alliance !== audience.alliance) return [];
  return (await listMeetings(db, [id], ['planned', 'open'])).map((meeting) => ({
    title: `${labelOf(meeting)} ${titleOf(meeting, committee)}`,
    text: `${statusWords[meeting.status]}. ${meeting.status === 'open' ? 'Close it first.' : 'Cancel it first.'}`,
  }));
};
