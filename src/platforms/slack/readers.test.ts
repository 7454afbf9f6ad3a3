import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryError } from '../../core/errors.js';
import type { Conversation, Readers } from '../../core/platform.js';
import { clientOptions, createClients } from './clients.js';
import { type ApiAnswer, type FakeSlack, startFakeSlack } from './fixtures/fake-slack.js';
import { createReaders } from './readers.js';

const place = { platform: 'slack', workspace: 'T01ACME', conversation: 'C01JSC' } as const;
const HOUR = 3_600_000;

let slack: FakeSlack;
let readers: (of: Conversation) => Promise<Readers>;
let now = 0;

beforeEach(async () => {
  slack = await startFakeSlack();
  now = 0;
  const options = clientOptions({ apiUrl: slack.url }, pino({ level: 'silent' }));
  readers = createReaders(
    createClients(async () => 'xoxb-1', options),
    () => now,
  );
});
afterEach(() => slack.close());

const channel = (told: object, members: readonly string[] = [], more = ''): void => {
  slack.answer('conversations.info', () => ({ body: { ok: true, channel: { name: 'jsc', ...told } } }));
  slack.answer('conversations.members', () => ({
    body: { ok: true, members, response_metadata: { next_cursor: more } },
  }));
};

const people = (told: Readonly<Record<string, object | ApiAnswer>>): void =>
  slack.answer('users.info', ({ args }) => ({
    body: { ok: true, user: { id: args.user, team_id: 'T01ACME', ...told[String(args.user)] } },
  }));

const cannotTell = (work: Promise<unknown>): Promise<DeliveryError> =>
  work.then(
    () => expect.unreachable('it was told'),
    (error) => error,
  );

describe('who reads a channel', () => {
  it.each([
    ['shared with another workspace', { is_ext_shared: true }],
    ['about to be shared with another workspace', { is_pending_ext_shared: true }],
    ['shared within an organisation', { is_org_shared: true }],
  ])('is known at once when it is %s', async (_how, told) => {
    channel(told);
    expect(await readers(place)).toEqual({ name: 'jsc', outsiders: true });
    expect(slack.calls.map(({ method }) => method)).toEqual(['conversations.info']);
  });

  it.each([
    ['only the workspace’s own people and apps', {}, false],
    ['a guest', { U2: { is_restricted: true } }, true],
    ['a guest of this channel', { U2: { is_ultra_restricted: true } }, true],
    ['somebody of another workspace', { U2: { team_id: 'T02NOVA' } }, true],
    ['an app', { U2: { is_bot: true } }, false],
  ])('is looked up member by member: %s', async (_who, told, outsiders) => {
    channel({ num_members: 3 }, ['U1', 'U2', 'U3']);
    people(told);
    expect(await readers(place)).toEqual({ name: 'jsc', outsiders });
  });

  it('asks again about guests each time, and about its own people every two hours', async () => {
    channel({}, ['U1', 'U2']);
    people({ U2: { is_restricted: true } });
    await readers(place);
    people({});
    expect(await readers(place)).toMatchObject({ outsiders: false });
    expect(slack.of('users.info').map(({ args }) => args.user)).toEqual(['U1', 'U2', 'U2']);
    now = 2 * HOUR;
    await readers(place);
    expect(slack.of('users.info')).toHaveLength(5);
  });

  it.each([
    ['counted', { num_members: 201 }, ''],
    ['not counted', {}, 'more'],
  ])('cannot be told in a channel of very many members, %s', async (_how, told, more) => {
    channel(told, ['U1'], more);
    people({});
    expect(await cannotTell(readers(place))).toMatchObject({ reason: 'slack:too_many_members' });
    expect(slack.of('users.info')).toEqual([]);
  });

  it('is found out in two steps where many are unknown', async () => {
    channel(
      {},
      Array.from({ length: 150 }, (_, at) => `U${at}`),
    );
    people({});
    expect(await cannotTell(readers(place))).toMatchObject({ reason: 'slack:more_members_to_ask' });
    expect(await readers(place)).toMatchObject({ outsiders: false });
    expect(slack.of('users.info')).toHaveLength(150);
  });

  it('is not taken for granted when somebody could not be looked up, unless a guest was seen anyway', async () => {
    channel({}, ['U1', 'U2']);
    slack.answer('users.info', ({ args }) =>
      args.user === 'U1'
        ? { body: { ok: false, error: 'user_not_visible' } }
        : { body: { ok: true, user: { team_id: 'T01ACME' } } },
    );
    expect(await cannotTell(readers(place))).toMatchObject({ reason: 'slack:user_not_visible' });
    slack.answer('users.info', ({ args }) =>
      args.user === 'U1' ? { status: 500 } : { body: { ok: true, user: { is_restricted: true } } },
    );
    channel({}, ['U1', 'U3']);
    expect(await readers(place)).toMatchObject({ outsiders: true });
  });

  it('cannot be told of a channel that Entente is not in', async () => {
    slack.answer('conversations.info', () => ({ body: { ok: false, error: 'channel_not_found' } }));
    expect(await cannotTell(readers(place))).toMatchObject({ when: 'never', reason: 'slack:channel_not_found' });
  });

  it('has no name where Slack made one up from its members', async () => {
    channel({ is_mpim: true, name: 'mpdm-ana--bob-1' }, ['U1']);
    people({});
    expect(await readers(place)).toEqual({ outsiders: false });
  });
});
