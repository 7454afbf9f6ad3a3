import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type House, openHouse, people } from '../../test/house/house.js';
import { eachEngine, type Open } from '../../test/stores.js';
import { features } from '../features/index.js';
import { permissions } from '../features/permissions.js';
import { limits } from '../platforms/slack/limits.js';
import { parseAlliance } from './directory/alliance-file.js';
import { loadAllianceFile } from './directory/load.js';
import type { Feature } from './feature.js';
import { professionals, voters } from './permission.js';
import type { Answer } from './platform.js';

const word = (name: string, topic?: 'committees' | 'people' | 'alliance', open?: true) => ({
  name,
  summary: `Do ${name}.`,
  usage: '[what]',
  ...(topic && { topic }),
  ...(open
    ? { visit: async () => ({ kind: 'notice' as const, text: name }) }
    : { run: async () => ({ kind: 'notice' as const, text: name }) }),
});

const small: Feature = {
  name: 'small',
  commands: [word('note'), word('vote'), word('bind', 'committees'), word('begin', 'alliance', true)],
};
const table = { vote: voters, bind: professionals };

const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), { features: [small], permissions: table });

const otherAlliance = `
alliance: { name: Acme and Zeta, timeZone: Europe/Zurich }
partners: [{ key: acme, name: Acme Bio, slack: { team: T01ACME } }, { key: z, name: Zeta, slack: { team: T02Z } }]
people: [{ key: ana, name: Ana Ruiz, partner: acme, slack: U01ANA }]
committees: []
`;

const linesOf = ({ view }: Answer): string =>
  view.kind === 'list' ? view.items.map(({ title, text }) => `${title}\n${text}`).join('\n') : JSON.stringify(view);

const more = 'Without a word: what waits for you.';

eachEngine('help', (openStore) => {
  it('groups what one may say by what people want to do, and differs by role', async () => {
    const house = await open(openStore);
    expect(linesOf(await house.say('ana', 'help'))).toBe(
      `Decide and act\nnote: Do note.\nvote: Do vote.\nCommittees and channels\nbind: Do bind.\nThe alliance\nbegin: Do begin.\nMore\nhelp note: How to use 'note'; the same for every other word.\n${more}`,
    );
    for (const other of ['bind', 'begin']) expect(linesOf(await house.say('bob', 'help'))).not.toContain(other);
    const observer = linesOf(await house.say('mei', 'help'));
    expect(observer).toContain('note');
    expect(observer).not.toContain('vote');
  });

  it('offers newcomers where to begin and nothing else', async () => {
    const house = await open(openStore);
    const call = house.call('zoe', 'D1', true);
    const caller = { ...call.caller, workspace: 'T77NEW' };
    const answer = await house.inbound.command({ ...call, caller, words: ['help'] });
    expect(linesOf(answer)).toBe(
      `The alliance\nbegin: Do begin.\nMore\nhelp begin: How to use 'begin'; the same for every other word.\n${more}`,
    );
  });

  it('tells a guest of the workspace whom to ask, and no word', async () => {
    const house = await open(openStore);
    house.slack.profiles.set(people.zoe.user, { guest: true });
    expect(linesOf(await house.say('zoe', 'help'))).toContain('you are a guest here');
  });

  it('tells how a word is used and by whom, and the nearest one for one that it does not know', async () => {
    const house = await open(openStore);
    expect((await house.say('bob', 'help vote')).view).toEqual({
      kind: 'notice',
      title: 'vote [what]',
      text: 'Do vote.\nWho may: co-chairs and members, and alternates while their member is out.',
    });
    expect(linesOf(await house.say('bob', 'help voet'))).toContain("Did you mean 'vote'?");
  });

  it('takes a word as messages quote it, with entente before it', async () => {
    const house = await open(openStore);
    for (const said of ['entente note', '/entente note', 'Entente  note'])
      expect((await house.say('bob', said, { direct: true })).view).toEqual({ kind: 'notice', text: 'note' });
    expect((await house.say('bob', 'entente')).view).toMatchObject({ title: 'Nothing waits for you' });
  });

  it('names the word that changes alliances to those who take part in several only', async () => {
    const house = await open(openStore);
    expect(linesOf(await house.say('ana', 'help'))).not.toContain('alliance:');
    await loadAllianceFile(house.store, parseAlliance(otherAlliance), randomUUID, house.clock.at);
    const direct = { conversation: 'D1', direct: true };
    expect(linesOf(await house.say('ana', 'help', direct))).toContain('alliance: Choose which of your alliances');
    expect(linesOf(await house.say('ana', 'help', direct))).toContain('bind');
    expect(linesOf(await house.say('bob', 'help'))).not.toContain('alliance:');
  });

  it('is what a greeting gets in a direct message: the home, with the words alone', async () => {
    const house = await open(openStore);
    for (const hello of ['hello', 'Hi!', 'Good morning', 'こんにちは'])
      expect((await house.say('bob', hello, { direct: true })).view).toMatchObject({ title: 'Nothing waits for you' });
    expect(linesOf(await house.say('bob', 'hello', { direct: true }))).toBe(
      'What you can say\nDecide and act: note, vote\nhelp: what each word does',
    );
    expect(linesOf(await house.say('bob', 'hello'))).toContain('does not know');
  });

  it('fits Slack and a phone, with every word there is', async () => {
    const house = await openHouse(await openStore(), { features, permissions });
    const { view } = await house.say('ana', 'help');
    if (view.kind !== 'list') throw new Error('help is a list');
    const texts = view.items.map(({ text }) => String(text));
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(limits.section);
    expect(texts.join('').length).toBeLessThan(limits.messageSum);
    expect(texts.flatMap((text) => text.split('\n')).filter((line) => line.length > 120)).toEqual([]);
  });
});
