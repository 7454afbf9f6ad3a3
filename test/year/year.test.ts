import { expect, it } from 'vitest';
import { newSqlite } from '../faults/databases.js';
import { rollDice } from '../faults/dice.js';
import { ana, ben, bob, jsc, mei } from '../flows/flow.js';
import { heardIn } from './heard.js';
import { type Act, liveThrough } from './living.js';

const from = Date.UTC(2027, 0, 1, 6);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const jun = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000003' } as const;

const says = (at: number, who: typeof ana | typeof ben, text: string): Act => ({
  at,
  does: ({ sandbox }) => sandbox.controls.say({ ...who, conversation: jsc[who.side], text }),
});

it('tries', { timeout: 600_000 }, async () => {
  const url = await newSqlite();
  const acts: Act[] = [
    ...[ana, bob, ben, mei, jun].map((who, i) => ({ at: from + i * 60_000, does: (o: any) => o.sandbox.controls.say({ ...who, text: who.side === 'slack' ? '/entente log' : 'log' }) })),
    says(from + HOUR, ana, '/action @Jun Mori Send the budget by 20 Jan 2027'),
    says(from + 2*HOUR, ana, '/decision We meet monthly'),
  ];
  const started = Date.now();
  const { outside, deaths } = await liveThrough({ url, from, until: from + 31 * DAY, replicas: 1, deadliness: 0.05, dice: rollDice(), acts });
  console.log(deaths, Date.now() - started, await heardIn(outside));
  expect(true).toBe(true);
});
