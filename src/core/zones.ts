/* Time zones as people say them: 'Zurich', 'CET', 'Boston', 'Portland, Maine', 'Japan', 'Europe/Zurich'. */
import { type RawTimeZone, rawTimeZones } from '@vvo/tzdb';
import cities from 'city-timezones';
import type { Zone } from './ids.js';

/** The one that is meant, or those that may be: then whoever asks says which. */
export type FoundZone = { readonly zone: Zone } | { readonly choices: readonly Zone[] };

/** The zone that people think of; lists of abbreviations know others, which nobody there calls so. */
const usual: Readonly<Record<string, Zone>> = {
  ...{ ET: 'America/New_York', EST: 'America/New_York', EDT: 'America/New_York', EASTERN: 'America/New_York' },
  ...{ CT: 'America/Chicago', CDT: 'America/Chicago', CENTRAL: 'America/Chicago' },
  ...{ MT: 'America/Denver', MST: 'America/Denver', MDT: 'America/Denver', MOUNTAIN: 'America/Denver' },
  ...{ PT: 'America/Los_Angeles', PST: 'America/Los_Angeles', PDT: 'America/Los_Angeles' },
  ...{ PACIFIC: 'America/Los_Angeles', AKST: 'America/Anchorage', AKDT: 'America/Anchorage', HST: 'Pacific/Honolulu' },
  ...{ GMT: 'UTC', UTC: 'UTC', WET: 'Europe/Lisbon', WEST: 'Europe/Lisbon', MSK: 'Europe/Moscow' },
  ...{ CET: 'Europe/Berlin', CEST: 'Europe/Berlin', MEZ: 'Europe/Berlin', MESZ: 'Europe/Berlin' },
  ...{ EET: 'Europe/Athens', EEST: 'Europe/Athens', SAST: 'Africa/Johannesburg', EAT: 'Africa/Nairobi' },
  ...{ JST: 'Asia/Tokyo', KST: 'Asia/Seoul', SGT: 'Asia/Singapore', HKT: 'Asia/Hong_Kong', ICT: 'Asia/Bangkok' },
  ...{ AET: 'Australia/Sydney', AEST: 'Australia/Sydney', AEDT: 'Australia/Sydney', AWST: 'Australia/Perth' },
  ...{ ACST: 'Australia/Adelaide', ACDT: 'Australia/Adelaide', NZT: 'Pacific/Auckland', NZST: 'Pacific/Auckland' },
  ...{ NZDT: 'Pacific/Auckland', BRT: 'America/Sao_Paulo', ART: 'America/Argentina/Buenos_Aires' },
};

/** Said in several parts of the world, and meant in each: never guessed. */
const several: Readonly<Record<string, readonly Zone[]>> = {
  IST: ['Asia/Kolkata', 'Asia/Jerusalem', 'Europe/Dublin'],
  CST: ['America/Chicago', 'Asia/Shanghai', 'America/Havana'],
  BST: ['Europe/London', 'Asia/Dhaka'],
  AST: ['America/Halifax', 'Asia/Riyadh'],
  GST: ['Asia/Dubai', 'Atlantic/South_Georgia'],
  SST: ['Asia/Singapore', 'Pacific/Pago_Pago'],
};

/** What neither list of cities knows by this name. */
const alsoCalled: Readonly<Record<string, Zone>> = {
  ...{ nyc: 'America/New_York', washington: 'America/New_York', 'washington dc': 'America/New_York' },
  ...{ 'cambridge ma': 'America/New_York', la: 'America/Los_Angeles', sf: 'America/Los_Angeles' },
  ...{ bangalore: 'Asia/Kolkata', bombay: 'Asia/Kolkata', madras: 'Asia/Kolkata', peking: 'Asia/Shanghai' },
  ...{ munchen: 'Europe/Berlin', koln: 'Europe/Berlin', wien: 'Europe/Vienna', geneve: 'Europe/Zurich' },
  ...{ genf: 'Europe/Zurich', bale: 'Europe/Zurich', mailand: 'Europe/Rome', kopenhagen: 'Europe/Copenhagen' },
  ...{ 'central european': 'Europe/Berlin', 'eastern european': 'Europe/Athens' },
  ...{ uk: 'Europe/London', england: 'Europe/London', leverkusen: 'Europe/Berlin' },
};

/** 'Zürich' and 'zurich' are one, and so are 'Washington, D.C.' and 'washington dc'. */
const foldedPlace = (name: string): string =>
  // Most names of cities are plain, and there are thousands.
  /^[a-z]+$/iu.test(name) ? name.toLowerCase() : foldedWords(name);

const foldedWords = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}.’']/gu, '')
    .toLowerCase()
    .replace(/[\s,_-]+/gu, ' ')
    .trim();

