/*
 * One deployment serves many alliances, of which some share companies and people: nothing crosses.
 */
import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { directoryTables } from '../src/core/directory/tables.js';
import { findBrokenEntry } from '../src/core/history.js';
import type { AllianceId } from '../src/core/ids.js';
import type { Answer, Call } from '../src/core/platform.js';
import { SPEAK } from '../src/core/speaking.js';
import type { Button, Subject } from '../src/core/view.js';
import { decisionTables } from '../src/features/decisions/tables.js';
import { features } from '../src/features/index.js';
import { type Inhabitant, openTown, type Room, type Town } from './property/town.js';
import { buildWorld, type World } from './property/world.js';
import { eachEngine, type Open } from './stores.js';

const COMPANIES = 20;
const ALLIANCES = 50;

/** Which companies are in the nth alliance: two to four of them, each in several. */
const amongOf = (n: number): number[] => [
  ...new Set(Array.from({ length: 2 + (n % 3) }, (_, k) => (n * 7 + k * (1 + (n % 5))) % COMPANIES)),
];

interface Setting {
  readonly town: Town;
  readonly world: World;
  readonly alliances: readonly string[];
}

const open = async (openStore: Open, many: number): Promise<Setting> => {
  const town = openTown(await openStore(), features);
  const companies = Array.from({ length: COMPANIES }, (_, n) => ({
    platform: n % 2 === 0 ? ('slack' as const) : ('teams' as const),
    roles: ['member' as const],
  }));
  const alliances = Array.from({ length: many }, (_, n) => amongOf(n));
  const world = await buildWorld(town, { companies, alliances, committees: ['JSC'] });
  return { town, world, alliances: [...world.sides.keys()] };
};

const callOf = ({ account }: Inhabitant, room?: Room): Call => ({
  id: randomUUID(),
  caller: account,
  spot: {
    platform: account.platform,
    workspace: account.workspace,
    conversation: room?.conversation ?? `D${account.user}`,
    direct: room === undefined,
  },
});

const say = async ({ town }: Setting, who: Inhabitant, words: string, room?: Room): Promise<Answer> => {
  const call = callOf(who, room);
  const answer = await town.inbound.command({ ...call, words: [words] });
  town.answered(call, answer);
  return answer;
};

const press = async (
  { town }: Setting,
  who: Inhabitant,
  { id, subject, carry = {} }: Button,
  more: Record<string, string> = {},
) => {
  const call = callOf(who);
  const answer = await town.inbound.press({
    ...call,
    interaction: id,
    ...(subject && { subject }),
    values: { ...carry, ...more },
  });
  town.answered(call, answer);
  return answer;
};

const buttonsOf = ({ view }: Answer): readonly Button[] => (view.kind === 'notice' ? (view.buttons ?? []) : []);

const ownRoom = ({ world }: Setting, side: string, n: number): Room =>
  world.rooms.find(({ conversation }) => conversation === `C${side}-own-JSC${n}`) as Room;

/** Each company of each alliance records one decision; gives the secrets by alliance. */
const recordEverywhere = async (setting: Setting): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { town, world, alliances } = setting;
  const said = new Map<string, string[]>();
  for (const [n, alliance] of alliances.entries()) {
    const sides = world.sides.get(alliance) ?? new Set();
    for (const company of world.companies.filter(({ side }) => sides.has(side))) {
      const secret = town.secrets.make({ kind: 'sides', sides });
      said.set(alliance, [...(said.get(alliance) ?? []), secret]);
      const [someone] = company.people;
      if (someone) await say(setting, someone.account, `decision ${secret}`, ownRoom(setting, company.side, n));
    }
  }
  await town.settle();
  return said;
};

/** The first person who takes part in several alliances, and which. */
const busy = ({ world, alliances }: Setting) => {
  const company = world.companies.find(
    ({ side }) => alliances.filter((one) => world.sides.get(one)?.has(side)).length > 1,
  );
  const own = alliances.filter((one) => world.sides.get(one)?.has(company?.side ?? ''));
  return { who: company?.people[0]?.account as Inhabitant, own };
};

const decisionsIn = async ({ town }: Setting, alliance: string) => {
  const { decisions } = decisionTables(town.store.read);
  return town.store.read
    .select({ id: decisions.id, number: decisions.number })
    .from(decisions)
    .where(and(eq(decisions.allianceId, alliance)))
    .orderBy(asc(decisions.number));
};

