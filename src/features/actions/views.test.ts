import { describe, expect, it } from 'vitest';
import type { Committee, Partner, Seat } from '../../core/context.js';
import type { CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import { handOverForm, recordForm } from './form-views.js';
import { historyView } from './list-views.js';
import type { Action } from './rules.js';
import { type Around, actionCard } from './views.js';

const [ana, ben] = ['ana', 'ben'] as PersonId[] as [PersonId, PersonId];
const acme: Partner = { id: 'acme' as PartnerId, name: 'Acme Bio' };
const nova: Partner = { id: 'nova' as PartnerId, name: 'Nova Pharma' };
const committee: Committee = { id: 'c' as CommitteeId, alliance: 'a' as never, key: 'JSC', name: 'Joint Steering' };
const names = new Map([
  [ana, 'Ana Ruiz'],
  [ben, 'Ben Ito'],
]);
const around: Around = { committee, readers: [acme, nova], partners: [acme, nova], names, zone: 'Europe/Zurich' };

const action: Action = {
  ...{ id: 'x', number: 27, committee: committee.id, visibility: '', text: 'Send the revised protocol' },
  ...{ status: 'proposed', owner: ben, ownerFor: nova.id, givenBy: ana, givenAt: 1, dueOn: '2027-04-12' },
  ...{ recordedBy: ana, recordedFor: acme.id, recordedAt: 1 },
};

const factOf = (one: Action, label: string) => actionCard(one, around).facts.find((fact) => fact.label === label)?.text;

describe('the card of an action', () => {
  it('reads well alone, and says who accepts and who sees it', () => {
    const card = actionCard(action, around);
    expect(card.summary).toBe('A-27 Send the revised protocol. Ben Ito, Nova Pharma. Proposed.');
    expect(card.footer).toEqual(['Ben Ito accepts it, or proposes another date.', 'Acme Bio and Nova Pharma see this']);
    expect(card.facts.map(({ label }) => label)).toEqual(['Owner', 'Due', 'Committee', 'Recorded by', 'Status']);
    expect(card.buttons[0]).toMatchObject({ label: 'Accept', carry: { due: '2027-04-12' }, style: 'primary' });
  });

  it('keeps the day it was due on before', () => {
    const moved: Action = { ...action, dueWas: '2027-04-05', dueBy: ben };
    expect(factOf(moved, 'Due')).toEqual([
      { day: '2027-04-12' },
      ' (was ',
      { day: '2027-04-05' },
      ', changed by Ben Ito)',
    ]);
  });

  it('says why in words, and who', () => {
    expect(factOf({ ...action, status: 'blocked', reason: 'legal' }, 'Status')).toBe('Blocked: legal');
    const dropped: Action = { ...action, status: 'dropped', reason: 'not needed', changedBy: ana, changedAt: 5 };
    expect(factOf(dropped, 'Status')).toEqual([
      'Dropped by Ana Ruiz',
      ', ',
      { moment: 5, zone: 'Europe/Zurich' },
      ': not needed',
    ]);
  });

  it('shows long text whole, and of an internal one only its company', () => {
    const text = 'word '.repeat(60).trim();
    expect(factOf({ ...action, text }, 'Action')).toBe(text);
    const internal = actionCard({ ...action, visibility: acme.id, status: 'open' }, around);
    expect([internal.label, internal.footer]).toEqual(['IA-27', ['Only Acme Bio sees this']]);
  });

  it('calls somebody who is gone a former member', () => {
    expect(actionCard(action, { ...around, names: new Map() }).facts[0]?.text).toBe('a former member, Nova Pharma');
  });
});

describe('the forms of an action', () => {
  const seatOf = (person: PersonId, partner: Partner): Seat => ({
    ...{ committee: committee.id, person, personName: names.get(person) ?? '', partner: partner.id, role: 'member' },
  });
  const asked = { committees: [committee], partners: [acme, nova], visibility: '' as const, carry: { link: 'l' } };

  it('let whoever was meant be chosen, however many sit on the committee', () => {
    const many = Array.from({ length: 120 }, (_, n) => seatOf(`p${n}` as PersonId, acme));
    const { fields, carry } = recordForm({ ...asked, draft: { owner: ben }, seats: [...many, seatOf(ben, nova)] });
    const owner = fields[1];
    expect(owner?.kind === 'choice' && owner.options).toHaveLength(100);
    expect(owner).toMatchObject({ value: ben });
    expect(carry).toEqual({ link: 'l', committee: 'c', seenBy: '' });
  });

  it('say what could not be read as one day', () => {
    const { fields } = recordForm({ ...asked, draft: { unread: 'Friday and Monday' }, seats: [] });
    expect(fields[2]?.hint).toContain("'Friday and Monday' is not one");
  });

  it('offer for handing over whoever is not the owner', () => {
    const { fields } = handOverForm(action, [seatOf(ana, acme), seatOf(ben, nova)], around);
    expect(fields[0]?.kind === 'choice' && fields[0].options).toEqual([{ value: ana, label: 'Ana Ruiz, Acme Bio' }]);
  });
});

it('tells of each day it was due on, in its history', () => {
  const entry = { seq: 1, at: 1, person: ben, verb: 'date', detail: { dueOn: '2027-04-12', dueWas: '2027-04-05' } };
  expect(historyView(action, [entry], around).items).toEqual([
    {
      title: 'Day changed by Ben Ito',
      text: [
        { moment: 1, zone: 'Europe/Zurich' },
        ...[', due ', { day: '2027-04-12' }, ' instead of ', { day: '2027-04-05' }],
      ],
    },
  ]);
});
