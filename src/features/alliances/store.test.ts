import { expect, it } from 'vitest';
import { eachEngine } from '../../../test/stores.js';
import { ownAudience } from '../../core/directory/audience.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import type { Invitation, Join } from './rules.js';
import {
  findInvitation,
  getInvitation,
  getJoin,
  insertInvitation,
  insertJoin,
  listAsked,
  listLive,
  listRequests,
  saveDecided,
  spendInvitation,
  withdrawInvitation,
} from './store.js';

const dawn = 'dawn' as AllianceId;
const dusk = 'dusk' as AllianceId;
const mira = 'mira' as PartnerId;
const lena = 'lena' as PersonId;

const invitation: Invitation = {
  id: 'one',
  alliance: dawn,
  partner: mira,
  fingerprint: 'print of one',
  madeBy: lena,
  madeAt: 10,
  expiresAt: 100,
};

const join: Join = {
  id: 'ask',
  alliance: dawn,
  partner: mira,
  invitation: 'one',
  caller: { platform: 'teams', workspace: 'mira.example', user: 'mark', detail: { serviceUrl: 'https://m/' } },
  profile: { name: 'Mark Doe', zone: 'Asia/Tokyo' },
  workspaceName: 'mira.example',
  askedAt: 20,
  state: 'asked',
};

eachEngine('what is kept of invitations', (openStore) => {
  it('is read back, by its fingerprint or within its alliance', async () => {
    const store = await openStore();
    await store.write((tx) => insertInvitation(tx, invitation));
    expect(await findInvitation(store.read, 'print of one')).toEqual(invitation);
    expect(await findInvitation(store.read, 'print of two')).toBeUndefined();
    expect(await getInvitation(store.read, 'one', ownAudience(dawn, mira))).toEqual(invitation);
    expect(await getInvitation(store.read, 'one', ownAudience(dusk, mira))).toBeUndefined();
  });

  it('is spent by one of two at once, and by nobody once it is withdrawn', async () => {
    const store = await openStore();
    await store.write(async (tx) => {
      await insertInvitation(tx, invitation);
      await insertInvitation(tx, { ...invitation, id: 'two', fingerprint: 'print of two' });
    });
    const spend = (id: string, scope: string) => store.write((tx) => spendInvitation(tx, id, 30), { scope });
    expect((await Promise.all([spend('one', 'a'), spend('one', 'b')])).sort()).toEqual([false, true]);
    expect(await store.write((tx) => withdrawInvitation(tx, 'two', 30))).toBe(true);
    expect(await spend('two', 'a')).toBe(false);
    expect(await store.write((tx) => withdrawInvitation(tx, 'one', 30))).toBe(false);
  });

  it('is live until it is over', async () => {
    const store = await openStore();
    await store.write((tx) => insertInvitation(tx, invitation));
    expect(await listLive(store.read, dawn, 99)).toEqual([invitation]);
    expect(await listLive(store.read, dawn, 100)).toEqual([]);
    expect(await listLive(store.read, dusk, 99)).toEqual([]);
  });
});

eachEngine('what is kept of requests', (openStore) => {
  it('is read back within its alliance, and by the workspace that asked', async () => {
    const store = await openStore();
    await store.write((tx) => insertJoin(tx, join));
    expect(await getJoin(store.read, 'ask', ownAudience(dawn, mira))).toEqual(join);
    expect(await getJoin(store.read, 'ask', ownAudience(dusk, mira))).toBeUndefined();
    expect(await listRequests(store.read, join.caller)).toEqual([join]);
    expect(await listRequests(store.read, { platform: 'slack', workspace: 'mira.example' })).toEqual([]);
  });

  it('waits until it is decided', async () => {
    const store = await openStore();
    await store.write((tx) => insertJoin(tx, join));
    expect(await listAsked(store.read, dawn)).toEqual([join]);
    await store.write((tx) => saveDecided(tx, 'ask', { state: 'declined', by: lena, at: 40 }));
    expect(await listAsked(store.read, dawn)).toEqual([]);
    const decided = { ...join, state: 'declined', decidedBy: lena, decidedAt: 40 };
    expect(await listRequests(store.read, join.caller)).toEqual([decided]);
  });
});
