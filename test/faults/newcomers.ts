import { demoSeed, type SandboxOptions } from '../../src/sandbox/index.js';
import type { Side, WorldSeed } from '../../src/sandbox/model.js';
import { times } from './dice.js';

/** A company that has never met Entente: one person in a workspace of their own, with one channel. */
export interface Newcomer {
  readonly side: Side;
  readonly workplace: string;
  readonly company: string;
  readonly person: string;
  readonly name: string;
  readonly channel: string;
}

/** Two companies that begin an alliance, and a third one that got hold of the code. */
export interface Encounter {
  readonly slack: Newcomer;
  readonly teams: Newcomer;
  readonly rival: Newcomer;
}

const onTeams = (kind: string, digit: string, nth: string): Newcomer => ({
  side: 'teams',
  workplace: `${digit.repeat(8)}-0000-0000-0000-000000000${nth}`,
  company: `${kind} ${nth}`,
  person: `${digit.repeat(8)}-1111-0000-0000-000000000${nth}`,
  name: `${kind} Person${nth}`,
  channel: `19:${kind.toLowerCase()}${nth}@thread.tacv2`,
});

const meet = (index: number): Encounter => {
  const nth = String(index + 1).padStart(3, '0');
  return {
    slack: {
      side: 'slack',
      workplace: `T9${nth}`,
      company: `North ${nth}`,
      person: `U9${nth}`,
      name: `North Person${nth}`,
      channel: `C9${nth}`,
    },
    teams: onTeams('South', 'd', nth),
    rival: onTeams('East', 'e', nth),
  };
};

/** More than a test gets through. */
export const encounters: readonly Encounter[] = Array.from({ length: times(12) }, (_, index) => meet(index));

const domainOf = ({ company }: Newcomer): string => company.toLowerCase().replace(' ', '');

const partsOf = (one: Newcomer) => ({
  workplace: { id: one.workplace, name: one.company, domain: domainOf(one) },
  person: { id: one.person, name: one.name, zone: 'Europe/Oslo', home: one.workplace },
  channel: { id: one.channel, name: domainOf(one), members: [one.person], workplace: one.workplace, present: false },
});

const withNewcomers = (world: WorldSeed): WorldSeed => {
  const slack = encounters.map((one) => partsOf(one.slack));
  const teams = encounters.flatMap((one) => [partsOf(one.teams), partsOf(one.rival)]);
  return {
    ...world,
    slack: {
      ...world.slack,
      others: [...(world.slack.others ?? []), ...slack.map(({ workplace }) => workplace)],
      people: [...world.slack.people, ...slack.map(({ person }) => person)],
      channels: [...world.slack.channels, ...slack.map(({ channel }) => channel)],
    },
    teams: {
      ...world.teams,
      others: [...(world.teams.others ?? []), ...teams.map(({ workplace }) => workplace)],
      people: [...world.teams.people, ...teams.map(({ person }) => person)],
      channels: [...world.teams.channels, ...teams.map(({ channel }) => ({ ...channel, team: 'Alliances' }))],
    },
  };
};

/** The demo alliance, and the newcomers' workplaces with Entente in none of them; it remembers all that a test does. */
export const busyWorld = {
  world: withNewcomers(demoSeed),
  keepCalls: times(10_000),
  keepMessages: times(5_000),
} satisfies Partial<SandboxOptions>;
