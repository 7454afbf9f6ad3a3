import { describe, expect, it } from 'vitest';
import { findDays } from './found-days.js';

// A Monday.
const today = '2026-11-23';
const found = (text: string, locale?: string) => findDays(text, { today, locale }).map(({ on, text: as }) => [as, on]);

describe('days in a text', () => {
  it.each([
    ['es', '1', ' '],
    ['zh-CN', '', '\u3000'],
    ['en', '1', '\n'],
  ])(
    'are read at once in %s however long the blanks are',
    (locale, before, blank) => {
      const start = performance.now();
      expect(found(`${before}${blank.repeat(1_100)}by Friday`, locale)).toEqual([['Friday', '2026-11-27']]);
      expect(performance.now() - start).toBeLessThan(1_000);
    },
    60_000,
  );

  it.each([
    ['fi', '1 päivä '],
    ['fi', 'yksi vuosi '],
    ['en', '1 h 1 m '],
  ])(
    'are read soon in %s where "%s" is said again and again',
    (locale, said) => {
      const start = performance.now();
      found(said.repeat(300), locale);
      // What this keeps away took minutes.
      expect(performance.now() - start).toBeLessThan(20_000);
    },
    60_000,
  );

  it.each(['by 1 Jan 5 BC', 'in 18234 years', 'in 7000000 days'])(
    'leave out those of no calendar, as in %s',
    (text) => {
      expect(found(`Send it ${text}`)).toEqual([]);
    },
  );

  it.each([
    ['Send the protocol by Friday', [['Friday', '2026-11-27']]],
    ['by 12 Apr send it', [['12 Apr', '2027-04-12']]],
    ['done in two weeks, or so', [['in two weeks', '2026-12-07']]],
    ['within 10 days', [['within 10 days', '2026-12-03']]],
    ['in one month', [['in one month', '2026-12-23']]],
    ['by the end of March', [['end of March', '2027-03-31']]],
    ['by end of next week', [['end of next week', '2026-12-04']]],
    ['day after tomorrow', [['day after tomorrow', '2026-11-25']]],
    ['the day after tomorrow', [['the day after tomorrow', '2026-11-25']]],
    ['Send it (by Friday), please', [['Friday', '2026-11-27']]],
    ['by yesterday', [['yesterday', '2026-11-22']]],
    ['by last Friday', [['last Friday', '2026-11-20']]],
    [
      'minutes of 12 March by 3 April',
      [
        ['12 March', '2027-03-12'],
        ['3 April', '2027-04-03'],
      ],
    ],
    ['by 29 Feb 2028', [['29 Feb 2028', '2028-02-29']]],
  ])('%s', (text, days) => {
    expect(found(text)).toEqual(days);
  });

  it.each([
    ['de-CH', 'Schick das Protokoll bis nächsten Freitag', 'nächsten Freitag', '2026-12-04'],
    ['de', 'bis zum 12. April', '12. April', '2027-04-12'],
    ['fr-FR', "envoyer le protocole d'ici vendredi", 'vendredi', '2026-11-27'],
    ['es', 'enviar el protocolo en dos semanas', 'en dos semanas', '2026-12-07'],
    ['pt-BR', 'enviar até 12 de abril', '12 de abril', '2027-04-12'],
    ['nl', 'uiterlijk vrijdag', 'vrijdag', '2026-11-27'],
    ['it', 'entro il 12 aprile', 'il 12 aprile', '2027-04-12'],
    ['ja-JP', '4月12日までに送る', '4月12日', '2027-04-12'],
  ])('are read in the language of whoever writes, %s', (locale, text, as, on) => {
    expect(found(text, locale)).toEqual([[as, on]]);
    expect(found('Send it by Friday', locale)).toEqual([['Friday', '2026-11-27']]);
  });

  it.each([
    'next week',
    '14 days',
    'by 2 weeks',
    'by 31 Feb',
    'next fortnight',
    'Friday week',
    'March',
    'Ben may send',
  ])('are not guessed from %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['es', 'viernes que viene'],
    ['ja', '来週の金曜日までに'],
    ['de', 'bis 31. Februar'],
    ['de', 'nächste Woche'],
    ['de', 'kommenden Freitag'],
  ])('are not guessed where the language is read only in part: %s, %s', (locale, text) => {
    expect(found(text, locale)).toEqual([]);
  });

  it('are marked where they could be another, and where they are counted from today', () => {
    expect(findDays('by 4/5', { today })).toMatchObject([{ ambiguous: true, relative: false }]);
    expect(findDays('tomorrow', { today })).toMatchObject([{ ambiguous: false, relative: true }]);
  });
});
