import { describe, expect, it } from 'vitest';
import type { Committee, Partner, Seat } from '../../core/context.js';
import type { AllianceId, CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import type { Text } from '../../core/view.js';
import type { Change } from './rules.js';
import { type Around, changeCard, doneView, type Roster, rosterView, seatForm } from './views.js';

const flat = (text: Text = ''): string =>
  [text]
    .flat()
    .map((span) => (typeof span === 'string' ? span : 'day' in span ? span.day : '?'))
    .join('');

const jsc: Committee = { id: 'c' as CommitteeId, alliance: 'a' as AllianceId, key: 'JSC', name: 'Steering' };
const acme: Partner = { id: 'acme' as PartnerId, name: 'Acme' };
const nova: Partner = { id: 'nova' as PartnerId, name: 'Nova' };
const id = (name: string): PersonId => name.toLowerCase() as PersonId;

const change: Change = {
  id: 's1',
  committee: jsc.id,
  person: id('Mei'),
  partner: nova.id,
  kind: 'seated',
  role: 'member',
  changedBy: id('Ben'),
  at: 0,
};

const people = ['Mei', 'Ben', 'Jun'].map((name) => [id(name), name] as const);
const around: Around = { key: 'JSC', names: new Map(people), partner: 'Nova', on: '2026-11-23' };
const card = (more: Partial<Change>): string => flat(changeCard({ ...change, ...more }, around).text);

describe('the line about a change', () => {
  it.each<[Partial<Change>, string]>([
    [{}, 'Mei (Nova) is now a member of the JSC.'],
    [{ kind: 'changed', role: 'co-chair', fromOn: '2026-01-01' }, 'Mei (Nova) is now a co-chair of the JSC.'],
    [{ fromOn: '2027-01-01' }, 'Mei (Nova) is a member of the JSC, from 2027-01-01.'],
    [
      { kind: 'planned', fromOn: '2027-01-01', untilOn: '2027-02-01' },
      'of the JSC, from 2027-01-01, until 2027-02-01.',
    ],
    [{ role: 'alternate', standsFor: id('Jun') }, 'Mei (Nova) is now an alternate on the JSC, standing in for Jun.'],
    [{ kind: 'unseated' }, 'Mei (Nova) no longer sits on the JSC.'],
    [{ kind: 'unseated', untilOn: '2027-03-31' }, 'Mei (Nova) sits on the JSC until 2027-03-31.'],
    [{ kind: 'undone' }, 'Mei (Nova): a change of their seat on the JSC was undone.'],
    [{ kind: 'professional' }, 'Mei (Nova) is now an alliance professional of Nova.'],
    [{ kind: 'not-professional' }, 'Mei (Nova) is no longer an alliance professional of Nova.'],
  ])('says what became: %j', (more, text) => {
    expect(card(more)).toContain(text);
    expect(card(more)).toMatch(/ Changed by Ben\.$/u);
  });
});

describe('the answer to a change', () => {
  const partners = [acme, nova];

  it('says who sees it, and offers Undo', () => {
    const view = doneView(change, around, partners);
    expect(view).toMatchObject({
      kind: 'notice',
      buttons: [{ id: 'seats.undo', subject: { feature: 'seats', id: 's1' } }],
    });
    expect(view.kind === 'notice' && flat(view.text)).toBe(
      'Mei (Nova) is now a member of the JSC. Acme and Nova see this.',
    );
  });

  it('lists what somebody leaves open, to be handed over', () => {
    const left = [{ title: 'A-1 Write' }, { title: 'A-2 Send' }];
    const view = doneView({ ...change, kind: 'unseated' }, around, partners, { left });
    expect(view).toMatchObject({ kind: 'list', title: 'Mei leaves 2 open', items: left });
    expect(view.kind === 'list' && flat(view.intro)).toContain('Hand over what Mei leaves open on the JSC:');
  });
});

describe('the roster', () => {
  const seat = (name: string, partner: Partner, more: Partial<Seat>): Seat => ({
    ...{ committee: jsc.id, person: id(name), personName: name, partner: partner.id, role: 'member' },
    ...more,
  });
  const seats = [
    seat('Zoe', acme, { role: 'member', fromOn: '2026-01-01', counterpart: id('Jun') }),
    seat('Ana', acme, { role: 'co-chair' }),
    seat('Jun', nova, {}),
    seat('Mei', nova, { role: 'alternate', standsFor: id('Jun') }),
    seat('Kai', nova, { role: 'alternate', untilOn: '2026-12-31' }),
  ];
  const later = [seat('Ben', nova, { role: 'co-chair', fromOn: '2027-01-01' })];
  const roster: Roster = {
    ...{ committee: jsc, partners: [acme, nova], seats, later, planned: [], person: id('Mei'), maySeat: false },
    professionals: new Map([[acme.id, ['Ana', 'Bob']]]),
    names: new Map(people),
  };

  it('tells for each company who sits, for whom, opposite whom, who comes later, and what is vacant', () => {
    expect(rosterView(roster).items.map(({ title, text }) => [title, flat(text)])).toEqual([
      ['Acme', 'Ana, co-chair\nZoe, member, since 2026-01-01, opposite Jun\nRuns the alliance: Ana and Bob'],
      [
        'Nova',
        'Jun, member, opposite Zoe\nKai for nobody yet, alternate, until 2026-12-31\nMei for Jun, alternate\nFrom 2027-01-01: Ben, co-chair\nVacant: co-chair\nVacant: alliance professional',
      ],
    ]);
  });

  it('says where one stands oneself, and who sees the roster', () => {
    const standing = (person: string) => flat(rosterView({ ...roster, person: id(person) }).intro);
    expect(standing('Mei')).toBe('You sit as alternate, for Jun. Acme and Nova see this.');
    expect(standing('Ben')).toBe('You sit as co-chair from 2027-01-01. Acme and Nova see this.');
    expect(standing('Nobody')).toBe('You have no seat on the JSC. Acme and Nova see this.');
  });

  it('offers to seat somebody to whoever may, while the committee is open', () => {
    const labels = (more: Partial<Roster>) => rosterView({ ...roster, ...more }).buttons?.map((button) => button.label);
    expect(labels({})).toEqual([]);
    expect(labels({ maySeat: true })).toEqual(['Seat somebody']);
    expect(labels({ maySeat: true, committee: { ...jsc, closedAt: 1 } })).toEqual([]);
  });
});

it('the form chooses the only committee, and nobody where nobody is said', () => {
  const given = { partners: [acme, nova], own: acme, people: [{ id: id('Ana'), name: 'Ana' }], others: [] };
  const { fields } = seatForm({ ...given, committees: [jsc], person: id('Ana') });
  expect(fields.map(({ name, value }) => [name, value])).toEqual([
    ['person', 'ana'],
    ['committee', 'c'],
    ['role', undefined],
    ['standsFor', 'nobody'],
    ['opposite', 'nobody'],
    ['from', undefined],
    ['until', undefined],
  ]);
});
