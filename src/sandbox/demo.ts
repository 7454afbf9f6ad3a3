import type { SeedConversation, WorldSeed } from './model.js';

const BEN = 'aaaaaaaa-0000-0000-0000-000000000001';
const MEI = 'aaaaaaaa-0000-0000-0000-000000000002';
const JUN = 'aaaaaaaa-0000-0000-0000-000000000003';
const GUS = 'aaaaaaaa-0000-0000-0000-000000000007';
const KAI = 'aaaaaaaa-0000-0000-0000-000000000009';
const ADA = 'bbbbbbbb-0000-0000-0000-000000000001';
const TOM = 'cccccccc-0000-0000-0000-000000000001';

const NOVA = '11111111-1111-1111-1111-111111111111';
const ACME_TENANT = '22222222-2222-2222-2222-222222222222';
const LABS_TENANT = '33333333-3333-3333-3333-333333333333';

const SLACK_PEOPLE = ['U01ANA', 'U02BOB', 'U09ZOE'];

const LABS_GROUP = { id: 'E03LABS', name: 'Labs Group' };

/**
 * The two workplaces of db/demo/alliance.yaml, each with one stranger, a guest, a channel shared with another workplace, and
 * one place that no committee uses. The people of a third company take part in nothing.
 */
export const demoSeed: WorldSeed = {
  slack: {
    team: { id: 'T01ACME', name: 'Acme Bio', domain: 'acme' },
    others: [
      { id: 'T02NOVAEXT', name: 'Nova Pharma', domain: 'nova' },
      { id: 'T03THIRD', name: 'Third Labs', domain: 'labs', enterprise: LABS_GROUP },
      { id: 'T04THIRD', name: 'Third Labs Asia', domain: 'labs-asia', enterprise: LABS_GROUP },
    ],
    bot: { id: 'U00ENTENTE', name: 'Entente' },
    people: [
      { id: 'U01ANA', name: 'Ana Ruiz', zone: 'Europe/Zurich' },
      { id: 'U02BOB', name: 'Bob Brown', zone: 'America/New_York', locale: 'en-US' },
      { id: 'U09ZOE', name: 'Zoe Quinn', zone: 'Europe/Zurich', locale: 'de-CH' },
      { id: 'U05NOA', name: 'Noa Berg', zone: 'Europe/Zurich', guest: true, email: 'noa@nova.example' },
      { id: 'U06IVO', name: 'Ivo Lang', zone: 'Europe/Berlin', home: 'T02NOVAEXT' },
      { id: 'U07TIA', name: 'Tia Holm', zone: 'Europe/Oslo', home: 'T03THIRD' },
      { id: 'U08UDO', name: 'Udo Kern', zone: 'Asia/Singapore', home: 'T04THIRD' },
    ],
    channels: [
      { id: 'C01JSC', name: 'jsc', members: SLACK_PEOPLE },
      { id: 'C02GENERAL', name: 'general', members: SLACK_PEOPLE },
      { id: 'C03WITHNOVA', name: 'with-nova', members: ['U01ANA', 'U02BOB', 'U06IVO'], sharedWith: ['T02NOVAEXT'] },
      { id: 'C04VISITS', name: 'site-visits', members: ['U01ANA', 'U02BOB', 'U05NOA'] },
      { id: 'C05LABS', name: 'labs', members: ['U07TIA'], workplace: 'T03THIRD' },
    ],
  },
  teams: {
    tenant: { id: NOVA, name: 'Nova Pharma', domain: 'nova' },
    others: [
      { id: ACME_TENANT, name: 'Acme Bio', domain: 'acme' },
      { id: LABS_TENANT, name: 'Third Labs', domain: 'labs' },
    ],
    bot: { name: 'Entente' },
    people: [
      { id: BEN, name: 'Ben Ito', zone: 'Europe/Zurich' },
      { id: MEI, name: 'Mei Sato', zone: 'Asia/Tokyo' },
      { id: JUN, name: 'Jun Mori', zone: 'Asia/Tokyo' },
      { id: KAI, name: 'Kai Wolf', zone: 'Europe/Berlin' },
      { id: GUS, name: 'Gus Hale', zone: 'Europe/London', guest: true, email: 'gus@acme.example' },
      { id: ADA, name: 'Ada Frey', zone: 'Europe/Zurich', home: ACME_TENANT },
      { id: TOM, name: 'Tom Lind', zone: 'Europe/Oslo', home: LABS_TENANT },
    ],
    channels: [
      { id: '19:jsc@thread.tacv2', name: 'JSC', team: 'Alliance with Acme', members: [BEN, MEI, JUN, KAI] },
      {
        id: '19:trials@thread.tacv2',
        name: 'Trial data',
        team: 'Alliance with Acme',
        members: [BEN, MEI, ADA],
        sharedWith: [ACME_TENANT],
      },
      { id: '19:visits@thread.tacv2', name: 'Site visits', team: 'Nova research', members: [BEN, KAI, GUS] },
    ],
    groups: [{ id: '19:desk@thread.v2', name: 'Alliance desk', members: [BEN, MEI] }],
  },
};

const without = <T extends SeedConversation>(places: readonly T[]): readonly T[] =>
  places.map((place) => ({ ...place, present: false }));

/** The same people and channels, and Entente nowhere. */
export const emptySeed: WorldSeed = {
  begun: 'empty',
  slack: { ...demoSeed.slack, channels: without(demoSeed.slack.channels) },
  teams: {
    ...demoSeed.teams,
    channels: without(demoSeed.teams.channels),
    groups: without(demoSeed.teams.groups),
  },
};
