/* How ready each company is for what is to be decided: a colour, in words too, and nothing else of what its people said. */
import type { Audience, Partner, Read, Seat } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import { cut } from '../../core/sentences.js';
import type { Item } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { jointHolidays } from './countdown-store.js';
import { stepOn } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import { type Colour, colourWords, isAsked, votesOf } from './position-rules.js';
import { type Colours, listColours, listRecused } from './position-store.js';
import type { Meeting } from './rules.js';
import type { DrawPart } from './views.js';

/** The colours of some items, by item and company; the seats are those of their committee today. */
export const coloursOf = async (
  read: Pick<Read, 'db'>,
  items: readonly Pick<Item, 'id'>[],
  partners: readonly Partner[],
  seats: readonly Seat[],
): Promise<Colours> => {
  const ids = items.map(({ id }) => id);
  const recused = await listRecused(read.db, ids);
  return listColours(
    read.db,
    ids,
    partners.map(({ id }) => id),
    (item, partner) => votesOf(seats, partner, recused.get(item)),
  );
};

/** True from the day on which people are asked where they stand. */
export const isAskedByNow = async (meeting: Meeting, read: Read, { alliance }: Audience): Promise<boolean> => {
  const plan = await getPlan(read.db, meeting.committee);
  const holidays = await jointHolidays({ directory: read.directory, alliance });
  const on = stepOn('positions', plan, meeting, holidays);
  return on !== undefined && dayOf(read.now, meeting.zone) >= on;
};

const wordsOf = (colour: Colour | undefined, asked: boolean): string => {
  if (colour !== undefined) return colourWords[colour];
  return asked ? 'no answer yet' : 'not asked yet';
};

/** 'Acme Bio green, aligned · Nova Pharma no answer yet' */
export const colourLine = (
  item: Pick<Item, 'id'>,
  colours: Colours,
  partners: readonly Partner[],
  asked: boolean,
): string => partners.map(({ id, name }) => `${name} ${wordsOf(colours.get(item.id)?.get(id), asked)}`).join(' · ');

const MOST = 8;
const TITLE_MAX = 40;

const shortly = (title: string): string => (title.length > TITLE_MAX ? `${cut(title, TITLE_MAX - 1)}…` : title);

/** A line for each item for decision, once anybody is asked or has answered. */
export const readinessPart: DrawPart = async (meeting, { read, audience, partners, seats }) => {
  const items = (await listItems(read.db, meeting.id, audience)).filter(isAsked);
  if (items.length === 0) return {};
  const colours = await coloursOf(read, items, partners, seats);
  const asked = await isAskedByNow(meeting, read, audience);
  if (!asked && items.every(({ id }) => (colours.get(id)?.size ?? 0) === 0)) return {};
  const lines = items.map((item) => `${shortly(item.title)}: ${colourLine(item, colours, partners, asked)}`);
  const rest = lines.length - MOST;
  const shown = rest > 0 ? [...lines.slice(0, MOST), `and ${rest} more`] : lines;
  return { facts: [{ label: 'Readiness', text: shown.join('\n') }] };
};
