import { describe, expect, test } from 'vitest';
import type { Call } from '../../core/platform.js';
import { type Activity, readActivity } from './activity.js';
import { isInstall, notificationsOf } from './events.js';
import { recorded as raw } from './fixtures/teams.js';
import { callOf, commandOf, dialogPress, executedPress, menuCommand, messagePress } from './payloads.js';

const tenant = '11111111-1111-1111-1111-111111111111';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const ben = 'aaaaaaaa-0000-0000-0000-000000000001';
const nobody = () => ({});

const parse = (body: unknown): Activity => {
  const activity = readActivity(body);
  if (!activity) throw new Error('not an activity');
  return activity;
};
const recorded = (name: string): Activity => parse(raw(name));
const callIn = (activity: Activity): Call => {
  const call = callOf(activity);
  if (!call) throw new Error('nobody called');
  return call;
};

describe('a message', () => {
  test('in a channel is a command with the thread taken off its conversation', () => {
    const activity = recorded('channel-message');
    expect(commandOf(activity, callIn(activity), nobody)).toEqual({
      id: 'teams 19:jsc@thread.tacv2;messageid=1795391065675 message 1795391065675',
      caller: {
        platform: 'teams',
        workspace: tenant,
        user: ben,
        name: 'Ben Ito',
        detail: { mri: '29:1BenItoPerBotId', serviceUrl },
      },
      spot: {
        platform: 'teams',
        workspace: tenant,
        conversation: '19:jsc@thread.tacv2',
        direct: false,
        detail: { serviceUrl, team: '19:general@thread.tacv2' },
      },
      words: [
        'decision Meet monthly with ',
        { user: '29:1MeiSatoPerBotId', workspace: tenant, name: 'Mei Sato' },
        ' because R&D asked',
      ],
    });
  });

  test('to Entente alone tells how to write back', () => {
    const activity = recorded('personal-message');
    const call = callIn(activity);
    expect(call.spot).toMatchObject({ conversation: 'a:1personalChatOfBen', direct: true });
    expect(call.caller.detail).toEqual({ mri: '29:1BenItoPerBotId', serviceUrl, conversation: 'a:1personalChatOfBen' });
  });

  test("from Microsoft's Agents Playground reads the same way", () => {
    const activity = recorded('playground-message');
    expect(commandOf(activity, callIn(activity), nobody)).toMatchObject({
      caller: { user: '00000000-0000-0000-0000-0000000000020', workspace: '00000000-0000-0000-0000-0000000000001' },
      spot: { conversation: 'team-id', direct: false },
      words: ['decision Meet monthly with ', { user: 'user-id-1', name: 'Megan Bowen' }],
    });
  });

  test('of another bot is nobody speaking', () => {
    expect(callOf(parse({ ...raw('channel-message'), from: { id: '28:other', name: 'Other bot' } }))).toBeUndefined();
  });

  test('from a guest of a shared channel names the tenant of the guest and of the channel', () => {
    const activity = parse({
      ...raw('channel-message'),
      from: { id: '29:1Guest', name: 'Gil', aadObjectId: 'gil', tenantId: 'other-tenant' },
    });
    const call = callIn(activity);
    expect([call.caller.workspace, call.spot.workspace]).toEqual(['other-tenant', tenant]);
  });

  test('has the same id when it comes again, even without an id of its own', () => {
    const activity = { ...raw('execute'), id: undefined };
    const first = callIn(parse(activity)).id;
    expect(callIn(parse(structuredClone(activity))).id).toBe(first);
    expect(callIn(parse({ ...activity, timestamp: '2026-11-22T14:02:04.000Z' })).id).not.toBe(first);
  });
});

