/* What people try who want to see, do or break more than is theirs: each of these once worked. */
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { findChannelAt } from '../src/core/directory/channels.js';
import { ensureIdentity, findPerson } from '../src/core/directory/people.js';
import { directoryTables } from '../src/core/directory/tables.js';
import { DeliveryError } from '../src/core/errors.js';
import type { PersonId } from '../src/core/ids.js';
import type { Word } from '../src/core/platform.js';
import type { Button, View } from '../src/core/view.js';
import { exportTables } from '../src/features/exports/tables.js';
import { features } from '../src/features/index.js';
import { permissions } from '../src/features/permissions.js';
import { allianceWithLanes, closing, type House, lanes, openHouse, people } from './house/house.js';
import { eachEngine, type Open } from './stores.js';

const open = async (openStore: Open, alliance = allianceWithLanes): Promise<House> =>
  closing(await openHouse(await openStore(), { features, permissions, alliance }));

const directly = { direct: true, conversation: 'D1' } as const;

const textOf = (view: View): string => JSON.stringify(view);

const buttonOf = (view: View): Button => {
  const [button] = 'buttons' in view ? (view.buttons ?? []) : [];
  if (!button) throw new Error(`no button in ${textOf(view)}`);
  return button;
};

eachEngine('whoever watches the other company', (openStore) => {
  it('sees no card of theirs move when it binds and ends its own lane', async () => {
    const house = await open(openStore);
    await house.say('ana', 'committee rename JSC to Joint Board', directly);
    await house.settle();
    const before = house.teams.sent.length;
    for (const words of ['unbind', 'bind JSC internal']) {
      expect((await house.say('ana', words, { conversation: lanes.slack })).outcome).toBe('done');
      await house.settle();
    }
    expect(house.teams.sent.slice(before)).toEqual([]);
  });

  it('does not learn from the status that cards of its own lane wait', async () => {
    const house = await open(openStore);
    const stuck = new Set<string>([lanes.teams]);
    house.teams.obstacle = (_how, conversation) => {
      if (stuck.has(conversation)) throw new DeliveryError('never', 'teams:gone');
      return undefined;
    };
    await house.say('ben', 'decision Sell the plant', { conversation: lanes.teams });
    await house.say('ana', 'decision Meet monthly');
    await house.settle();
    house.clock.at += 120_000;
    expect(textOf((await house.say('ana', 'status', directly)).view)).toContain('Everything is delivered');
    await house.say('ben', 'unbind', { conversation: lanes.teams });
    expect(textOf((await house.say('ana', 'status', directly)).view)).not.toContain('not delivered to Nova Pharma');
  });

  it('does not learn from binding a channel that it was a lane of theirs', async () => {
    const channel = 'C44BOTH';
    const onSlack = allianceWithLanes
      .replace('teams: { tenant: 11111111-1111-1111-1111-111111111111 }', '$&, slack: { team: T02NOVA }')
      .replace('channels:\n', `channels:\n      - { slack: { team: T01ACME, channel: ${channel}, internal: true } }\n`)
      .replace(/(key: ben,[^}]*)}/, '$1, slack: U20BEN }');
    const house = await open(openStore, onSlack);
    house.slack.reading.set(channel, { outsiders: true });
    const caller = { platform: 'slack', workspace: 'T02NOVA', user: 'U20BEN' } as const;
    const spot = { platform: 'slack', workspace: 'T02NOVA', conversation: channel, direct: false } as const;
    const answer = await house.inbound.command({ id: 'c1', caller, spot, words: ['bind JSC'] });
    expect(textOf(answer.view)).toContain('is bound for Nova Pharma');
  });
});

eachEngine('whoever hosts a guest', (openStore) => {
  it('sees no names of the other company’s people that have no seat', async () => {
    const house = await open(openStore);
    const guest = { platform: 'slack', workspace: people.ana.workspace, user: 'U77BEN' } as const;
    const ben = (await findPerson(house.store.read, people.ben)) as PersonId;
    await house.store.write((tx) => ensureIdentity(tx, ben, guest));
    const noa = { ...people.mei, user: 'noa', name: 'Noa' };
    await house.say('ben', ['decision Ask ', noa]);
    const spot = { platform: guest.platform, workspace: guest.workspace, ...directly };
    const { view, outcome } = await house.inbound.command({ id: 'c2', caller: guest, spot, words: ['seat'] });
    expect(outcome).toBe('refused');
    expect(textOf(view)).toContain('Do this from your own company’s workspace.');
    expect(textOf((await house.say('ben', 'seat', directly)).view)).toContain('noa');
  });
});

eachEngine('whoever gets into a lane of another company', (openStore) => {
  it.each(['', 'help', 'alliance', 'setup'])('is noticed by saying %j there', async (words) => {
    const house = await open(openStore);
    const guest = { platform: 'slack', workspace: people.ana.workspace, user: 'U77BEN' } as const;
    const olga = { platform: 'slack', workspace: 'T88KILO', user: 'U88OLGA' } as const;
    const ben = (await findPerson(house.store.read, people.ben)) as PersonId;
    await house.store.write((tx) => ensureIdentity(tx, ben, guest));
    const spot = { platform: 'slack', workspace: guest.workspace, conversation: lanes.slack, direct: false } as const;
    const lane = async () => (await findChannelAt(house.store.read, spot))?.shared;
    await house.inbound.command({ id: 'own', caller: people.zoe, spot, words: [words] });
    expect(await lane()).toBe(false);
    await house.inbound.command({ id: 'in', caller: words === 'setup' ? olga : guest, spot, words: [words] });
    expect(await lane()).toBe(true);
  });
});

