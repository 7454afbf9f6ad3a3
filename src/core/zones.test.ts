import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { findZone, isZoneAbbreviation, zonePlace } from './zones.js';

const zone = (said: string, near?: string) => {
  const found = findZone(said, near);
  return found && 'zone' in found ? found.zone : found;
};

describe('a time zone as people say it', () => {
  it.each([
    ...[
      ['Zurich', 'Europe/Zurich'],
      ['zürich', 'Europe/Zurich'],
      ['Zürich', 'Europe/Zurich'],
      ['Basel', 'Europe/Zurich'],
    ],
    ...[
      ['Boston', 'America/New_York'],
      ['New York', 'America/New_York'],
      ['new york time', 'America/New_York'],
    ],
    ...[
      ['Tokyo', 'Asia/Tokyo'],
      ['Kolkata', 'Asia/Kolkata'],
      ['Calcutta', 'Asia/Kolkata'],
      ['Bangalore', 'Asia/Kolkata'],
    ],
    ...[
      ['Sydney', 'Australia/Sydney'],
      ['London', 'Europe/London'],
      ['San Francisco', 'America/Los_Angeles'],
    ],
    ...[
      ['Portland', 'America/Los_Angeles'],
      ['Portland, Maine', 'America/New_York'],
      ['London, Canada', 'America/Toronto'],
    ],
    ...[
      ['München', 'Europe/Berlin'],
      ['Genève', 'Europe/Zurich'],
      ['São Paulo', 'America/Sao_Paulo'],
    ],
    ...[
      ['Europe/Zurich', 'Europe/Zurich'],
      ['europe/zurich', 'Europe/Zurich'],
      ['asia/kolkata', 'Asia/Kolkata'],
    ],
    ...[
      ['CET', 'Europe/Berlin'],
      ['ET', 'America/New_York'],
      ['JST', 'Asia/Tokyo'],
      ['PST', 'America/Los_Angeles'],
    ],
    ...[
      ['GMT', 'UTC'],
      ['UTC', 'UTC'],
      ['Japan', 'Asia/Tokyo'],
      ['Switzerland', 'Europe/Zurich'],
    ],
    ...[
      ['Pacific Time', 'America/Los_Angeles'],
      ['Central European Time', 'Europe/Berlin'],
    ],
  ])('takes %s for %s', (said, expected) => {
    const found = zone(said);
    // Which city of the same clocks stands for it does not matter.
    const clock = (name: unknown) => Temporal.ZonedDateTime.from(`2027-07-01T12:00[${String(name)}]`).offset;
    if (said === 'Central European Time') expect(clock(found)).toBe(clock(expected));
    else expect(found).toBe(expected);
  });

  it('takes an abbreviation for the zone of whoever says it, where that is called so', () => {
    expect(zone('CET', 'Europe/Zurich')).toBe('Europe/Zurich');
    expect(zone('CET', 'Asia/Tokyo')).toBe('Europe/Berlin');
    expect(zone('PST', 'Asia/Manila')).toBe('America/Los_Angeles');
  });

  it('gives choices where nobody can tell', () => {
    expect(findZone('IST')).toEqual({ choices: ['Asia/Kolkata', 'Asia/Jerusalem', 'Europe/Dublin'] });
    expect(findZone('CST')).toMatchObject({ choices: expect.arrayContaining(['America/Chicago', 'Asia/Shanghai']) });
    expect(findZone('Australia')).toMatchObject({ choices: expect.arrayContaining(['Australia/Sydney']) });
  });

  it('gives nothing for a zone that nobody knows', () => {
    for (const said of ['Atlantis', 'Europe/Zurrich', '', 'UTC+25', 'x'.repeat(500), '🌍'])
      expect(findZone(said)).toBeUndefined();
  });

  it('gives only zones that clocks know', () => {
    for (const said of ['ART', 'NPT', 'WITA', 'Kathmandu', 'Kyiv', 'Perth', 'Honolulu', 'Reykjavik', 'Nuuk']) {
      const found = zone(said);
      expect(() => Temporal.Now.zonedDateTimeISO(String(found))).not.toThrow();
    }
  });

  it('tells abbreviations from months and days', () => {
    expect(['CET', 'ET', 'IST', 'NPT'].every(isZoneAbbreviation)).toBe(true);
    expect(['DEC', 'JSC', 'cet', 'MON', 'JUN', 'SAT', 'SUN', 'MAR', 'TUE'].some(isZoneAbbreviation)).toBe(false);
  });

  it('says the place of a zone in words', () => {
    expect(zonePlace('America/New_York')).toBe('New York');
    expect(zonePlace('UTC')).toBe('UTC');
  });
});
