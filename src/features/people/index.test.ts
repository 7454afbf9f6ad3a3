import { expect, it } from 'vitest';
import { type House, people as known, openHouse, type Who } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { tellPerson } from '../../core/cards.js';
import { directoryTables } from '../../core/directory/tables.js';
import type { PersonId } from '../../core/ids.js';
import type { Account, Answer } from '../../core/platform.js';
import { cardTables, receiptTables } from '../../core/tables.js';
import type { Button } from '../../core/view.js';
import { decisions } from '../decisions/index.js';
import { permissions } from '../permissions.js';
import { people } from './index.js';
import { peopleTables } from './tables.js';

const MINUTE = 60_000;

/** Ben's guest account in Acme's Slack. */
const benAsGuest = { platform: 'slack', workspace: 'T01ACME', user: 'U50BEN' } as const;

const sentence = ({ view }: Answer): string => {
  if (view.kind !== 'notice') return JSON.stringify(view);
  return typeof view.text === 'string'
    ? view.text
    : view.text.map((span) => (typeof span === 'string' ? span : '*')).join('');
};

const codeIn = (answer: Answer): string => {
  const [, code] = /link ((?:[a-z]+-){3}[a-z]+ [a-z]+)/.exec(sentence(answer)) ?? [];
  if (!code) throw new Error(`no code in: ${sentence(answer)}`);
  return code;
};

const start = async (openStore: Open) => {
  const house: House = await openHouse(await openStore(), { features: [decisions, people], permissions });
  house.slack.profiles.set(benAsGuest.user, { name: 'Ben Ito', guest: true });
  let count = 0;
  const callOf = (who: Who | Account, direct: boolean) => {
    count += 1;
    const caller = typeof who === 'string' ? known[who] : who;
    const { platform, workspace, user } = caller;
    const spot = { platform, workspace, conversation: direct ? `D-${user}` : 'C77', direct };
    return { id: `call-${count}`, caller, spot };
  };
  const say = (who: Who | Account, text: string, direct = true) =>
    house.inbound.command({ ...callOf(who, direct), words: [text] });
  const press = (who: Who | Account, { id, carry = {} }: Button) =>
    house.inbound.press({ ...callOf(who, true), interaction: id, values: carry });
  const offered = async (who: Who | Account, code: string): Promise<Button> => {
    const answer = await say(who, `link ${code}`);
    const [button] = answer.view.kind === 'notice' ? (answer.view.buttons ?? []) : [];
    if (!button) throw new Error(`nothing was offered: ${sentence(answer)}`);
    return button;
  };
  const personOf = async ({ platform, user }: Account): Promise<PersonId | undefined> => {
    const { identities } = directoryTables(house.store.read);
    const rows = await house.store.read.select().from(identities);
    return rows.find((row) => row.platform === platform && row.user === user)?.personId as PersonId | undefined;
  };
  const link = async (from: Who, to: Who | Account) => press(to, await offered(to, codeIn(await say(from, 'link'))));
  return { house, say, press, offered, personOf, link };
};

