/* Where the year takes place: the two companies of the demo file, each with a lane of its own and days off. */
import { parse, stringify } from 'yaml';
import { demoSeed } from '../../src/sandbox/index.js';
import type { Side, WorldSeed } from '../../src/sandbox/model.js';

/** Whoever takes part, as the model counts them. */
export interface Member {
  readonly side: Side;
  readonly person: string;
  readonly name: string;
  readonly company: 'acme' | 'nova';
  readonly zone: string;
}

const nova = (nth: number) => `aaaaaaaa-0000-0000-0000-00000000000${nth}`;

export const members = {
  ana: { side: 'slack', person: 'U01ANA', name: 'Ana Ruiz', company: 'acme', zone: 'Europe/Zurich' },
  bob: { side: 'slack', person: 'U02BOB', name: 'Bob Brown', company: 'acme', zone: 'America/New_York' },
  ben: { side: 'teams', person: nova(1), name: 'Ben Ito', company: 'nova', zone: 'Europe/Zurich' },
  mei: { side: 'teams', person: nova(2), name: 'Mei Sato', company: 'nova', zone: 'Asia/Tokyo' },
  jun: { side: 'teams', person: nova(3), name: 'Jun Mori', company: 'nova', zone: 'Asia/Tokyo' },
} as const satisfies Readonly<Record<string, Member>>;

export type Name = keyof typeof members;

export const names = Object.keys(members) as readonly Name[];

/** Days off, by company: some of them fall on days of the committee's preparation, some on the days around a meeting. */
export const daysOff: Readonly<Record<Member['company'], readonly string[]>> = {
  acme: [
    '2026-12-24',
    '2026-12-25',
    '2027-01-01',
    '2027-02-10',
    '2027-03-26',
    '2027-05-31',
    '2027-09-06',
    '2027-11-25',
  ],
  nova: [
    '2026-12-31',
    '2027-01-01',
    '2027-01-04',
    '2027-04-29',
    '2027-05-03',
    '2027-05-04',
    '2027-05-05',
    '2027-10-11',
  ],
};

/** Jun is out, and Mei gets what waits for him. */
export const absence = { person: 'jun', from: '2027-06-21', until: '2027-07-02', cover: 'mei' } as const;

const acmeLane = 'C02GENERAL';
const novaLane = '19:lane@thread.tacv2';

/** Their lanes: #general of Acme, whose people are all Acme's, and a channel of Nova's own. */
export const world: WorldSeed = {
  ...demoSeed,
  teams: {
    ...demoSeed.teams,
    channels: [
      ...demoSeed.teams.channels,
      { id: novaLane, name: 'Alliance', team: 'Nova research', members: [nova(1), nova(2), nova(3)] },
    ],
  },
};

/** The alliance file with the lanes, the days off and everybody's zone in it. */
export const declared = (file: string): string => {
  const alliance = parse(file);
  for (const partner of alliance.partners)
    partner.holidays = daysOff[partner.key as Member['company']].map((on) => ({ on, name: 'A day off' }));
  for (const person of alliance.people) person.timeZone = members[person.key as Name].zone;
  const [committee] = alliance.committees;
  const [slack, teams] = committee.channels;
  committee.channels.push(
    { slack: { ...slack.slack, channel: acmeLane, internal: true } },
    { teams: { ...teams.teams, conversation: novaLane, internal: true } },
  );
  return stringify(alliance);
};
