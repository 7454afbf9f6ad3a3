import { expect, it } from 'vitest';
import { allianceWithLanes, closing, lanes, openHouse } from '../../test/house/house.js';
import { eachEngine } from '../../test/stores.js';
import { decisions } from '../features/decisions/index.js';
import { permissions } from '../features/permissions.js';
import { DeliveryError } from './errors.js';
import type { Answer, CommandCall, Quote } from './platform.js';
import type { FormView, RecordView } from './view.js';

const link = 'https://acme.slack.com/archives/C01JSC/p1763888400000100';
const saidAt = Date.UTC(2026, 10, 3, 9, 12);
const quote: Quote = { text: 'We meet monthly from now on', link, saidAt };
const inThread = `${link}?thread_ts=1763888400.000100&cid=C01JSC`;

const formIn = ({ view }: Answer): FormView => {
  if (view.kind !== 'form') throw new Error(`no form but a ${view.kind}: ${JSON.stringify(view)}`);
  return view;
};

const cardIn = ({ view }: Answer): RecordView => {
  if (view.kind !== 'record') throw new Error(`no card but a ${view.kind}: ${JSON.stringify(view)}`);
  return view;
};

eachEngine('a message that somebody points at', (open) => {
  const openRoom = async () => {
    const features = [decisions];
    const house = closing(await openHouse(await open(), { features, permissions, alliance: allianceWithLanes }));
    const submit = (form: FormView, text: string, conversation?: string) => {
      const values = { ...form.carry, text };
      return house.press('ana', { interaction: form.id, values }, { conversation });
    };
    const log = async (conversation?: string) => {
      const form = formIn(await house.say('ana', 'decision', { quote, conversation }));
      return submit(form, form.fields[0]?.value ?? '', conversation);
    };
    /** A reply with Entente's name in it, on a platform that tells what was replied to when it is asked. */
    const reply = (words: string, more: Partial<CommandCall> = {}) =>
      house.inbound.command({
        ...house.call('ana'),
        words: [words],
        replied: { message: '1763888400.000100', reply: '1763888460.000200' },
        ...more,
      });
    return { house, log, submit, reply };
  };

  it('fills the form, and the record keeps where and when it was said', async () => {
    const { house, log } = await openRoom();
    await log();
    await house.settle();
    const card = [...house.slack.standing().values()][0] as RecordView;
    expect(card.title).toBe('We meet monthly from now on');
    expect(card.facts).toContainEqual({ label: 'Said', text: [{ moment: saidAt, zone: 'Europe/Zurich' }] });
    expect(card.facts).toContainEqual({ label: 'From', text: link });
    const theirs = [...house.teams.standing().values()][0] as RecordView;
    expect(theirs.facts.map(({ label }) => label)).toContain('Said');
    expect(JSON.stringify(theirs)).not.toContain('acme.slack.com');
  });

  it('is found again by whoever points at it next, whatever link they come with', async () => {
    const { house, log } = await openRoom();
    await log();
    const again = cardIn(await house.say('bob', 'decision', { quote: { ...quote, link: inThread } }));
    expect(again.facts[0]).toEqual({ label: 'This message', text: 'Logged already as D-1' });
    expect(again.buttons.at(-1)).toMatchObject({ id: 'entente.another', label: 'Log another one' });
  });

  it('can be logged once more, with all of its text', async () => {
    const { house, log, submit } = await openRoom();
    await log();
    const long = { ...quote, text: 'Meet monthly. '.repeat(400) };
    const shown = cardIn(await house.say('ana', 'decision', { quote: long }));
    const values = shown.buttons.at(-1)?.carry;
    const form = formIn(await house.press('ana', { interaction: 'entente.another', values }));
    expect(form.fields[0]?.value).toHaveLength(2_000);
    expect(form.fields[0]?.hint).toBe('The message is longer: here are its first 2,000 characters.');
    expect(form.carry).toMatchObject({ link, saidAt: String(saidAt) });
    await submit(form, 'Meet in Basel');
    expect(cardIn(await house.say('ana', 'decision', { quote })).facts[0]?.text).toMatch(/^Logged already as D-/);
    const stolen = await house.press('bob', { interaction: 'entente.another', values });
    expect(stolen).toMatchObject({ outcome: 'refused' });
  });

  it('that one company logged for itself is not found by the other, nor where others read', async () => {
    const { house, log } = await openRoom();
    await log(lanes.slack);
    expect(cardIn(await house.say('ana', 'decision', { quote, conversation: lanes.slack })).label).toBe('ID-1');
    expect(formIn(await house.say('ben', 'decision', { quote })).fields[0]?.value).toBe(quote.text);
  });

  it('is told about to those alone who may log it', async () => {
    const { house, log } = await openRoom();
    await log();
    expect(await house.say('zoe', 'decision', { quote })).toMatchObject({ outcome: 'refused' });
  });

  it('without text opens an empty form that keeps the link', async () => {
    const { house } = await openRoom();
    const form = formIn(await house.say('ana', 'decision', { quote: { ...quote, text: '' } }));
    expect(form.fields[0]).toMatchObject({ value: '' });
    expect(form.carry).toMatchObject({ link });
  });

  it('is looked up when it was replied to, and its text taken when nothing else is said', async () => {
    const { house, reply } = await openRoom();
    const asked: boolean[] = [];
    house.slack.quoted = async (_place, _replied, text) => {
      asked.push(text);
      return text ? quote : { ...quote, text: '' };
    };
    expect(formIn(await reply('decision')).fields[0]?.value).toBe(quote.text);
    expect((await reply('decision Meet every six weeks')).view).toMatchObject({ kind: 'notice' });
    expect(asked).toEqual([true, false]);
    await house.settle();
    const card = [...house.slack.standing().values()][0] as RecordView;
    expect(card.title).toBe('Meet every six weeks');
    expect(card.facts).toContainEqual({ label: 'From', text: link });
  });

  it('is done without where the platform does not tell it, and not asked for when nothing takes it', async () => {
    const { house, reply } = await openRoom();
    let asked = 0;
    house.slack.quoted = async () => {
      asked += 1;
      throw new DeliveryError('never', 'slack:missing_scope');
    };
    expect(formIn(await reply('decision')).fields[0]?.value).toBe('');
    expect((await reply('help')).outcome).toBe('done');
    expect(asked).toBe(1);
  });
});
