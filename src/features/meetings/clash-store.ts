/* What speaks against a time: holidays of either company, weekends, and hours at which members sleep. */
import type { Partner, Work } from '../../core/context.js';
import { dayOf, dayText, wallTimeOf } from '../../core/days.js';
import { zoneOf } from '../../core/directory/absences.js';
import type { CommitteeId, Zone } from '../../core/ids.js';
import { namesOf } from '../../core/sentences.js';
import { type Holidays, isWorkday } from '../../core/workdays.js';
import { zonePlace } from '../../core/zones.js';
import { endsAt, labelOf, type Meeting } from './rules.js';
import { listMeetings } from './store.js';

type When = Pick<Meeting, 'number' | 'startsAt' | 'minutes' | 'zone'>;

/** How many of a committee's people are in each zone, its guests left out. */
const zonesOf = async (
  committee: CommitteeId,
  { db, directory, alliance }: Work,
): Promise<ReadonlyMap<Zone, number>> => {
  const zones = new Map<Zone, number>();
  const seats = (await directory.seats(committee)).filter(({ role }) => role !== 'guest');
  for (const person of new Set(seats.map((seat) => seat.person))) {
    const zone = await zoneOf(db, alliance, person);
    zones.set(zone, (zones.get(zone) ?? 0) + 1);
  }
  return zones;
};

const EARLIEST = '07:00';
const LATEST = '20:00';

const clockAt = (at: number, zone: Zone): string => wallTimeOf(at, zone).slice(-EARLIEST.length);

/** 'It is 22:00 in Tokyo for 2 people', or nothing while they are awake there. */
const lateThere = (when: When, zone: Zone, people: number): string | undefined => {
  const [begins, ends] = [clockAt(when.startsAt, zone), clockAt(endsAt(when), zone)];
  const who = `in ${zonePlace(zone)} for ${people === 1 ? 'one person' : `${people} people`}`;
  if (begins < EARLIEST || begins >= LATEST) return `It is ${begins} ${who}.`;
  return ends > LATEST || ends < begins ? `It goes on until ${ends} ${who}.` : undefined;
};

interface Company extends Partner {
  readonly holidays: Holidays;
}

const companiesOf = async ({ directory, alliance }: Work): Promise<readonly Company[]> => {
  const companies: Company[] = [];
  for (const partner of await directory.partners(alliance))
    companies.push({ ...partner, holidays: await directory.holidays(partner.id) });
  return companies;
};

/** A holiday's name is its company's own; that there is one, everybody must know. */
const closedOn = ({ startsAt, zone }: When, companies: readonly Company[]): string | undefined => {
  const day = dayOf(startsAt, zone);
  const closed = companies.filter(({ holidays }) => holidays.has(day));
  if (closed.length > 0) return `${dayText(day)} is a holiday of ${namesOf(closed)}.`;
  return isWorkday(day, new Map()) ? undefined : `${dayText(day)} is on a weekend.`;
};

/** Others of the same committee that take place meanwhile: whoever said it twice sees it here. */
const meanwhile = async (meetings: readonly When[], committee: CommitteeId, { db }: Work): Promise<string[]> => {
  const planned = await listMeetings(db, [committee], ['planned', 'open']);
  return meetings.flatMap((one) => {
    const others = planned.filter(
      (other) =>
        !meetings.some(({ number }) => number === other.number) &&
        other.startsAt < endsAt(one) &&
        one.startsAt < endsAt(other),
    );
    return others.map((other) => `${labelOf(other)} of the same committee is at the time of ${labelOf(one)}.`);
  });
};

/** Of several, as many as somebody reads. */
const MOST = 4;

/** In sentences; of meetings at one time of day the hours are told of the first. */
export const clashesOf = async (
  meetings: readonly When[],
  committee: CommitteeId,
  work: Work,
): Promise<readonly string[]> => {
  const said = await meanwhile(meetings, committee, work);
  const [first] = meetings;
  const companies = await companiesOf(work);
  for (const one of meetings) {
    const closed = closedOn(one, companies);
    if (closed) said.push(one === first ? closed : `${labelOf(one)}: ${closed}`);
  }
  const days = said.length > MOST ? [...said.slice(0, MOST), `${said.length - MOST} more clash so.`] : said;
  if (!first) return days;
  const hours = [...(await zonesOf(committee, work))].flatMap(([zone, people]) => lateThere(first, zone, people) ?? []);
  return [...days, ...hours];
};
