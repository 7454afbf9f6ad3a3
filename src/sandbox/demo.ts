import type { WorldSeed } from './model.js';

const SLACK_PEOPLE = ['U01ANA', 'U02BOB', 'U09ZOE'];
const BEN = 'aaaaaaaa-0000-0000-0000-000000000001';
const MEI = 'aaaaaaaa-0000-0000-0000-000000000002';
const JUN = 'aaaaaaaa-0000-0000-0000-000000000003';
const KAI = 'aaaaaaaa-0000-0000-0000-000000000009';

/** The two workplaces of db/demo/alliance.yaml, each with one stranger and one place that no committee uses. */
export const demoSeed: WorldSeed = {
  slack: {
    team: { id: 'T01ACME', name: 'Acme Bio' },
    bot: { id: 'U00ENTENTE', name: 'Entente' },
    people: [
      { id: 'U01ANA', name: 'Ana Ruiz', zone: 'Europe/Zurich' },
      { id: 'U02BOB', name: 'Bob Brown', zone: 'America/New_York' },
      { id: 'U09ZOE', name: 'Zoe Quinn', zone: 'Europe/Zurich' },
    ],
    channels: [
      { id: 'C01JSC', name: 'jsc', members: SLACK_PEOPLE },
      { id: 'C02GENERAL', name: 'general', members: SLACK_PEOPLE },
    ],
  },
  teams: {
    tenant: { id: '11111111-1111-1111-1111-111111111111', name: 'Nova Pharma' },
    bot: { name: 'Entente' },
    people: [
      { id: BEN, name: 'Ben Ito', zone: 'Europe/Zurich' },
      { id: MEI, name: 'Mei Sato', zone: 'Asia/Tokyo' },
      { id: JUN, name: 'Jun Mori', zone: 'Asia/Tokyo' },
      { id: KAI, name: 'Kai Wolf', zone: 'Europe/Berlin' },
    ],
    channels: [{ id: '19:jsc@thread.tacv2', name: 'JSC', team: 'Alliance with Acme', members: [BEN, MEI, JUN, KAI] }],
    groups: [{ id: '19:desk@thread.v2', name: 'Alliance desk', members: [BEN, MEI] }],
  },
};
