import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import {
  allianceWithLanes,
  closing,
  type House,
  lanes,
  openHouse,
  people,
  type Who,
} from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { tellPerson } from '../../core/cards.js';
import { pagesOf } from '../../core/copy/pages.js';
import { planDaily } from '../../core/daily/plan.js';
import type { Store } from '../../core/db/store.js';
import { parseAlliance } from '../../core/directory/alliance-file.js';
import { loadAllianceFile } from '../../core/directory/load.js';
import { directoryTables } from '../../core/directory/tables.js';
import { DeliveryError } from '../../core/errors.js';
import { findBrokenEntry } from '../../core/history.js';
import type { AllianceId, PersonId } from '../../core/ids.js';
import type { Account, Answer } from '../../core/platform.js';
import { historyTables } from '../../core/tables.js';
import { verifyAlliance } from '../../core/verify.js';
import type { Button, View } from '../../core/view.js';
import { runDueWakes } from '../../core/wakes.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';

const MINUTE = 60_000;
const FORMER = 'a former member of Acme Bio';

const mention = (who: Who) => {
  const { user, workspace } = people[who];
  return { user, workspace, name: who };
};

const sentence = ({ view }: Answer): string => (view.kind === 'notice' ? String(view.text) : JSON.stringify(view));

const buttonIn = ({ view }: Answer, label: string): Button => {
  const buttons = 'buttons' in view ? (view.buttons ?? []) : [];
  const found = buttons.find((button) => button.label === label);
  if (!found) throw new Error(`no ${label} in ${JSON.stringify(view)}`);
  return found;
};

/** Every row of every table, as text. */
const everything = async (store: Store): Promise<ReadonlyMap<string, string>> => {
  const listed = {
    sqlite: sql`select name from sqlite_master where type = 'table'`,
    postgres: sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  };
  const found = new Map<string, string>();
  for (const { name } of await store.read.rows<{ name: string }>(listed[store.dialect]))
    found.set(name, JSON.stringify(await store.read.rows(sql`select * from ${sql.identifier(name)}`)));
  return found;
};

const tablesWith = async (store: Store, words: readonly string[]): Promise<readonly string[]> =>
  [...(await everything(store))].flatMap(([table, rows]) =>
    words.filter((word) => rows.includes(word)).map((word) => `${word} in ${table}`),
  );

const start = async (openStore: Open, alliance = allianceWithLanes) => {
  const house: House = closing(await openHouse(await openStore(), { features, permissions, alliance }));
  const { store, clock } = house;
  const press = (
    who: Who,
    { id, subject, carry = {} }: Button,
    more: { conversation?: string; direct?: boolean } = {},
  ) => house.press(who, { interaction: id, values: carry, ...(subject && { subject }) }, more);
  const personOf = async ({ platform, user }: Account): Promise<PersonId> => {
    const rows = await store.read.select().from(directoryTables(store.read).identities);
    return rows.find((row) => row.platform === platform && row.user === user)?.personId as PersonId;
  };
  return {
    house,
    store,
    press,
    personOf,
    forget: async (who: Who) => press(who, buttonIn(await house.say(who, 'forget me'), 'Forget me')),
    /** Somebody else who may do all that Ana does. */
    replaceAna: async () => {
      await house.say('ana', ['seat ', mention('bob'), ' professional']);
      await house.say('ana', ['seat ', mention('bob'), ' co-chair JSC']);
    },
    tick: async (minutes: number) => {
      clock.at += minutes * MINUTE;
      const derive = () => new Uint8Array(32);
      await runDueWakes({ ...house.parts, derive, nudge: house.reconciler.nudge });
    },
    tell: (person: PersonId, id: string) =>
      store.write((tx) =>
        tellPerson(
          tx,
          { alliance: house.alliance, subject: { feature: 'decisions', id }, now: clock.at, newId: randomUUID },
          person,
        ),
      ),
    rename: async () => {
      await store.write(async (tx) => {
        await tx.update(directoryTables(tx).people).set({ email: 'ana@acme.example' }).where(sql`name = 'Ana Ruiz'`);
      });
    },
  };
};

const decisionIn = (house: House): string => {
  const card = [...house.slack.standing().values()].find((view) => view.kind === 'record' && view.label === 'D-1');
  if (card?.kind !== 'record') throw new Error('no decision stands there');
  return card.subject.id;
};