describe('a press', () => {
  test('of an Action.Execute names interaction, subject and what the button carries', () => {
    const activity = recorded('execute');
    const pressed = executedPress(activity, callIn(activity));
    expect(pressed?.call).toMatchObject({
      id: 'teams 19:jsc@thread.tacv2;messageid=1795391065675 adaptiveCard/action f:5a3c5f0e-6a1d-4d0a-9a3e-000000000001',
      interaction: 'decisions.confirm',
      subject: { feature: 'decisions', id: '0192-decision' },
      values: { revision: '2' },
    });
  });

  test('that opens a dialog carries no values', () => {
    const activity = recorded('task-fetch');
    expect(dialogPress(activity, callIn(activity))?.call).toMatchObject({
      interaction: 'decisions.suggest',
      values: {},
    });
  });

  test('that submits a dialog brings its fields, what it carries, and its outline', () => {
    const activity = recorded('task-submit');
    const pressed = dialogPress(activity, callIn(activity));
    expect(pressed?.call.values).toEqual({ committee: 'jsc', text: 'Meet monthly', because: '' });
    expect(pressed?.outline?.fields.map((field) => field.name)).toEqual(['text', 'because']);
  });

  test('has one id for all retries of a submission, and another for other words or another person', () => {
    const idOf = (body: Record<string, unknown>) => {
      const activity = parse(body);
      return dialogPress(activity, callIn(activity))?.call.id;
    };
    const body = raw('task-submit');
    const value = structuredClone(body.value) as { data: Record<string, unknown> };
    const first = idOf(body);
    expect(idOf({ ...body, id: 'f:another' })).toBe(first);
    expect(idOf({ ...body, value: { data: { ...value.data, text: 'Meet weekly' } } })).not.toBe(first);
    expect(idOf({ ...body, from: { id: '29:other', aadObjectId: 'other' } })).not.toBe(first);
  });

  test('of an old client arrives as a message without text', () => {
    const data = { interaction: 'decisions.confirm', subject: { feature: 'decisions', id: '1' } };
    const activity = parse({ ...raw('personal-message'), text: undefined, value: data });
    expect(messagePress(activity, callIn(activity))?.call.interaction).toBe('decisions.confirm');
    const words = parse({ ...raw('personal-message'), value: data });
    expect(messagePress(words, callIn(words))).toBeUndefined();
  });

  test.each([
    [undefined],
    [{}],
    ['text'],
    [{ action: { verb: 'no-dot', data: {} } }],
    [{ action: { verb: 'a.b', data: { subject: 'x' } } }],
    [{ action: { verb: 'a.b; drop', data: null } }],
  ])('of the shape %j is none', (value) => {
    const activity = parse({ ...raw('execute'), value });
    expect(executedPress(activity, callIn(activity))).toBeUndefined();
  });

  test('takes what inputs send, cleaned, as text, and none of our own keys', () => {
    const data = {
      text: 'a\u0000b',
      count: 3,
      on: true,
      deep: {},
      subject_: 'typed',
      'entente.copy.1': 'a code',
      carry: { revision: '1' },
      msteams: { type: 'x' },
    };
    const activity = parse({ ...raw('execute'), value: { action: { verb: 'a.b', data } } });
    expect(executedPress(activity, callIn(activity))?.call.values).toEqual({
      revision: '1',
      text: 'ab',
      count: '3',
      on: 'true',
      subject: 'typed',
    });
  });
});

test('the message menu quotes the message, plain, with its link and time', () => {
  const activity = recorded('menu');
  expect(menuCommand(activity, callIn(activity))).toMatchObject({
    words: ['decision'],
    quote: {
      text: 'We meet monthly from now on\nR&D agrees, Ben Ito',
      link: 'https://teams.microsoft.com/l/message/19:jsc@thread.tacv2/1795391000000',
      saidAt: Date.UTC(2026, 10, 22, 13, 55),
    },
  });
});

