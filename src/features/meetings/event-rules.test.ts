import { describe, expect, it } from 'vitest';
import { momentOf } from '../../core/days.js';
import type { AllianceId, CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import { eventsOf, type SeriesState } from './event-rules.js';
import type { Meeting, Series } from './rules.js';

const zone = 'Europe/Zurich';
const now = Date.UTC(2026, 10, 23, 9);
const DAY_MS = 24 * 60 * 60_000;

const base = { alliance: 'a' as AllianceId, committee: 'jsc' as CommitteeId, minutes: 90, changedAt: now };

const series: Series = {
  ...{ ...base, id: 's', startsAt: '2026-12-10T14:00', zone, sequence: 0, rule: 'FREQ=MONTHLY;BYDAY=2TH' },
  ...{ createdBy: 'ana' as PersonId, createdFor: 'acme' as PartnerId, createdAt: now },
};

const meeting = (number: number, original: string, more: Partial<Meeting> = {}): Meeting => ({
  ...{ ...base, id: `m${number}`, number, series: 's', original, startsAt: momentOf(original, zone), zone },
  ...{ status: 'planned', sequence: 0, ...more },
});

const [december, january] = [meeting(1, '2026-12-10T14:00'), meeting(2, '2027-01-14T14:00')];

const state = (occurrences: readonly Meeting[], more: Partial<Series> = {}): SeriesState => ({
  series: { ...series, ...more },
  occurrences,
  committee: { key: 'JSC', name: 'Joint Steering Committee' },
  allianceName: 'Acme and Nova',
  agendas: new Map([
    [
      'm1',
      [
        { meeting: 'm1', kind: 'decision', title: 'The protocol', minutes: 20, status: 'accepted' },
        { meeting: 'm1', kind: 'information', title: 'Not taken up', minutes: 5, status: 'proposed' },
      ],
    ],
  ]),
  link: ({ number }) => `https://entente.example.com/r/a/M-${number}`,
});

describe('a series in a calendar', () => {
  it('comes by its rule, and tells each meeting that there is with its agenda and its link', () => {
    const [event, ...more] = eventsOf(state([december, january]), now);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ uid: 's@entente', title: 'JSC · Acme and Nova', rule: series.rule });
    expect(event?.exceptions?.map(({ original, text }) => ({ original, text }))).toEqual([
      {
        original: '2026-12-10T14:00',
        text: 'M-1, Joint Steering Committee\n\nAgenda\n1. For decision: The protocol (20 min)\n\nhttps://entente.example.com/r/a/M-1',
      },
      { original: '2027-01-14T14:00', text: 'M-2, Joint Steering Committee\n\nhttps://entente.example.com/r/a/M-2' },
    ]);
  });

  it('tells what was moved as calendars of its own zone show it, and what was cancelled', () => {
    const moved = meeting(1, '2026-12-10T14:00', {
      ...{ startsAt: momentOf('2026-12-11T09:00', 'America/New_York'), zone: 'America/New_York', sequence: 1 },
      ...{ minutes: 60, place: 'Boston' },
    });
    const gone = meeting(2, '2027-01-14T14:00', { status: 'cancelled', sequence: 1 });
    const [event] = eventsOf(state([moved, gone]), now);
    expect(event?.exceptions).toMatchObject([
      { original: '2026-12-10T14:00', startsAt: '2026-12-11T15:00', minutes: 60, place: 'Boston', sequence: 2 },
      { original: '2027-01-14T14:00', cancelled: true },
    ]);
  });

  it('counts each change of it or of one of its meetings', () => {
    const changed = meeting(2, '2027-01-14T14:00', { sequence: 3, changedAt: now + 5 });
    const [event] = eventsOf(state([december, changed], { sequence: 2 }), now);
    expect(event).toMatchObject({ sequence: 5, changedAt: now + 5 });
  });

  it('says nothing of old meetings but what the rule would not', () => {
    const later = now + 200 * DAY_MS;
    const moved = meeting(3, '2027-02-11T14:00', { startsAt: momentOf('2027-02-12T14:00', zone) });
    const [event] = eventsOf(state([december, january, moved]), later);
    expect(event?.exceptions).toMatchObject([{ original: '2027-02-11T14:00' }]);
  });

  it('ends with its last meeting, and stays so long', () => {
    const gone = meeting(2, '2027-01-14T14:00', { status: 'cancelled' });
    const ended = state([december, gone], { endedAt: now, rule: 'FREQ=MONTHLY;BYDAY=2TH;COUNT=20' });
    expect(eventsOf(ended, now)).toMatchObject([{ rule: 'FREQ=MONTHLY;BYDAY=2TH;UNTIL=20261210T140000' }]);
    expect(eventsOf(ended, now)[0]).not.toHaveProperty('cancelled');
    expect(eventsOf(ended, now + 300 * DAY_MS)).toHaveLength(1);
    expect(eventsOf(ended, now + 430 * DAY_MS)).toEqual([]);
  });

  it('stays as cancelled for two months where it never met', () => {
    const none = state([meeting(1, '2026-12-10T14:00', { status: 'cancelled' })], { endedAt: now });
    expect(eventsOf(none, now + 59 * DAY_MS)).toMatchObject([{ uid: 's@entente', cancelled: true }]);
    expect(eventsOf(none, now + 61 * DAY_MS)).toEqual([]);
  });

  it('keeps what an earlier rule made as meetings of their own', () => {
    const events = eventsOf(state([meeting(9, '2026-11-05T14:00', { status: 'agreed' }), december]), now);
    expect(events.map(({ uid, rule }) => [uid, rule])).toEqual([
      ['s@entente', series.rule],
      ['m9@entente', undefined],
    ]);
  });
});

describe('a meeting that comes once', () => {
  const { rule: _, ...single } = series;
  const once = (occurrences: readonly Meeting[], more: Partial<Series> = {}): SeriesState => ({
    ...state(occurrences),
    series: { ...single, ...more },
  });

  it('is where it was moved to', () => {
    const moved = meeting(1, '2026-12-10T14:00', { startsAt: momentOf('2026-12-17T10:00', zone), place: 'Basel' });
    const [event] = eventsOf(once([moved]), now);
    expect(event).toMatchObject({ uid: 's@entente', startsAt: '2026-12-17T10:00', place: 'Basel' });
    expect(event).not.toHaveProperty('exceptions');
  });

  it('stays as cancelled for two months, and as held for more than a year', () => {
    const gone = once([meeting(1, '2026-12-10T14:00', { status: 'cancelled', reason: 'No quorum' })]);
    expect(eventsOf(gone, now)).toMatchObject([{ cancelled: true, text: expect.stringContaining('No quorum') }]);
    expect(eventsOf(gone, now + 61 * DAY_MS)).toEqual([]);
    const held = once([meeting(1, '2026-12-10T14:00', { status: 'agreed' })]);
    expect(eventsOf(held, now + 380 * DAY_MS)).toHaveLength(1);
    expect(eventsOf(held, now + 430 * DAY_MS)).toEqual([]);
  });

  it('is told before there is a meeting of it', () => {
    expect(eventsOf(once([]), now)).toMatchObject([{ startsAt: '2026-12-10T14:00', text: 'Joint Steering Committee' }]);
    expect(eventsOf(once([], { endedAt: now }), now)).toMatchObject([{ cancelled: true }]);
  });
});