eachEngine('whoever forges what a button brings back', (openStore) => {
  it('undoes no change of a seat under the name of another feature', async () => {
    const house = await open(openStore);
    const seat: Word[] = ['seat ', { ...people.zoe, name: 'Zoe' }, ' observer JSC'];
    const { subject } = buttonOf((await house.say('ana', seat, directly)).view);
    const forged = { feature: 'decisions', id: subject?.id ?? '' };
    const answer = await house.press('ana', { interaction: 'seats.undo', subject: forged }, directly);
    expect(answer.outcome).toBe('refused');
    const undone = await house.press('ana', { interaction: 'seats.undo', subject }, directly);
    expect(undone.outcome).toBe('done');
  });

  it('reads no name of somebody who takes part in other alliances only', async () => {
    const house = await open(openStore);
    const others = allianceWithLanes
      .replaceAll('T01ACME', 'T07KILO')
      .replaceAll('11111111-1111-1111-1111-111111111111', '77777777-1111-1111-1111-111111111111')
      .replaceAll('Ana Ruiz', 'Kim Kilo');
    await openHouse(house.store, { features, alliance: others });
    const { people: rows, committees } = (await import('../src/core/directory/tables.js')).directoryTables(
      house.store.read,
    );
    const kim = (await house.store.read.select().from(rows)).find(({ name }) => name === 'Kim Kilo');
    const own = (await house.store.read.select().from(committees)).find((row) => row.allianceId === house.alliance);
    const values = { person: kim?.id ?? '', committee: own?.id ?? '' };
    const answer = await house.press('ana', { interaction: 'seats.unseat', values }, directly);
    expect(answer.outcome).toBe('refused');
    expect(textOf(answer.view)).not.toContain('Kim');
  });

  it('does nothing that takes a role by naming a subject that there is not', async () => {
    const house = await open(openStore);
    await house.say('ana', 'holidays 25 Dec Christmas', directly);
    const bob = (await findPerson(house.store.read, people.bob)) as PersonId;
    const rows = directoryTables(house.store.read).committees;
    const [jsc] = await house.store.read.select().from(rows).where(eq(rows.key, 'JSC'));
    const values = { person: bob, committee: jsc?.id ?? '', role: 'co-chair', company: 'Zeta', on: '2026-12-25' };
    for (const interaction of ['seats.seat', 'seats.unseat', 'seats.form', 'calendar.remove'] as const) {
      const [feature = ''] = interaction.split('.');
      for (const id of ['x', 'company:x', 'person:x'])
        expect(await house.press('bob', { interaction, subject: { feature, id }, values }, directly), id).toMatchObject(
          {
            outcome: 'refused',
          },
        );
    }
    expect(textOf((await house.say('bob', 'holidays', directly)).view)).toContain('Christmas');
    expect(textOf((await house.say('bob', 'roster JSC', directly)).view)).toContain('Bob Brown, member');
  });

  it('is told the same of somebody at the other company as of nobody', async () => {
    const house = await open(openStore);
    const ana = (await findPerson(house.store.read, people.ana)) as PersonId;
    const pressed = async (interaction: 'calendar.back' | 'calendar.undo' | 'calendar.cover', id: string) => {
      const subject = { feature: 'calendar', id: `person:${id}` };
      const values = { from: '2026-11-23', cover: id };
      return textOf((await house.press('ben', { interaction, subject, values }, directly)).view);
    };
    for (const interaction of ['calendar.back', 'calendar.undo', 'calendar.cover'] as const)
      expect(await pressed(interaction, ana)).toBe(await pressed(interaction, 'nobody'));
  });

  it('opens no file that was made for a colleague', async () => {
    const house = await open(openStore);
    await house.say('ana', 'export', directly);
    const [file] = await house.store.read.select().from(exportTables(house.store.read).exports);
    const values = { feature: 'exports', record: file?.id ?? '' };
    expect((await house.press('bob', { interaction: 'entente.open', values }, directly)).outcome).toBe('refused');
  });

  it('has no words said again that no button of ours carries', async () => {
    const house = await open(openStore);
    const words = JSON.stringify(Array.from({ length: 100_000 }, () => ''));
    const values = { alliance: house.alliance, words };
    expect((await house.press('zoe', { interaction: 'entente.speak', values }, directly)).outcome).toBe('refused');
    expect((await house.press('ana', { interaction: 'entente.speak', values }, directly)).outcome).toBe('done');
  }, 5_000);
});

eachEngine('whoever mentions thousands of people', (openStore) => {
  it('has Entente ask about a few of them only', async () => {
    const house = await open(openStore);
    let asked = 0;
    const { profile } = house.slack;
    house.slack.profile = (who, near) => {
      asked += 1;
      return profile(who, near);
    };
    const crowd = Array.from({ length: 3_000 }, (_, n) => ({ ...people.ana, user: `U${n}`, name: `n${n}` }));
    await house.say('ana', ['decision Meet with ', ...crowd]);
    expect(asked).toBeLessThan(50);
  });
});