describe('an event', () => {
  const place = {
    platform: 'teams',
    workspace: tenant,
    conversation: '19:general@thread.tacv2',
    direct: false,
    detail: { serviceUrl, team: '19:general@thread.tacv2' },
  };

  test('of a personal install tells the chat and the person', () => {
    const caller = {
      user: ben,
      detail: { mri: '29:1BenItoPerBotId', serviceUrl, conversation: 'a:1personalChatOfBen' },
    };
    expect(notificationsOf(recorded('install-personal'))).toMatchObject([
      { kind: 'installed', workspace: tenant, spot: { conversation: 'a:1personalChatOfBen', direct: true }, caller },
      { kind: 'met', workspace: tenant, caller },
    ]);
  });

  test('of an install in a team means every channel of it', () => {
    const [first, all] = notificationsOf(recorded('install-team'));
    expect(first).toEqual({ kind: 'installed', platform: 'teams', workspace: tenant, spot: place });
    expect(all).toEqual({ kind: 'installed', platform: 'teams', workspace: tenant });
  });

  test('of a removal tells the conversation', () => {
    expect(notificationsOf(parse({ ...raw('install-team'), action: 'remove' }))).toEqual([
      { kind: 'removed', platform: 'teams', workspace: tenant, spot: place },
    ]);
  });

  test('of members added tells the install and who can be written to', () => {
    expect(notificationsOf(recorded('members-added'))).toMatchObject([
      { kind: 'installed', spot: place },
      { kind: 'installed', workspace: tenant },
      {
        kind: 'met',
        caller: { user: 'aaaaaaaa-0000-0000-0000-000000000002', detail: { mri: '29:1MeiSatoPerBotId', serviceUrl } },
      },
      { kind: 'readers', spot: place },
    ]);
  });

  const joined = (more: Record<string, unknown>, eventType = 'teamMemberAdded') =>
    notificationsOf(
      parse({
        ...raw('members-added'),
        membersAdded: [{ id: '29:gil', aadObjectId: 'gil', ...more }],
        channelData: {
          eventType,
          team: { id: 'team' },
          channel: { id: '19:jsc@thread.tacv2' },
          tenant: { id: tenant },
        },
      }),
    ).at(-1);

  test.each([
    ['of the same tenant', {}, false],
    ['of the same tenant, as the event says', { tenantId: tenant, userRole: 'user' }, false],
    ['of another tenant', { tenantId: 'other' }, true],
    ['who is a guest', { userRole: 'guest' }, true],
    ['without an account', { userRole: 'anonymous' }, true],
  ])('of somebody added %s tells that others may read', (_who, more, outsiders) => {
    const event = joined(more, 'channelMemberAdded');
    expect(event).toMatchObject({ kind: 'readers', spot: { conversation: '19:jsc@thread.tacv2' } });
    expect(event?.outsiders).toBe(outsiders || undefined);
  });

  test('of somebody who came through another tenant tells that others read', () => {
    const channelData = {
      eventType: 'channelMemberAdded',
      channel: { id: '19:jsc@thread.tacv2', type: 'shared' },
      membershipSource: { sourceType: 'team', membershipType: 'transitive', tenantId: 'other' },
    };
    const membersAdded = [{ id: '29:gil', aadObjectId: 'gil' }];
    expect(notificationsOf(parse({ ...raw('members-added'), membersAdded, channelData })).at(-1)).toMatchObject({
      kind: 'readers',
      outsiders: true,
    });
  });

  test('of somebody who left tells that others may read, and of nobody in a personal chat', () => {
    const gone = { membersAdded: undefined, membersRemoved: [{ id: '29:gil', tenantId: 'other' }] };
    expect(notificationsOf(parse({ ...raw('members-added'), ...gone }))).toEqual([
      { kind: 'readers', platform: 'teams', workspace: tenant, spot: place },
    ]);
    const personal = { conversation: { id: 'a:1', conversationType: 'personal', tenantId: tenant }, channelData: null };
    const kinds = notificationsOf(parse({ ...raw('members-added'), ...personal })).map(({ kind }) => kind);
    expect(kinds).toEqual(['installed', 'met']);
  });

  test.each([
    ['channelShared', true],
    ['channelUnshared', undefined],
  ])('of the type %s tells that others may read', (eventType, outsiders) => {
    const data = { eventType, channel: { id: '19:jsc@thread.tacv2', type: 'shared' }, team: { id: 'team' } };
    const [event, ...more] = notificationsOf(parse({ ...raw('channel-deleted'), channelData: data }));
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      kind: 'readers',
      spot: { conversation: '19:jsc@thread.tacv2', detail: { type: 'shared', team: 'team' } },
    });
    expect(event?.outsiders).toBe(outsiders);
  });

  test('of a deleted channel means that channel', () => {
    expect(notificationsOf(recorded('channel-deleted'))).toMatchObject([
      { kind: 'removed', spot: { conversation: '19:jsc@thread.tacv2' } },
    ]);
  });

  test.each(['channelRenamed', 'teamRenamed', 'channelCreated'])('of the type %s tells nothing', (eventType) => {
    const activity = parse({ ...raw('channel-deleted'), channelData: { eventType } });
    expect(notificationsOf(activity)).toEqual([]);
  });

  test('is an install when Entente itself was put somewhere', () => {
    const installs = (body: Record<string, unknown>) => isInstall(parse(body));
    expect(installs(raw('install-personal'))).toBe(true);
    expect(installs(raw('install-team'))).toBe(true);
    expect(installs(raw('members-added'))).toBe(true);
    expect(installs({ ...raw('install-team'), action: 'remove' })).toBe(false);
    expect(installs({ ...raw('members-added'), membersAdded: [{ id: '29:mei' }] })).toBe(false);
    expect(installs({ ...raw('members-added'), type: 'message' })).toBe(false);
    expect(installs(raw('channel-message'))).toBe(false);
  });
});