eachEngine('whoever asks to be forgotten', (openStore) => {
  it('is asked once, and told what ends and what stays', async () => {
    const { house, replaceAna, press } = await start(openStore);
    await replaceAna();
    const asked = await house.say('ana', 'forget me');
    expect(sentence(asked)).toContain('This cannot be undone.');
    expect(sentence(asked)).toContain(`as done by '${FORMER}'`);
    expect(sentence(asked)).toContain('Your seats end: JSC.');
    expect(sentence(await press('ana', buttonIn(asked, 'Cancel')))).toBe('Nothing has changed.');
    expect(JSON.stringify((await house.say('ana', 'roster JSC')).view)).toContain('Ana Ruiz');
  });

  it('names the next one first where the company cannot do without them', async () => {
    const { house, replaceAna, press } = await start(openStore);
    const refused = await house.say('ana', 'forget me');
    expect(refused.outcome).toBe('refused');
    expect(sentence(refused)).toContain('Acme Bio would be without an alliance professional.');
    await house.say('ana', ['seat ', mention('bob'), ' professional']);
    expect(sentence(await house.say('ana', 'forget me'))).toContain('would be without a co-chair on the JSC');
    await replaceAna();
    const button = buttonIn(await house.say('ana', 'forget me'), 'Forget me');
    await house.say('bob', ['seat ', mention('bob'), ' member JSC']);
    expect(await press('ana', button)).toMatchObject({ outcome: 'refused' });
  });

  it('leaves nothing of what they used: days away, quiet, copies, drafts, what they caught up on, daily messages', async () => {
    const { house, store, replaceAna, forget, tick, personOf, rename, press } = await start(openStore);
    await rename();
    await replaceAna();
    const id = await personOf(people.ana);
    await planDaily(store, house.clock.at);
    const done = async (who: Who, text: Parameters<House['say']>[1]) => {
      const answer = await house.say(who, text);
      expect([text, answer.outcome]).toEqual([text, 'done']);
      return answer;
    };
    await done('ana', 'decision Send the minutes to both companies within a week');
    await house.settle();
    const subject = { feature: 'decisions', id: decisionIn(house) };
    const revision = { revision: '1' };
    await house.press('ben', { interaction: 'decisions.confirm', subject, values: revision });
    const dispute = { interaction: 'decisions.dispute', subject, values: { reason: 'Once is not enough' } } as const;
    expect((await house.press('ana', dispute)).outcome).toBe('done');
    await done('ana', 'action me send the minutes to Nova by 25 November');
    await done('ben', 'action @Ana Ruiz send the paper to the sites by 25 November');
    expect(
      JSON.stringify((await done('ana', 'decision Send the minutes to both companies within a week')).view),
    ).toContain('Close to D-1');
    for (const text of ['log', 'catchup', 'export']) await done('ana', text);
    // Tomorrow at nine what waits for her is told.
    await tick(26 * 60);
    await house.settle();
    await done('ana', 'mute until 3 June');
    await done('ana', ['out until 3 December covered by ', mention('bob')]);
    await done('bob', ['out 10 Dec to 12 Dec covered by ', mention('ana')]);
    const personal = [
      'decision_drafts',
      'log_looks',
      'export_files',
      'daily_messages',
      'daily_items',
      'mutes',
      'absences',
      'wakes',
    ] as const;
    const before = await everything(store);
    for (const table of personal.filter((name) => name !== 'daily_items'))
      expect([table, before.get(table)?.includes(id)]).toEqual([table, true]);
    expect(before.get('daily_items')).not.toBe('[]');
    expect(sentence(await forget('ana'))).toContain('Entente has forgotten you.');
    await house.settle();
    await tick(2);
    await house.settle();
    expect(await tablesWith(store, ['Ana Ruiz', 'ana@acme.example', 'U01ANA'])).toEqual([]);
    const after = await everything(store);
    for (const table of personal) expect([table, after.get(table)?.includes(id)]).toEqual([table, false]);
    expect(after.get('daily_items')).toBe('[]');
    const action = [...house.teams.standing().values()].find((view) => view.kind === 'record' && view.label === 'A-1');
    expect(JSON.stringify(action)).toContain(FORMER);
    const faults = await verifyAlliance({ ...pagesOf(store, () => house.clock.at), features }, house.alliance);
    expect(faults.faults).toEqual([]);
    const history = await press('ben', { id: 'decisions.history', label: 'History', subject });
    expect(JSON.stringify(history.view)).toContain(`Disputed by ${FORMER}`);
  });

  it('is nowhere in the database any more, and every card says that a former member did it', async () => {
    const { house, store, replaceAna, forget, tick, tell, personOf, rename, press } = await start(openStore);
    await rename();
    await replaceAna();
    await house.say('ana', 'decision Meet monthly because weekly is too often');
    await house.say('ana', 'decision Offer ten at most', { conversation: lanes.slack });
    await house.settle();
    const id = decisionIn(house);
    await tell(await personOf(people.ana), id);
    await house.say('bob', 'roster JSC');
    await house.say('ana', 'link', { direct: true });
    await house.say('ana', `link ${'abandon-'.repeat(4)}abandon`, { direct: true });
    await house.settle();
    expect(await tablesWith(store, ['Ana Ruiz', 'ana@acme.example', 'U01ANA'])).not.toEqual([]);
    expect(sentence(await forget('ana'))).toContain('Entente has forgotten you.');
    await house.settle();
    await tick(2);
    await house.settle();
    expect(await tablesWith(store, ['Ana Ruiz', 'ana@acme.example', 'U01ANA'])).toEqual([]);
    const standing = [...house.slack.standing().values(), ...house.teams.standing().values()];
    expect(JSON.stringify(standing)).not.toContain('Ana Ruiz');
    expect(JSON.stringify([...house.teams.standing().values()])).toContain(
      '"A former member of Acme Bio"," no longer sits on the JSC"',
    );
    const records = standing.filter((view: View) => view.kind === 'record');
    expect(records.length).toBeGreaterThan(2);
    for (const card of records) expect(JSON.stringify(card)).toContain(FORMER);
    const history = await press('ben', {
      id: 'decisions.history',
      label: 'History',
      subject: { feature: 'decisions', id },
    });
    expect(JSON.stringify(history.view)).toContain(`Recorded by ${FORMER}`);
    const { history: chain } = historyTables(store.read);
    const chains = await store.read.selectDistinct({ id: chain.allianceId }).from(chain);
    expect(chains.length).toBeGreaterThan(1);
    for (const one of chains) expect(await findBrokenEntry(store.read, one.id as AllianceId)).toBeUndefined();
  });

  it('has the cards in their direct messages withdrawn before the addresses go', async () => {
    const { house, replaceAna, forget, tick, tell, personOf } = await start(openStore);
    await replaceAna();
    await house.say('ana', 'decision Meet monthly');
    await house.settle();
    await tell(await personOf(people.ana), decisionIn(house));
    await house.settle();
    const direct = () => house.slack.sent.filter(({ conversation }) => conversation === 'U01ANA').at(-1);
    expect(direct()?.view.kind).toBe('record');
    let open = false;
    house.slack.obstacle = (_how, conversation) =>
      open || conversation !== 'U01ANA' ? undefined : Promise.reject(new DeliveryError('later', 'slack:http_500'));
    await forget('ana');
    await tick(2);
    expect(direct()?.view.kind).toBe('record');
    open = true;
    const withdrawn = { kind: 'notice', text: 'What stood here is no longer kept here.' };
    await expect
      .poll(() => {
        house.clock.at += MINUTE;
        house.reconciler.nudge();
        return direct()?.view;
      })
      .toEqual(withdrawn);
    await house.settle();
    await tick(60);
    expect(await tablesWith(house.store, ['U01ANA'])).toEqual([]);
  });

  it('is let go of a day later where their messages cannot be changed', async () => {
    const { house, store, replaceAna, forget, tick, tell, personOf } = await start(openStore);
    await replaceAna();
    await house.say('ana', 'decision Meet monthly');
    await house.settle();
    await tell(await personOf(people.ana), decisionIn(house));
    await house.settle();
    house.slack.obstacle = (_how, conversation) =>
      conversation === 'U01ANA' ? Promise.reject(new DeliveryError('later', 'slack:http_500')) : undefined;
    await forget('ana');
    await tick(2);
    expect(await tablesWith(store, ['U01ANA'])).not.toEqual([]);
    await tick(25 * 60);
    expect(await tablesWith(store, ['U01ANA'])).toEqual([]);
  });

  it('is met as somebody new when they write again', async () => {
    const { house, replaceAna, forget, tick, personOf } = await start(openStore);
    await replaceAna();
    const before = await personOf(people.ana);
    await forget('ana');
    house.slack.profiles.set('U01ANA', { name: 'Ana Ruiz' });
    expect((await house.say('ana', '', { direct: true })).outcome).toBe('done');
    const after = await personOf(people.ana);
    expect(after).not.toBe(before);
    await tick(2);
    expect(await personOf(people.ana)).toBe(after);
    expect((await house.say('ana', 'decision Meet weekly')).outcome).toBe('refused');
  });

  it('takes the accounts and names along that became one with theirs', async () => {
    const { house, store, press, tick, personOf } = await start(openStore);
    await house.say('bob', 'decision Meet monthly');
    const code = /link ((?:[a-z]+-){3}[a-z]+ [a-z]+)/.exec(
      sentence(await house.say('zoe', 'link', { direct: true })),
    )?.[1];
    const offer = await house.say('bob', `link ${code}`, { direct: true });
    const [button] = offer.view.kind === 'notice' ? (offer.view.buttons ?? []) : [];
    await press('bob', button!, { direct: true });
    expect(await personOf(people.bob)).toBe(await personOf(people.zoe));
    await press('zoe', buttonIn(await house.say('zoe', 'forget me'), 'Forget me'));
    await house.settle();
    await tick(2);
    expect(await tablesWith(store, ['Bob Brown', 'U02BOB', 'U09ZOE'])).toEqual([]);
    expect(JSON.stringify([...house.teams.standing().values()])).toContain(FORMER);
  });

  it('keeps their profile until the last alliance lets go, each of which is asked', async () => {
    const { house, store, tick, press } = await start(openStore);
    const second = allianceWithLanes
      .replace('Acme and Nova', 'Acme and Zeta')
      .replace(/ {4}channels:[\s\S]*/, '    channels: []\n');
    await loadAllianceFile(store, parseAlliance(second), randomUUID, house.clock.at);
    await house.say('bob', 'decision Meet monthly');
    const first = await house.say('bob', 'forget me');
    expect(sentence(first)).toContain('You take part in Acme and Zeta too');
    expect(sentence(await press('bob', buttonIn(first, 'Forget me')))).toContain('Your name stays while');
    await tick(2);
    expect(await tablesWith(store, ['Bob Brown'])).toEqual(['Bob Brown in people']);
    const last = await house.say('bob', 'forget me', { conversation: 'D-bob', direct: true });
    expect(sentence(await press('bob', buttonIn(last, 'Forget me'), { conversation: 'D-bob' }))).toContain(
      'Entente has forgotten you.',
    );
    await house.settle();
    await tick(2);
    expect(await tablesWith(store, ['Bob Brown', 'U02BOB'])).toEqual([]);
    expect(JSON.stringify([...house.teams.standing().values()])).toContain(FORMER);
  });

  it('is not given a seat back by an undo, nor by what was planned', async () => {
    const { house, store, forget, press } = await start(openStore);
    await house.say('ana', ['seat ', mention('bob'), ' observer JSC from 1 December']);
    const undo = buttonIn(await house.say('ana', ['unseat ', mention('bob'), ' JSC']), 'Undo');
    await forget('bob');
    expect(sentence(await press('ana', undo))).toContain('was forgotten meanwhile');
    const { seats } = directoryTables(store.read);
    expect(await store.read.select().from(seats)).toHaveLength(4);
    expect(JSON.stringify((await house.say('ana', 'roster JSC')).view)).not.toContain('Bob');
  });
});

