import { expect, it } from 'vitest';
import {
  allianceWithLanes,
  channels,
  closing,
  type House,
  lanes,
  openHouse,
  type Who,
} from '../../test/house/house.js';
import { eachEngine } from '../../test/stores.js';
import { decisions } from '../features/decisions/index.js';
import type { AllianceId } from './ids.js';
import { linkTo, readLink } from './links.js';

it('reads the links that it writes, and no other address', () => {
  const link = { alliance: '0193-ab' as AllianceId, label: 'D-14' };
  expect(readLink(linkTo('https://entente.example.com/', link))).toEqual(link);
  for (const url of [
    'https://entente.example.com/r/a',
    'https://entente.example.com/about',
    '/r/a/D-1',
    'https://x/r/a/D-1/b',
  ])
    expect(readLink(url)).toBeUndefined();
});

eachEngine('a link to a record', (open) => {
  const openLog = async () => {
    const house = closing(await openHouse(await open(), { features: [decisions], alliance: allianceWithLanes }));
    await house.say('ana', 'decision Meet monthly');
    await house.say('ana', 'decision Offer ten million', { conversation: lanes.slack });
    return house;
  };
  const post = (house: House, who: Who, label: string, where: { conversation: string; direct?: boolean }) =>
    house.inbound.unfurl({
      ...house.call(who, where.conversation, where.direct),
      url: linkTo('https://entente.example.com', { alliance: house.alliance, label }),
    });

  it('shows a shared record in the alliance’s channels and to oneself, without buttons', async () => {
    const house = await openLog();
    for (const where of [
      { conversation: channels.slack },
      { conversation: lanes.slack },
      { conversation: 'D01', direct: true },
    ])
      expect((await post(house, 'ana', 'D-1', where))?.card).toMatchObject({
        kind: 'record',
        label: 'D-1',
        buttons: [],
      });
    expect(JSON.stringify((await post(house, 'ben', 'D-1', { conversation: channels.teams }))?.door)).not.toContain(
      'monthly',
    );
  });

  it('shows nothing in any other place, of any other alliance, and of what is not there', async () => {
    const house = await openLog();
    expect(await post(house, 'ana', 'D-1', { conversation: 'C99' })).toBeUndefined();
    expect(await post(house, 'ana', 'D-9', { conversation: channels.slack })).toBeUndefined();
    const other = linkTo('https://entente.example.com', { alliance: 'another' as AllianceId, label: 'D-1' });
    expect(await house.inbound.unfurl({ ...house.call('ana'), url: other })).toBeUndefined();
  });

  it('shows a company’s own record to its people alone, in no channel', async () => {
    const house = await openLog();
    expect(await post(house, 'ana', 'ID-1', { conversation: lanes.slack })).toBeUndefined();
    expect(await post(house, 'ana', 'ID-1', { conversation: 'D01', direct: true })).toBeDefined();
    expect(await post(house, 'ana', 'ID-1', { conversation: channels.slack })).toBeUndefined();
    expect(await post(house, 'ben', 'ID-1', { conversation: lanes.teams })).toBeUndefined();
    expect(await post(house, 'ben', 'ID-1', { conversation: 'a:1', direct: true })).toBeUndefined();
  });
});