eachEngine('fifty alliances in one deployment', (openStore) => {
  it('count, show and remember each their own and nothing of another', { timeout: 120_000 }, async () => {
    const setting = await open(openStore, ALLIANCES);
    const { town, world, alliances } = setting;
    const said = await recordEverywhere(setting);
    for (const [n, alliance] of alliances.entries()) {
      const secrets = said.get(alliance) ?? [];
      expect((await decisionsIn(setting, alliance)).map(({ number }) => number)).toEqual(
        secrets.map((_, at) => at + 1),
      );
      expect(await findBrokenEntry(town.store.read, alliance as AllianceId)).toBeUndefined();
      for (const side of world.sides.get(alliance) ?? [])
        expect(town.secrets.foundIn(town.shows(ownRoom(setting, side, n)), 'sides')).toEqual(
          expect.arrayContaining([...secrets]),
        );
    }
    expect(town.leaks).toEqual([]);
    const { channels } = directoryTables(town.store.read);
    const places = await town.store.read.select().from(channels);
    expect(new Set(places.map(({ conversation }) => conversation)).size).toBe(places.length);
    await town.close();
  });

  it('ask somebody who is in several which is meant, and hold to the answer until asked again', async () => {
    const setting = await open(openStore, 12);
    const said = await recordEverywhere(setting);
    const { who, own } = busy(setting);
    const asked = await say(setting, who, '');
    expect(buttonsOf(asked).map(({ id }) => id)).toEqual(own.map(() => SPEAK));
    for (const button of buttonsOf(asked)) {
      const alliance = button.carry?.alliance ?? '';
      await press(setting, who, button);
      const home = JSON.stringify((await say(setting, who, '')).view);
      const others = setting.alliances.filter((one) => one !== alliance).flatMap((one) => said.get(one) ?? []);
      expect(others.filter((secret) => home.includes(secret))).toEqual([]);
      expect(home).toContain('D-');
      expect(buttonsOf(await say(setting, who, 'alliance'))).toHaveLength(own.length);
    }
    expect(setting.town.leaks).toEqual([]);
    await setting.town.close();
  });

  it('are each meant by the buttons and forms that came from them, whatever is chosen meanwhile', async () => {
    const setting = await open(openStore, 12);
    await recordEverywhere(setting);
    const { who, own } = busy(setting);
    const [first = '', second = ''] = own;
    const choose = (alliance: string) => press(setting, who, { id: SPEAK, label: '', carry: { alliance } });
    await choose(first);
    const { view: form } = await say(setting, who, 'decision');
    if (form.kind !== 'form') throw new Error('no form');
    await choose(second);
    const theirs = (await decisionsIn(setting, first)).at(-1);
    const subject: Subject = { feature: 'decisions', id: theirs?.id ?? '' };
    const seen = await press(setting, who, { id: 'decisions.history', label: '', subject });
    expect(seen.outcome).toBe('done');
    const before = [await decisionsIn(setting, first), await decisionsIn(setting, second)];
    const submitted = await press(
      setting,
      who,
      { id: form.id, label: '', carry: form.carry },
      { text: 'Meet monthly' },
    );
    expect(submitted.outcome).toBe('done');
    const after = [await decisionsIn(setting, first), await decisionsIn(setting, second)];
    expect(after.map((rows) => rows.length)).toEqual([(before[0]?.length ?? 0) + 1, before[1]?.length]);
    await setting.town.close();
  });

  it('get nothing of what was begun in one that somebody has left since', async () => {
    const setting = await open(openStore, 12);
    const { town, world } = setting;
    const { who, own } = busy(setting);
    const [first = ''] = own;
    await press(setting, who, { id: SPEAK, label: '', carry: { alliance: first } });
    const { view: form } = await say(setting, who, 'decision');
    if (form.kind !== 'form') throw new Error('no form');
    const person = world.companies.flatMap(({ people }) => people).find(({ account }) => account === who)?.id ?? '';
    const { members, partners } = directoryTables(town.store.read);
    const gone = await town.store.read.select().from(partners).where(eq(partners.allianceId, first));
    await town.store.write(async (tx) => {
      for (const { id } of gone)
        await tx
          .delete(directoryTables(tx).members)
          .where(and(eq(members.partnerId, id), eq(members.personId, person)));
    });
    const submitted = await press(
      setting,
      who,
      { id: form.id, label: '', carry: form.carry },
      { text: 'Meet monthly' },
    );
    expect(submitted).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(submitted.view)).toContain('an alliance that you do not take part in any more');
    const { decisions } = decisionTables(town.store.read);
    expect(await town.store.read.$count(decisions)).toBe(0);
    await town.close();
  });
});
