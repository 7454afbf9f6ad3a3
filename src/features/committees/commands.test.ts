import { expect, it } from 'vitest';
import { closing, type House, openHouse, people } from '../../../test/house/house.js';
import { createNotes } from '../../../test/house/notes.js';
import { eachEngine } from '../../../test/stores.js';
import { findChannelAt, insertChannel } from '../../core/directory/channels.js';
import { directoryOf } from '../../core/directory/reads.js';
import { saveSeat } from '../../core/directory/seats.js';
import { DeliveryError } from '../../core/errors.js';
import type { Feature } from '../../core/feature.js';
import type { ChannelId, CommitteeId } from '../../core/ids.js';
import type { Answer } from '../../core/platform.js';
import { permissions } from '../permissions.js';
import { committees } from './index.js';

const textOf = ({ view }: Answer): string => (view.kind === 'notice' ? [view.text].flat().join('') : view.kind);

const buttonsOf = ({ view }: Answer) => (view.kind === 'notice' || view.kind === 'list' ? (view.buttons ?? []) : []);

eachEngine('committees', (open) => {
  const openRooms = async (more: readonly Feature[] = []): Promise<House> =>
    closing(await openHouse(await open(), { features: [committees, createNotes().feature, ...more], permissions }));

  const keys = async (house: House) =>
    (await directoryOf(house.store.read, house.clock.at).committees(house.alliance)).map((one) => one.key);

  const press = (house: House, who: 'ana' | 'bob' | 'ben', answer: Answer, label: string, conversation: string) => {
    const button = buttonsOf(answer).find((one) => one.label === label);
    if (!button) throw new Error(`no button ${label}`);
    return house.inbound.press({
      ...house.call(who, conversation),
      interaction: button.id,
      values: button.carry ?? {},
    });
  };

  it('adds, renames and nests them, and says so in their channels', async () => {
    const house = await openRooms();
    const said = async (text: string) => textOf(await house.say('ana', text));
    expect(await said('committee add jdc Joint Development Committee under jsc')).toContain(
      'The JDC, Joint Development Committee, is added under the JSC.',
    );
    expect(await said('committee move JDC to the top')).toBe('The JDC stands at the top now.');
    expect(await said('committee rename JDC to JDEV')).toContain('is now the JDEV, Joint Development Committee');
    expect(await said('committee rename JSC to Steering')).toContain('is now the JSC, Steering.');
    await house.settle();
    const texts = [house.slack, house.teams].flatMap((side) => [...side.standing().values()]);
    expect(texts).toEqual(
      Array(2).fill({ kind: 'notice', text: 'This committee is called Steering now, JSC for short.' }),
    );
    expect(await keys(house)).toEqual(['JDEV', 'JSC']);
  });

  it('lists them as a tree, with the channels of one’s own company', async () => {
    const house = await openRooms();
    await house.say('ana', 'committee add JDC Joint Development Committee under JSC');
    house.slack.reading.set('C-LANE', { outsiders: false, name: 'acme-only' });
    await house.say('ana', 'bind JSC internal', { conversation: 'C-LANE' });
    const view = (await house.say('ana', 'committee', { direct: true, conversation: 'D-ANA' })).view;
    expect(view.kind === 'list' && view.items.map(({ title, text }) => ({ title, text }))).toEqual([
      {
        title: 'JSC · Joint Steering Committee',
        text: 'Seats: Acme Bio 2, Nova Pharma 3\nChannels: a Slack channel, #acme-only (internal)',
      },
      { title: '– JDC · Joint Development Committee', text: 'Seats: Acme Bio 0, Nova Pharma 0\nNo channel yet' },
    ]);
    const theirs = JSON.stringify((await house.say('ben', 'committee')).view);
    expect(theirs).toContain('a Teams channel');
    expect(theirs).not.toContain('acme-only');
  });

  it('sets how many votes of each company a committee needs in the room', async () => {
    const house = await openRooms();
    const said = async (who: 'ana' | 'ben', text: string) => textOf(await house.say(who, text));
    expect(await said('ana', 'committee quorum JSC 2')).toBe(
      'The JSC needs 2 votes of each company in the room to decide; before it was 1.',
    );
    expect(await said('ben', 'committee quorum jsc 2')).toContain('already. Nothing has changed.');
    expect(await said('ben', 'committee quorum JSC 0')).toBe('A quorum is 1 to 20 votes of each company.');
    expect(await said('ben', 'committee quorum JSC 21')).toBe('A quorum is 1 to 20 votes of each company.');
    expect(await said('ben', 'committee quorum JSC')).toContain("'committee quorum JSC 2'");
    expect(await house.say('bob', 'committee quorum JSC 1')).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify((await house.say('ben', 'committee')).view)).toContain('Quorum: 2 votes of each company');
  });

  it('opens the form where something is missing, with what was said', async () => {
    const house = await openRooms();
    const { view } = await house.say('ana', 'committee add JDC');
    expect(view).toMatchObject({
      kind: 'form',
      title: 'Add a committee',
      audience: 'Acme Bio and Nova Pharma will see this',
    });
    const values = { key: 'JDC', name: 'Joint Development Committee', parent: 'top' };
    expect(textOf(await house.press('ana', { interaction: 'committees.add', values }))).toContain('is added.');
    const again = await house.press('ana', { interaction: 'committees.add', values });
    expect(again).toMatchObject({ outcome: 'refused', field: 'key' });
    expect(await keys(house)).toEqual(['JDC', 'JSC']);
  });

  it('closes one after asking once, and not while anything of it is open', async () => {
    let open = true;
    const house = await openRooms([
      { name: 'risks', pending: async () => (open ? [{ title: 'R-1 Supply may slip' }] : []) },
    ]);
    await house.say('ana', 'committee add JDC Joint Development Committee under JSC');
    const said = async (text: string) => textOf(await house.say('ana', text));
    expect(await said('committee close JSC')).toContain('open committees under it: JDC');
    expect(await said('committee close JDC')).toContain('still has open records: R-1 Supply may slip.');
    open = false;
    const asked = await house.say('ana', 'committee close JDC');
    expect(textOf(asked)).toContain('This cannot be undone.');
    expect(await keys(house)).toEqual(['JDC', 'JSC']);
    open = true;
    expect(textOf(await press(house, 'ana', asked, 'Close the JDC', 'C01JSC'))).toContain('still has open records');
    open = false;
    expect(textOf(await press(house, 'ana', asked, 'Close the JDC', 'C01JSC'))).toContain('is closed.');
    expect(await keys(house)).toEqual(['JSC']);
    expect(await said('committee add JDC Another')).toContain('its record still stands under that key');
    expect(textOf(await press(house, 'ana', asked, 'Close the JDC', 'C01JSC'))).toContain('The JDC is closed.');
  });

  it('is for alliance professionals, and refuses what it does not know', async () => {
    const house = await openRooms();
    expect(textOf(await house.say('bob', 'committee add JDC Joint'))).toBe(
      'Only the alliance professional of Acme Bio does this. Ask them.',
    );
    const { view } = await house.say('ana', 'committee close XYZ');
    expect(view).toMatchObject({ text: "There is no committee 'XYZ' in this alliance. Its committees are JSC." });
  });
});

