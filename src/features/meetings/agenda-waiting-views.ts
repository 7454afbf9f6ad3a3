/* What waits for people because of agendas, in their home and in their daily message. */
import type { Actor, Audience, Committee, Read } from '../../core/context.js';
import type { Waiting } from '../../core/feature.js';
import { groupedBy } from '../../core/grouped.js';
import type { CommitteeId, Day, PersonId } from '../../core/ids.js';
import { shorten } from '../../core/sentences.js';
import type { Button, ListItem } from '../../core/view.js';
import type { Holidays } from '../../core/workdays.js';
import { NEEDED } from './agenda-card-views.js';
import { type Item, kindWords, runs } from './agenda-rules.js';
import { listItems, listItemsIn } from './agenda-store.js';
import { type Agenda, agendaButton, hasOwner, itemButton, whatOf } from './agenda-views.js';
import { doubtedOn, holidaysOf, papersOn } from './need-store.js';
import { labelOf, type Meeting } from './rules.js';
import { listMeetings } from './store.js';
import { subjectOf, titleOf } from './views.js';

const TITLE_MAX = 120;

type About = Pick<Agenda, 'meeting' | 'committee'>;

const titled = (what: string, item: Item, { meeting }: Pick<Agenda, 'meeting'>): string =>
  `${what} ${labelOf(meeting)}: ${shorten(whatOf(item), TITLE_MAX)}`;

const ownerlessItem = (item: Item, agenda: About, papers: Day): Waiting => ({
  subject: subjectOf(agenda.meeting.id),
  dueOn: papers,
  title: titled('An item of', item, agenda),
  text: `It has no owner any more: whoever owned it has no seat on the ${agenda.committee.key} now. Choose somebody else, or remove it.`,
  remind: { from: papers },
  buttons: [itemButton('edit-item', item), itemButton('remove-item', item)],
});

const keepButtons = ({ id }: Meeting): readonly Button[] => [
  { id: 'meetings.ask-cancel', label: 'Cancel the meeting', subject: subjectOf(id), opensWindow: true },
  { id: 'meetings.keep', label: 'Yes, keep it', subject: subjectOf(id), style: 'primary' },
];

const doubtedItem = ({ meeting, committee }: About, on: Day): Waiting => ({
  subject: subjectOf(meeting.id),
  dueOn: on,
  title: `${labelOf(meeting)} ${titleOf(meeting, committee)}: ${NEEDED}`,
  text: 'Nothing on its agenda is for decision.',
  remind: { on: [on] },
  buttons: [...keepButtons(meeting), agendaButton(meeting)],
});

interface Asking {
  readonly read: Read;
  readonly audience: Audience;
  readonly holidays: Holidays;
}

const isOpen = ({ status }: Item): boolean => status === 'proposed' || status === 'accepted';

const waitsOfChair = async (
  meeting: Meeting,
  committee: Committee,
  items: readonly Item[],
  { read, audience, holidays }: Asking,
): Promise<readonly Waiting[]> => {
  const open = items.filter(isOpen);
  // That it is empty is told as something that they owe.
  const doubted = open.length === 0 ? undefined : await doubtedOn(meeting, items, read, audience, holidays);
  const asked = doubted === undefined ? [] : [doubtedItem({ meeting, committee }, doubted)];
  if (open.length === 0) return asked;
  const seats = await read.directory.seats(committee.id);
  const ownerless = open.filter((item) => !hasOwner(item, { seats }));
  if (ownerless.length === 0) return asked;
  const papers = await papersOn(meeting, read, holidays);
  return [...ownerless.map((item) => ownerlessItem(item, { meeting, committee }, papers)), ...asked];
};

/** Told to whoever proposed it, in their home alone: it was nobody's duty. */
const declinedItem = (item: Item, meeting: Meeting): Waiting => ({
  subject: subjectOf(meeting.id),
  title: titled('Declined for', item, { meeting }),
  text: item.note === undefined ? 'No reason was given.' : `Because: ${item.note}`,
  buttons: [{ ...itemButton('remove-item', item), label: 'Clear' }],
});

const committeesOf = async ({ seats, professional, alliance }: Actor, read: Read): Promise<readonly Committee[]> => {
  const open = await read.directory.committees(alliance);
  return professional ? open : open.filter(({ id }) => seats.some(({ committee }) => committee === id));
};

/** Questions about agendas to those who run committees, and answers to those who proposed something. */
export const agendaWaits = async (actor: Actor, read: Read, audience: Audience): Promise<readonly Waiting[]> => {
  const committees = new Map((await committeesOf(actor, read)).map((committee) => [committee.id, committee]));
  const meetings = await listMeetings(read.db, [...committees.keys()], ['planned']);
  if (meetings.length === 0) return [];
  const items = await listItemsIn(
    read.db,
    meetings.map(({ id }) => id),
    audience,
  );
  const itemsOf = groupedBy(items, ({ meeting }) => meeting);
  const asking: Asking = { read, audience, holidays: await holidaysOf(read, audience) };
  const waiting: Waiting[] = [];
  for (const meeting of meetings) {
    const committee = committees.get(meeting.committee);
    const own = itemsOf.get(meeting.id) ?? [];
    if (committee && runs(actor, committee)) waiting.push(...(await waitsOfChair(meeting, committee, own, asking)));
    const declined = own.filter(({ status, proposedBy }) => status === 'declined' && proposedBy === actor.person);
    waiting.push(...declined.map((item) => declinedItem(item, meeting)));
  }
  return waiting;
};

/** Items of meetings that are to come which somebody owns who loses a seat: to be handed over. */
export const ownedItems = async (
  person: PersonId,
  committee: CommitteeId,
  read: Read,
  audience: Audience,
): Promise<readonly ListItem[]> => {
  const left: ListItem[] = [];
  for (const meeting of await listMeetings(read.db, [committee], ['planned', 'open']))
    for (const item of await listItems(read.db, meeting.id, audience))
      if (item.owner === person && isOpen(item))
        left.push({
          title: titled('An item of', item, { meeting }),
          text: [`${kindWords[item.kind]}, `, { moment: meeting.startsAt, zone: meeting.zone }, '.'],
          buttons: [itemButton('edit-item', item)],
        });
  return left;
};