const firstOnce = <V>(make: () => V): (() => V) => {
  let made: { readonly value: V } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Every IANA name of a place, also older ones, as it is written; 'EST' and 'Japan' are names too, of old. */
const names = firstOnce(
  () =>
    new Map(
      rawTimeZones
        .flatMap(({ name, group }) => [name, ...group])
        .filter((name) => name.includes('/'))
        .map((name) => [name.toLowerCase(), name]),
    ),
);

interface City {
  readonly zone: Zone;
  readonly people: number;
  /** Country, its codes, province; where there is no state, some have a number for it. */
  readonly within: readonly (string | number)[];
}

/** By folded name, the largest first: Sydney is Australia's. */
const cityIndex = firstOnce(() => {
  const index = new Map<string, City[]>();
  for (const { city, city_ascii, timezone, pop, country, iso2, iso3, province, state_ansi } of cities.cityMapping) {
    if (!timezone) continue;
    for (const name of new Set([foldedPlace(city), foldedPlace(city_ascii)]))
      index.set(name, [
        ...(index.get(name) ?? []),
        { zone: timezone, people: pop, within: [country, iso2, iso3, province, state_ansi] },
      ]);
  }
  for (const found of index.values()) found.sort((a, b) => b.people - a.people);
  return index;
});

/** What tzdb calls zones besides: the last part of a name, 'Calcutta'; their main cities; their names in words. */
const wordIndex = firstOnce(() => {
  const index = new Map<string, Zone>();
  const add = (words: string, { name }: RawTimeZone): void => {
    const key = foldedPlace(words);
    if (!index.has(key)) index.set(key, name);
  };
  for (const zone of rawTimeZones) for (const city of zone.mainCities) add(city, zone);
  for (const zone of rawTimeZones)
    for (const name of [zone.name, ...zone.group]) add(name.split('/').at(-1) ?? '', zone);
  for (const zone of rawTimeZones) add(zone.alternativeName, zone);
  return index;
});

const ofCountry = (name: string): FoundZone | undefined => {
  const [only, ...others] = rawTimeZones.filter(({ countryName }) => foldedPlace(countryName) === name);
  if (!only) return undefined;
  return others.length === 0 ? { zone: only.name } : { choices: [only, ...others].slice(0, 6).map((one) => one.name) };
};

/** Among those that are called so, `near` is meant by whoever lives in it: 'CET' in Zurich is Zurich's. */
const abbreviated = (said: string, near: Zone | undefined): FoundZone | undefined => {
  const short = said.toUpperCase();
  const called = rawTimeZones.filter((zone) => zone.abbreviation === short || zone.dstAbbreviation === short);
  if (several[short]) return { choices: several[short] };
  const usually = usual[short];
  const own = near !== undefined && called.find(({ name, group }) => name === near || group.includes(near));
  if (own && called.length > 0 && (usually === undefined || hasSameClock(own.name, usually))) return { zone: near };
  if (usually !== undefined) return { zone: usually };
  const [first, ...others] = called;
  if (!first) return undefined;
  if (others.every(({ rawOffsetInMinutes }) => rawOffsetInMinutes === first.rawOffsetInMinutes))
    return { zone: first.name };
  return { choices: called.slice(0, 6).map(({ name }) => name) };
};

const hasSameClock = (one: Zone, other: Zone): boolean => {
  const [a, b] = [one, other].map((zone) => rawTimeZones.find(({ name, group }) => [name, ...group].includes(zone)));
  return a !== undefined && a.rawOffsetInMinutes === b?.rawOffsetInMinutes && a.dstAbbreviation === b.dstAbbreviation;
};

const ofCity = (said: string): Zone | undefined => {
  const whole = cityIndex().get(foldedPlace(said))?.[0];
  if (whole) return whole.zone;
  const [city = '', ...rest] = said.split(',');
  const where = foldedPlace(rest.join(' '));
  if (where === '') return undefined;
  return cityIndex()
    .get(foldedPlace(city))
    ?.find(({ within }) => within.some((one) => foldedPlace(String(one)) === where))?.zone;
};

/** 'CET' and 'ET', in capitals: what a clock says of itself. */
export const isZoneAbbreviation = (word: string): boolean =>
  /^[A-Z]{2,5}$/u.test(word) &&
  (usual[word] !== undefined ||
    several[word] !== undefined ||
    rawTimeZones.some((zone) => zone.abbreviation === word || zone.dstAbbreviation === word));

/**
 * The zone that somebody means, who lives in `near`; nothing for one that nobody knows. Of cities of one name it is the
 * one with the most people. Names are given as they are said, so 'Asia/Kolkata' stays that.
 */
export const findZone = (text: string, near?: Zone): FoundZone | undefined => {
  const said = text.trim().replace(/\s+time$/iu, '');
  if (said === '' || said.length > 80) return undefined;
  const name = names().get(said.toLowerCase().replaceAll(' ', '_'));
  if (name !== undefined) return { zone: name };
  const short = abbreviated(said, near);
  if (short) return short;
  const folded = foldedPlace(said);
  const zone = alsoCalled[folded] ?? ofCity(said) ?? wordIndex().get(folded) ?? wordIndex().get(`${folded} time`);
  return zone === undefined ? ofCountry(folded) : { zone };
};

/** 'New York' of 'America/New_York', for a few words about where. */
export const zonePlace = (zone: Zone): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