eachEngine('somebody who has left', (openStore) => {
  it('is forgotten at the wish of their company’s alliance professional, and of nobody else', async () => {
    const { house, store, press, tick } = await start(openStore);
    const asks = (who: Who, whom: Who) => house.say(who, ['forget ', { ...mention(whom), name: whom }]);
    expect(sentence(await asks('bob', 'ana'))).toContain('Only the alliance professional of Acme Bio does this.');
    const other = await house.say('ana', [
      'forget ',
      { user: people.ben.user, workspace: people.ben.workspace, name: 'Ben' },
    ]);
    expect(other.outcome).toBe('refused');
    const asked = await asks('ana', 'bob');
    expect(asked.view).toMatchObject({ title: 'Forget Bob Brown?' });
    const button = buttonIn(asked, 'Forget them');
    expect(await press('zoe', button)).toMatchObject({ outcome: 'refused' });
    expect(await press('ben', button)).toMatchObject({ outcome: 'refused' });
    expect(sentence(await press('ana', button))).toBe('Entente has forgotten them.');
    await house.settle();
    await tick(2);
    expect(await tablesWith(store, ['Bob Brown', 'U02BOB'])).toEqual([]);
  });

  it('is recorded as forgotten by whoever asked, without a name', async () => {
    const { house, store, press, personOf } = await start(openStore);
    const bob = await personOf(people.bob);
    await press('ana', buttonIn(await house.say('ana', ['forget ', mention('bob')]), 'Forget them'));
    const { history } = historyTables(store.read);
    const [entry] = await store.read.select().from(history).where(sql`verb = 'forgotten'`);
    expect(entry).toMatchObject({
      subjectId: bob,
      personId: await personOf(people.ana),
      detail: { partner: expect.any(String) },
    });
  });
});