eachEngine('linking', (openStore) => {
  it('makes a guest account and the one of their own company one person, after asking once', async () => {
    const { say, press, offered, personOf } = await start(openStore);
    expect(sentence(await say(benAsGuest, 'decision hello'))).toContain('you are a guest here');
    const code = codeIn(await say('ben', 'link'));
    const button = await offered(benAsGuest, code.toUpperCase());
    expect(button.label).toBe('Link to Ben Ito (Nova Pharma)');
    expect(await personOf(benAsGuest)).toBeUndefined();
    expect(sentence(await press(benAsGuest, button))).toContain('Linked. This account is Ben Ito (Nova Pharma)');
    expect(await personOf(benAsGuest)).toBe(await personOf(known.ben));
    expect(JSON.stringify((await say(benAsGuest, '')).view)).toContain(
      'Ben Ito, Nova Pharma. You sit on JSC (co-chair)',
    );
  });

  it('gives no code to a guest account that is linked: its host could make somebody else that person', async () => {
    const { say, link } = await start(openStore);
    expect((await link('ben', benAsGuest)).outcome).toBe('done');
    const answer = await say(benAsGuest, 'link');
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toContain('Say link with the account that you have in your company’s workspace');
  });

  it('keeps whoever made the code, and gives them what the other account had', async () => {
    const { say, personOf, link, house } = await start(openStore);
    const ana = await personOf(known.ana);
    const bob = await personOf(known.bob);
    expect((await link('ana', 'bob')).outcome).toBe('done');
    expect(await personOf(known.bob)).toBe(ana);
    const { members, seats } = directoryTables(house.store.read);
    const rows = [...(await house.store.read.select().from(members)), ...(await house.store.read.select().from(seats))];
    expect(rows.filter(({ personId }) => personId === bob)).toEqual([]);
    expect(JSON.stringify((await say('bob', '')).view)).toContain('Ana Ruiz, Acme Bio');
  });

  it('meets somebody of a company whom Entente has not met, on either side of the code', async () => {
    const { say, link, personOf } = await start(openStore);
    codeIn(await say('zoe', 'link'));
    const yves = { ...known.zoe, user: 'U60YVES' };
    expect((await link('ana', yves)).outcome).toBe('done');
    expect(await personOf(yves)).toBe(await personOf(known.ana));
  });

  it('is refused for the people of two companies of one alliance', async () => {
    const { say } = await start(openStore);
    const code = codeIn(await say('ana', 'link'));
    const answer = await say('ben', `link ${code}`);
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toBe(
      'The accounts belong to Acme Bio and to Nova Pharma, two companies of "Acme and Nova". Nobody acts for both, so they cannot be linked.',
    );
  });

  it('is refused with one’s own account, and with one that is linked already', async () => {
    const { say, link } = await start(openStore);
    const own = 'The code is from this account, or from one linked to it. Say it with the other.';
    expect(sentence(await say('ben', `link ${codeIn(await say('ben', 'link'))}`))).toBe(own);
    await link('ben', benAsGuest);
    expect(sentence(await say(benAsGuest, `link ${codeIn(await say('ben', 'link'))}`))).toBe(own);
  });

  it('works once, for ten minutes, and with the newest code only', async () => {
    const { house, say, press, offered } = await start(openStore);
    const old = codeIn(await say('ben', 'link'));
    const code = codeIn(await say('ben', 'link'));
    const button = await offered(benAsGuest, code);
    await press(benAsGuest, button);
    const mei = codeIn(await say('mei', 'link'));
    house.clock.at += 10 * MINUTE;
    for (const one of [old, code, mei])
      expect(sentence(await say('jun', `link ${one}`))).toContain('This code does not work.');
    expect(sentence(await press('jun', button))).toContain('This code does not work.');
  });

  it('takes five wrong codes an hour from an account, and leaves its colleagues alone', async () => {
    const { house, say, offered } = await start(openStore);
    const code = codeIn(await say('mei', 'link'));
    for (let n = 0; n < 5; n += 1) expect(sentence(await say('jun', 'link zoo'))).toContain('The code has five words');
    expect(sentence(await say('jun', `link ${code}`))).toBe(
      'Five codes that did not work came from your account within an hour. Try again after *.',
    );
    expect((await offered('ben', code)).id).toBe('people.link');
    house.clock.at += 60 * MINUTE;
    expect((await offered('jun', codeIn(await say('mei', 'link')))).id).toBe('people.link');
  });

  it('is done in direct messages: elsewhere no code is given, and one that is said there ends', async () => {
    const { say } = await start(openStore);
    expect(sentence(await say('ben', 'link', false))).toContain('Write to Entente directly and say link there');
    const code = codeIn(await say('ben', 'link'));
    expect(sentence(await say(benAsGuest, `link ${code}`, false))).toContain('Others here could read the code');
    expect(sentence(await say(benAsGuest, `link ${code}`))).toContain('This code does not work.');
  });

  it('gives no code to an account that is nobody’s', async () => {
    const { say } = await start(openStore);
    expect(sentence(await say(benAsGuest, 'link'))).toContain('Entente does not know this account yet.');
    const olaf = { platform: 'slack', workspace: 'T90ORIO', user: 'U90OLAF' } as const;
    expect(sentence(await say(olaf, 'link'))).toContain('Entente does not know this account yet.');
  });

  it('answers a redelivered code alike, although it is kept as a fingerprint only', async () => {
    const { house } = await start(openStore);
    const { platform, workspace, user } = known.ben;
    const spot = { platform, workspace, conversation: `D-${user}`, direct: true };
    const call = { id: 'again', caller: known.ben, spot, words: ['link'] };
    const first = await house.inbound.command(call);
    expect(await house.inbound.command(call)).toEqual(first);
    const code = codeIn(first);
    const kept = [
      ...(await house.store.read.select().from(receiptTables(house.store.read).receipts)),
      ...(await house.store.read.select().from(peopleTables(house.store.read).links)),
    ];
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain(code.split(' ')[0]);
  });

  it('never writes to somebody where they are only a guest, with what that company may see', async () => {
    const { house, link, personOf } = await start(openStore);
    await link('ben', benAsGuest);
    const ben = await personOf(known.ben);
    const wish = { alliance: house.alliance, subject: { feature: 'decisions', id: 'd' }, now: 1, newId: () => 'card' };
    await house.store.write((tx) => tellPerson(tx, wish, ben as PersonId));
    const lanes = await house.store.read.select().from(cardTables(house.store.read).lanes);
    expect(lanes.map(({ platform, conversation }) => [platform, conversation])).toEqual([['teams', known.ben.user]]);
  });
});
