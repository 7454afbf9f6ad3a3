/* A meeting's agenda as whoever asks may read and change it. */
import type { Committee, Ctx } from '../../core/context.js';
import { type Listed, listEntries } from '../../core/entries/entries.js';
import { Refusal } from '../../core/errors.js';
import type { View } from '../../core/view.js';
import { agendaList, type Reading } from './agenda-list-views.js';
import { type Item, runs } from './agenda-rules.js';
import { type Agenda, agendaOf } from './agenda-views.js';
import { listOwed } from './owed-store.js';
import type { Meeting } from './rules.js';

/** @throws Refusal where it cannot be read */
export const readAgenda = async (meeting: Meeting, ctx: Ctx): Promise<Agenda> => {
  const agenda = await agendaOf(meeting, ctx, ctx.place.audience);
  if (!agenda) throw new Refusal('no-meeting', "You can read no such meeting here. Say 'meeting' for the next ones.");
  return agenda;
};

const aboutEntries = async (items: readonly Item[], ctx: Ctx): Promise<readonly Listed[]> => {
  const about = items.flatMap((item) => item.about ?? []);
  const found: Listed[] = [];
  for (const feature of new Set(about.map((subject) => subject.feature))) {
    const ids = about.filter((subject) => subject.feature === feature).map(({ id }) => id);
    found.push(...(await listEntries(ctx.db, feature, [...new Set(ids)], ctx.place.audience)));
  }
  return found;
};

/** True for those who run the committee, and of an item for its owner and whoever proposed it. */
export const mayChange = (item: Pick<Item, 'owner' | 'proposedBy'>, committee: Committee, { actor }: Ctx): boolean =>
  runs(actor, committee) || (actor.home && [item.owner, item.proposedBy].includes(actor.person));

/** The list *Agenda*, one page of it; `from` is told where it was pressed in the list, which it takes the place of. */
export const showAgenda = async (meeting: Meeting, ctx: Ctx, from?: number, done?: Reading['done']): Promise<View> => {
  const agenda = await readAgenda(meeting, ctx);
  const owed = await listOwed(meeting.committee, ctx, ctx.place.audience);
  const owners = owed.entries.flatMap(({ owner }) => owner ?? []);
  return agendaList(agenda, {
    owed,
    owedNames: await ctx.directory.names([...new Set(owners)]),
    offers: await ctx.offers(meeting.committee),
    entries: await aboutEntries(agenda.items, ctx),
    runs: runs(ctx.actor, agenda.committee),
    mayChange: (item) => mayChange(item, agenda.committee, ctx),
    from: from ?? 0,
    again: from !== undefined,
    ...(done && { done }),
  });
};
