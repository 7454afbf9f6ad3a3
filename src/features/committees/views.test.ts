import { describe, expect, it } from 'vitest';
import type { Committee, Partner } from '../../core/context.js';
import type { Channel } from '../../core/directory/channels.js';
import type { AllianceId, ChannelId, CommitteeId, PartnerId } from '../../core/ids.js';
import { addForm, boundNotice, committeeCard, committeeList, treeOf, whichToBind } from './views.js';

const acme: Partner = { id: 'acme' as PartnerId, name: 'Acme' };
const nova: Partner = { id: 'nova' as PartnerId, name: 'Nova' };

const made = (key: string, parent?: Committee): Committee => ({
  id: `c-${key}` as CommitteeId,
  alliance: 'a' as AllianceId,
  key,
  name: `Committee ${key}`,
  ...(parent && { parent: parent.id }),
});

const jsc = made('JSC');
const jdc = made('JDC', jsc);

const channel = (more: Partial<Channel>): Channel =>
  ({ id: 'ch' as ChannelId, platform: 'slack', shared: false, internal: false, ...more }) as Channel;

describe('the tree', () => {
  it('puts each committee after the one it stands under', () => {
    const others = [made('CMC', jdc), jdc, jsc, made('ADV')];
    expect(treeOf(others).map(({ committee, depth }) => `${committee.key}${depth}`)).toEqual([
      'JSC0',
      'JDC1',
      'CMC2',
      'ADV0',
    ]);
  });

  it('puts a committee whose parent is closed at the top', () => {
    expect(treeOf([jdc]).map(({ depth }) => depth)).toEqual([0]);
  });
});

describe('the list', () => {
  const around = { alliance: 'Acme and Nova', partners: [acme, nova], own: acme, mayBind: false };
  const one = { committee: jsc, seats: new Map([[acme.id, 2]]), channels: [] };

  it('tells seats and channels, and how each channel is read', () => {
    const channels = [
      channel({ name: 'jsc' }),
      channel({ name: 'both', shared: true }),
      channel({ name: 'lane', internal: true }),
      channel({ name: 'open', internal: true, shared: true }),
      channel({ name: 'General', platform: 'teams' }),
    ];
    expect(committeeList([{ ...one, channels }], around).items[0]?.text).toBe(
      'Seats: Acme 2, Nova 0\nChannels: #both (shared), General, #jsc, #lane (internal), #open (internal, but others can read it)',
    );
  });

  it('offers to bind a conversation that is free', () => {
    const labels = (mayBind: boolean) =>
      committeeList([one], { ...around, mayBind }).items[0]?.buttons?.map((button) => button.label);
    expect(labels(false)).toEqual(['Roster', 'Rename', 'Close']);
    expect(labels(true)).toContain('Bind this channel');
  });
});

it('the form for the first committee asks for no parent', () => {
  const names = (open: readonly Committee[]) => addForm({}, open, [acme, nova]).fields.map((field) => field.name);
  expect(names([])).toEqual(['key', 'name']);
  expect(names([jsc])).toEqual(['key', 'name', 'parent']);
});

it('the answer to a binding says who reads there', () => {
  const text = (more: Partial<Channel>) => String(boundNotice(channel(more), jsc, acme, [acme, nova]).text);
  expect(text({})).toContain('This channel is bound for Acme to the JSC. Only people of Acme read it.');
  expect(text({ shared: true })).toContain('Acme and Nova can read this channel, so its cards say only what both');
  expect(text({ internal: true })).toContain('is for Acme alone, and only Acme sees it.');
});

it('asks which committee with a button for each, up to ten', () => {
  const many = Array.from({ length: 12 }, (_, n) => made(`C${n}X`));
  const view = whichToBind(many, true);
  expect(view.buttons).toHaveLength(10);
  expect(view.buttons?.[0]?.carry).toEqual({ committee: 'c-C0X', internal: 'yes' });
  expect(view.text).toContain('C11X');
});

it('the line in its channels says how a committee is called, or that it is closed', () => {
  expect(committeeCard(jsc).text).toBe('This committee is called Committee JSC now, JSC for short.');
  expect(committeeCard({ ...jsc, closedAt: 1 }).text).toContain('is closed.');
});