eachEngine('channels', (open) => {
  const openRooms = async (): Promise<House> => {
    const features = [committees, createNotes().feature];
    const house = closing(await openHouse(await open(), { features, permissions }));
    await house.say('ana', 'committee add JDC Joint Development Committee');
    return house;
  };
  const bind = async (house: House, who: 'ana' | 'bob' | 'ben', text: string, conversation: string) =>
    house.say(who, text, { conversation });
  const at = (house: House, conversation: string) =>
    findChannelAt(house.store.read, { platform: 'slack', workspace: people.ana.workspace, conversation });

  it('are bound for one’s own company, and then show what is recorded', async () => {
    const house = await openRooms();
    house.slack.reading.set('C-JDC', { outsiders: false, name: 'jdc' });
    expect(textOf(await bind(house, 'ana', 'bind jdc', 'C-JDC'))).toBe(
      'This channel is bound for Acme Bio to the JDC. Only people of Acme Bio read it. What is recorded from now on is shown here; what was before is not posted again.',
    );
    expect(await at(house, 'C-JDC')).toMatchObject({ name: 'jdc', shared: false, internal: false });
    await bind(house, 'ana', 'note Hello', 'C-JDC');
    await house.settle();
    expect(house.slack.sent.map((one) => one.conversation)).toEqual(['C-JDC']);
  });

  it('that others read are bound as shared, and never as internal', async () => {
    const house = await openRooms();
    house.slack.reading.set('C-BOTH', { outsiders: true });
    expect(textOf(await bind(house, 'ana', 'bind JDC internal', 'C-BOTH'))).toContain('cannot be an internal lane');
    expect(await at(house, 'C-BOTH')).toBeUndefined();
    expect(textOf(await bind(house, 'ana', 'bind JDC', 'C-BOTH'))).toContain(
      'Acme Bio and Nova Pharma can read this channel, so its cards say only what both may see.',
    );
    expect(await at(house, 'C-BOTH')).toMatchObject({ shared: true, internal: false });
  });

  it('become an internal lane by saying so', async () => {
    const house = await openRooms();
    expect(textOf(await bind(house, 'ana', 'bind JDC internal', 'C-LANE'))).toContain(
      'This channel is the internal lane of Acme Bio for the JDC. What is recorded here is for Acme Bio alone',
    );
    expect(await at(house, 'C-LANE')).toMatchObject({ shared: false, internal: true });
  });

  it('ask which committee is meant where several could be', async () => {
    const house = await openRooms();
    const asked = await bind(house, 'ana', 'bind internal', 'C-NEW');
    expect(buttonsOf(asked).map((button) => button.label)).toEqual(['JDC', 'JSC']);
    const [first] = buttonsOf(asked);
    const call = house.call('ana', 'C-NEW');
    await house.inbound.press({ ...call, interaction: 'committees.bind', values: first?.carry ?? {} });
    expect(await at(house, 'C-NEW')).toMatchObject({ internal: true });
  });

  it('are bound without asking where only one committee can be meant', async () => {
    const house = await openRooms();
    expect(textOf(await house.say('ben', 'bind', { conversation: '19:x@thread.tacv2' }))).toContain('Choose one');
    const close = { interaction: 'committees.close', values: { committee: await idOf(house, 'JDC') } } as const;
    await house.press('ana', close);
    expect(textOf(await bind(house, 'ana', 'bind', 'C-NEW'))).toContain('is bound for Acme Bio to the JSC.');
  });

  it('are not bound where nobody can tell who reads', async () => {
    const house = await openRooms();
    house.slack.readers = () => Promise.reject(new DeliveryError('never', 'slack:not_in_channel'));
    expect(textOf(await bind(house, 'ana', 'bind JDC', 'C-NEW'))).toBe(
      'Entente cannot see who reads this channel. Add Entente to this channel first, then say this again.',
    );
  });

  it('that are bound, direct messages and others’ channels are refused', async () => {
    const house = await openRooms();
    const said = async (who: 'ana' | 'bob' | 'ben', text: string, conversation = 'C01JSC', direct = false) =>
      textOf(await house.say(who, text, { conversation, direct }));
    expect(await said('ana', 'bind JSC')).toBe('This channel is bound to the JSC already. Nothing has changed.');
    expect(await said('ana', 'bind JDC')).toContain("Say 'unbind' here first");
    expect(await said('ana', 'bind JSC internal')).toContain("Say 'unbind' here first");
    expect(await said('ana', 'bind JDC', 'D-ANA', true)).toContain('A direct message cannot be bound');
    expect(await said('ana', 'bind XYZ', 'C-NEW')).toContain("There is no committee 'XYZ'");
    expect(await said('bob', 'bind JDC', 'C-NEW')).toContain('co-chairs do this. Ask them.');
    const foreign = { ...house.call('ben'), spot: house.call('ana', 'C-NEW').spot };
    const { view } = await house.inbound.command({ ...foreign, words: ['bind JDC'] });
    expect(view).toMatchObject({ text: expect.stringContaining('another company’s workspace') });
  });

  it('are given by co-chairs of the committee itself', async () => {
    const house = await openRooms();
    const seats = await directoryOf(house.store.read, house.clock.at).seats((await idOf(house, 'JSC')) as CommitteeId);
    const member = seats.find(({ personName }) => personName === 'Bob Brown');
    if (!member) throw new Error('no Bob on the JSC');
    await house.store.write((tx) => saveSeat(tx, { ...member, role: 'co-chair' }));
    expect(textOf(await bind(house, 'bob', 'bind JDC', 'C-NEW'))).toBe(
      'Only the alliance professional of Acme Bio and co-chairs of the JDC do this. Ask them.',
    );
    expect(textOf(await bind(house, 'bob', 'bind', 'C-NEW'))).toContain('is bound for Acme Bio to the JSC.');
  });

  it('that both companies are in get their cards from one copy of Entente', async () => {
    const house = await openRooms();
    house.slack.reading.set('C-CONNECT', { outsiders: true });
    const own = { platform: 'slack', workspace: 'T-NOVA', conversation: 'C-CONNECT', detail: {} } as const;
    const partners = await directoryOf(house.store.read, house.clock.at).partners(house.alliance);
    const nova = partners.find((one) => one.name === 'Nova Pharma');
    if (!nova) throw new Error('no Nova');
    const committee = (await idOf(house, 'JDC')) as never;
    await house.store.write((tx) =>
      insertChannel(tx, { ...own, id: 'ch' as ChannelId, committee, partner: nova.id, shared: true, internal: false }),
    );
    expect(textOf(await bind(house, 'ana', 'bind JDC', 'C-CONNECT'))).toContain(
      'The other company has bound this channel to the JDC',
    );
    house.slack.reading.set('C-CONNECT', { outsiders: false });
    expect(textOf(await bind(house, 'ana', 'bind JDC', 'C-CONNECT'))).toContain('is bound for Acme Bio');
  });

  it('are given up by saying so, and their cards say that nothing is kept there', async () => {
    const house = await openRooms();
    await house.say('ana', 'note Hello');
    await house.settle();
    const ended = await house.say('ana', 'unbind');
    expect(textOf(ended)).toContain('This channel is no longer bound to the JSC.');
    await house.settle();
    expect(house.slack.sent.at(-1)?.view).toEqual({ kind: 'notice', text: 'What stood here is no longer kept here.' });
    expect(textOf(await house.say('ana', 'unbind'))).toContain('is not bound to a committee');
    const again = buttonsOf(ended)[0];
    const values = again?.carry ?? {};
    expect(textOf(await house.press('ana', { interaction: 'committees.bind', values }))).toContain('is bound for Acme');
  });

  it('that were bound by mistake are given up with Undo, by one’s own company only', async () => {
    const house = await openRooms();
    const [undo] = buttonsOf(await bind(house, 'ana', 'bind JDC', 'C-NEW'));
    const pressed = { interaction: 'committees.unbind', values: undo?.carry ?? {} } as const;
    expect(textOf(await house.press('ben', pressed))).toContain('bound for the other company');
    expect(textOf(await house.press('ana', pressed))).toContain('is no longer bound to the JDC.');
    expect(await at(house, 'C-NEW')).toBeUndefined();
  });

  it('that were opened to others can still be given up', async () => {
    const house = await openRooms();
    await bind(house, 'ana', 'bind JDC internal', 'C-LANE');
    const seen = { kind: 'readers', platform: 'slack', workspace: people.ana.workspace, outsiders: true } as const;
    await house.inbound.notify({ ...seen, spot: house.call('ana', 'C-LANE').spot });
    expect(await at(house, 'C-LANE')).toMatchObject({ internal: true, shared: true });
    expect(textOf(await bind(house, 'ana', 'bind JDC', 'C-LANE'))).toContain("Say 'unbind' here first");
    expect(textOf(await bind(house, 'ana', 'unbind', 'C-LANE'))).toContain('no longer bound');
  });
});

const idOf = async (house: House, key: string): Promise<string> => {
  const all = await directoryOf(house.store.read, house.clock.at).committees(house.alliance);
  return all.find((one) => one.key === key)?.id ?? '';
};
