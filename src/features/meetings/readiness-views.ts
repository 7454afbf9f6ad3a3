/* How ready each company is for what is to be decided: a colour, in words too, and nothing else of what its people said. */
import type { Audience, Partner, Read, Seat } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import type { PartnerId } from '../../core/ids.js';
import { cut } from '../../core/sentences.js';
import type { Item } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { jointHolidays } from './countdown-store.js';
import { stepOn } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import { colourWords, isAsked, votesOf } from './position-rules.js';
import { type Colours, listColours, listRecused } from './position-store.js';
import type { Meeting } from './rules.js';
import type { DrawPart } from './views.js';

/** Of some items, by item and company. */
export interface Readiness {
  readonly colours: Colours;
  /** False where a company has nobody to be asked. */
  isAsked(item: string, partner: PartnerId): boolean;
}

/** The seats are those of the items' committee today. */
export const readinessFor = async (
  { db }: Pick<Read, 'db'>,
  items: readonly Pick<Item, 'id'>[],
  partners: readonly Pick<Partner, 'id'>[],
  seats: readonly Seat[],
): Promise<Readiness> => {
  const ids = items.map(({ id }) => id);
  const recused = await listRecused(db, ids);
  const votesOn = (item: string, partner: PartnerId) => votesOf(seats, partner, recused.get(item));
  const colours = await listColours(
    db,
    ids,
    partners.map(({ id }) => id),
    votesOn,
  );
  return { colours, isAsked: (item, partner) => votesOn(item, partner).length > 0 };
};

/** True from the day on which people are asked where they stand. */
export const isAskedByNow = async (meeting: Meeting, read: Read, { alliance }: Audience): Promise<boolean> => {
  const plan = await getPlan(read.db, meeting.committee);
  const holidays = await jointHolidays({ directory: read.directory, alliance });
  const on = stepOn('positions', plan, meeting, holidays);
  return on !== undefined && dayOf(read.now, meeting.zone) >= on;
};

/** 'Acme Bio green, aligned · Nova Pharma no answer yet' */
export const colourLine = (
  { id }: Pick<Item, 'id'>,
  { colours, isAsked: asks }: Readiness,
  partners: readonly Partner[],
  asked: boolean,
): string => {
  const wordsOf = (partner: Partner): string => {
    const colour = colours.get(id)?.get(partner.id);
    if (colour !== undefined) return colourWords[colour];
    if (!asks(id, partner.id)) return 'has no vote';
    return asked ? 'no answer yet' : 'not asked yet';
  };
  return partners.map((partner) => `${partner.name} ${wordsOf(partner)}`).join(' · ');
};

const MOST = 8;
const TITLE_MAX = 40;

const shortly = (title: string): string => (title.length > TITLE_MAX ? `${cut(title, TITLE_MAX - 1)}…` : title);

/** A line for each item for decision, once anybody is asked or has answered. */
export const readinessPart: DrawPart = async (meeting, { read, audience, partners, seats }) => {
  const items = (await listItems(read.db, meeting.id, audience)).filter(isAsked);
  if (items.length === 0) return {};
  const readiness = await readinessFor(read, items, partners, seats);
  const asked = await isAskedByNow(meeting, read, audience);
  if (!asked && items.every(({ id }) => (readiness.colours.get(id)?.size ?? 0) === 0)) return {};
  const lines = items.map((item) => `${shortly(item.title)}: ${colourLine(item, readiness, partners, asked)}`);
  const rest = lines.length - MOST;
  const shown = rest > 0 ? [...lines.slice(0, MOST), `and ${rest} more`] : lines;
  return { facts: [{ label: 'Readiness', text: shown.join('\n') }] };
};
