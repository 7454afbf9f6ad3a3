import { describe, expect, it } from 'vitest';
import { readEvent } from './events.js';
import action from './fixtures/action.json' with { type: 'json' };
import command from './fixtures/command.json' with { type: 'json' };
import direct from './fixtures/direct.json' with { type: 'json' };
import homeAction from './fixtures/home-action.json' with { type: 'json' };
import homeOpened from './fixtures/home-opened.json' with { type: 'json' };
import joined from './fixtures/joined.json' with { type: 'json' };
import mention from './fixtures/mention.json' with { type: 'json' };
import shortcut from './fixtures/shortcut.json' with { type: 'json' };
import submission from './fixtures/submission.json' with { type: 'json' };
import { readAction, readCommand, readSubmission } from './payloads.js';
import { readShortcut } from './shortcuts.js';

const ana = { platform: 'slack', workspace: 'T01ACME', user: 'U01ANA' };
const jsc = { platform: 'slack', workspace: 'T01ACME', conversation: 'C01JSC', direct: false };
const home = { platform: 'slack', workspace: 'T01ACME', conversation: 'U01ANA', direct: true };
const bot = 'U00ENTENTE';

describe('a slash command', () => {
  it('becomes its words, led by its own name', () => {
    const { call, way } = readCommand(command);
    expect(call).toEqual({
      id: expect.stringMatching(/^slack:[\w-]{32}$/),
      caller: ana,
      spot: jsc,
      words: [
        'decision Meet monthly with ',
        { user: 'U02BOB', workspace: 'T01ACME', name: 'bob' },
        ' in #jsc because <R&D> asked',
      ],
    });
    expect(way).toEqual({
      workspace: 'T01ACME',
      user: 'U01ANA',
      trigger: command.trigger_id,
      responseUrl: command.response_url,
      channel: 'C01JSC',
    });
  });

  it.each([
    ['/entente', 'decision x', ['decision x']],
    ['/entente', '', []],
    ['/decision', '', ['decision']],
    ['/Decision', 'x', ['decision x']],
  ])('reads %s %s', (name, text, words) => {
    expect(readCommand({ ...command, command: name, text }).call).toMatchObject({ words });
  });

  it('has the same id when it comes again and another one when it is another', () => {
    const { id } = readCommand(command).call;
    expect(readCommand({ ...command }).call.id).toBe(id);
    expect(readCommand({ ...command, text: 'something else' }).call.id).not.toBe(id);
    expect(readCommand({ ...command, trigger_id: '1.2.3' }).call.id).not.toBe(id);
  });

  it('knows a direct message by its channel', () => {
    expect(readCommand({ ...command, channel_id: 'D01ANA' }).call.spot).toMatchObject({ direct: true });
  });

  it('is refused whole when a field it needs is missing', () => {
    expect(() => readCommand({ ...command, user_id: undefined })).toThrow(/user_id/);
  });
});

describe('a press', () => {
  it('becomes the interaction, its subject and what the button carried', () => {
    const { call, way } = readAction(action);
    expect(call).toEqual({
      id: expect.stringMatching(/^slack:/),
      caller: ana,
      spot: jsc,
      interaction: 'decisions.confirm',
      subject: { feature: 'decisions', id: 'd14' },
      values: { revision: '2' },
    });
    expect(way).toMatchObject({ channel: 'C01JSC', ephemeral: false, responseUrl: action.response_url });
  });

  it('comes from the home without a channel, and without the number that kept its id unique', () => {
    const { call, way } = readAction(homeAction);
    expect(call).toMatchObject({ spot: home, interaction: 'decisions.confirm', subject: { id: 'd15' }, values: {} });
    expect(way.window).toEqual({ id: 'V01HOME', home: true });
  });

  it('in a window belongs to where the window was asked for', () => {
    const view = { ...homeAction.view, type: 'modal', private_metadata: submission.view.private_metadata };
    expect(readAction({ ...homeAction, view }).call.spot).toEqual(jsc);
  });

  it('by somebody of another workspace keeps both workspaces apart', () => {
    const { call } = readAction({ ...action, user: { ...action.user, id: 'U77EVA', team_id: 'T77NOVA' } });
    expect(call.caller.workspace).toBe('T77NOVA');
    expect(call.spot.workspace).toBe('T01ACME');
  });

  it('by somebody of an Enterprise organisation belongs to the installed workspace', () => {
    const { call } = readAction({ ...action, user: { ...action.user, team_id: 'E01ORG' } });
    expect(call.caller.workspace).toBe('T01ACME');
  });

  it('of a button that carries nothing readable is still a press', () => {
    const [button] = action.actions;
    expect(readAction({ ...action, actions: [{ ...button, value: 'not ours' }] }).call).toMatchObject({
      interaction: 'decisions.confirm',
      subject: undefined,
      values: {},
    });
  });

  it('of the button that opens a form says its command again', () => {
    const pressed = { action_id: 'entente.form', value: '{"words":["decision"]}' };
    expect(readAction({ ...action, actions: [pressed] }).call).toMatchObject({ words: ['decision'] });
  });

  it('twice on the same button is two calls', () => {
    const again = { ...action, trigger_id: '9.9.9' };
    expect(readAction(again).call.id).not.toBe(readAction(action).call.id);
  });
});

describe('a submitted form', () => {
  it('sent again, after an answer that came too late, is the same submission', () => {
    const { id } = readSubmission(submission).call;
    expect(readSubmission({ ...submission, trigger_id: '1.2.3' }).call.id).toBe(id);
    const changed = { values: { text: { value: { type: 'plain_text_input', value: 'other' } } } };
    const { view } = submission;
    expect(readSubmission({ ...submission, view: { ...view, state: changed } }).call.id).not.toBe(id);
    expect(readSubmission({ ...submission, view: { ...view, id: 'V2' } }).call.id).not.toBe(id);
    expect(readSubmission({ ...submission, view: { ...view, hash: 'redrawn' } }).call.id).not.toBe(id);
  });

  it('becomes the interaction with the values of its fields and what it carried', () => {
    const { call, fields } = readSubmission(submission);
    expect(call).toEqual({
      id: expect.stringMatching(/^slack:/),
      caller: ana,
      spot: jsc,
      interaction: 'decisions.record',
      subject: undefined,
      values: { text: 'Meet monthly', because: '', kind: 'budget', committee: 'jsc' },
    });
    expect(fields).toEqual(['text', 'because', 'kind']);
  });
});

describe('the message menu', () => {
  it('becomes the command with the message quoted, linked and dated', () => {
    expect(readShortcut(shortcut)?.call).toMatchObject({
      words: ['decision'],
      spot: jsc,
      quote: {
        text: 'So we agree: meet monthly, @channel? See the plan (https://acme.example/plan) & ask @U01ANA',
        link: 'https://acme.slack.com/archives/C01JSC/p1766325650000300?thread_ts=1766325600.000200&cid=C01JSC',
        saidAt: 1_766_325_650_000,
      },
    });
  });

  it('asks for the address when it cannot be built', () => {
    const picked = readShortcut({ ...shortcut, team: { id: 'T01ACME' } });
    expect(picked?.unlinked).toEqual({ workspace: 'T01ACME', channel: 'C01JSC', message_ts: '1766325650.000300' });
    expect(readShortcut(shortcut)?.unlinked).toBeUndefined();
  });

  it('has entries that are not ours', () => {
    expect(readShortcut({ ...shortcut, callback_id: 'something_else' })).toBeUndefined();
  });
});

describe('an event', () => {
  const said = (change: object) => ({ ...direct, event: { ...direct.event, ...change } });

  it('that mentions Entente becomes words without the mention', () => {
    expect(readEvent(mention, bot)).toEqual({
      kind: 'words',
      call: {
        id: 'slack:Ev01MENTION',
        caller: ana,
        spot: jsc,
        words: [
          'Hi  decision Meet monthly\nwith ',
          { user: 'U02BOB', workspace: 'T01ACME', name: 'U02BOB' },
          ', please',
        ],
        replied: { message: '1766325600.000200', reply: '1766325660.000400' },
      },
      way: { workspace: 'T01ACME', user: 'U01ANA', channel: 'C01JSC', thread: '1766325600.000200' },
    });
  });

  it('that mentions Entente outside of a thread, or begins one, is about no other message', () => {
    const { thread_ts: _, ...event } = mention.event;
    for (const said of [event, { ...event, thread_ts: event.ts }])
      expect(readEvent({ ...mention, event: said }, bot)).not.toMatchObject({ call: { replied: expect.anything() } });
  });

  it('in direct messages is all words', () => {
    expect(readEvent(direct, bot)).toMatchObject({
      call: { words: ['decision Meet monthly'], spot: { conversation: 'D01ANA', direct: true } },
      way: { thread: undefined },
    });
    expect(readEvent(said({ text: '<@U00ENTENTE> help' }), bot)).toMatchObject({ call: { words: ['help'] } });
  });

  it.each([
    ['a bot', { bot_id: 'B01OTHER' }],
    ['Entente itself', { user: bot }],
    ['an edit', { subtype: 'message_changed', user: undefined }],
    ['a join', { subtype: 'channel_join' }],
    ['Slackbot', { user: 'USLACKBOT' }],
    ['a channel', { channel: 'C01JSC', channel_type: 'channel' }],
  ])('of %s is none of our business', (_, change) => {
    expect(readEvent(said(change), bot)).toBeUndefined();
  });

  it('of somebody of another workspace says which', () => {
    expect(readEvent(said({ user_team: 'T77NOVA' }), bot)).toMatchObject({
      call: { caller: { workspace: 'T77NOVA' }, spot: { workspace: 'T01ACME' } },
    });
  });

  it('that opens the home asks for it', () => {
    expect(readEvent(homeOpened, bot)).toMatchObject({
      kind: 'home',
      user: 'U01ANA',
      call: { id: 'slack:Ev01HOME', spot: { conversation: 'D01ANA', direct: true } },
    });
    const messages = { ...homeOpened, event: { ...homeOpened.event, tab: 'messages' } };
    expect(readEvent(messages, bot)).toBeUndefined();
  });

  it('that puts Entente into a channel, or takes it out, is told on', () => {
    const notification = { kind: 'installed', platform: 'slack', workspace: 'T01ACME', spot: jsc };
    expect(readEvent(joined, bot)).toEqual({ kind: 'notification', notification });
    const left = { ...joined, event: { ...joined.event, type: 'member_left_channel' } };
    expect(readEvent(left, bot)).toEqual({ kind: 'notification', notification: { ...notification, kind: 'removed' } });
  });

  it('that takes Entente out of the workspace is told on, with its own tokens only', () => {
    const removed = { kind: 'removal', removal: { workspace: 'T01ACME', at: 1_766_325_690_000 } };
    expect(readEvent({ ...joined, event: { type: 'app_uninstalled' } }, bot)).toEqual(removed);
    const revoked = (tokens: object) => ({ ...joined, event: { type: 'tokens_revoked', tokens } });
    expect(readEvent(revoked({ bot: ['U00ENTENTE'], oauth: [] }), bot)).toEqual(removed);
    expect(readEvent(revoked({ oauth: ['U01ANA'] }), bot)).toBeUndefined();
  });

  it.each([
    ['somebody of the workspace joined', { ...joined.event, user: 'U02BOB' }, false],
    ['somebody from elsewhere joined', { ...joined.event, user: 'U09NOVA', team: 'T02NOVA' }, true],
    ['somebody of an organisation joined', { ...joined.event, user: 'W02BOB', team: 'E01ACME' }, false],
    [
      'somebody of our organisation joined',
      { ...joined.event, user: 'W02BOB', team: 'T07ACME', enterprise: 'E01' },
      false,
    ],
    ['somebody left', { ...joined.event, type: 'member_left_channel', user: 'U09NOVA', team: 'T02NOVA' }, false],
    ['the channel was shared', { type: 'channel_shared', channel: 'C01JSC', connected_team_id: 'T02NOVA' }, true],
    ['it is shared no longer', { type: 'channel_unshared', channel: 'C01JSC', is_ext_shared: false }, false],
    ['sharing was accepted', { type: 'shared_channel_invite_accepted', channel: { id: 'C01JSC' } }, false],
  ])('tells that others may read a channel: %s', (_what, event, outsiders) => {
    const notification = { kind: 'readers', platform: 'slack', workspace: 'T01ACME', spot: jsc };
    const body = { ...joined, authorizations: [{ team_id: 'T01ACME', enterprise_id: 'E01', user_id: bot }], event };
    expect(readEvent(body, bot)).toEqual({
      kind: 'notification',
      notification: { ...notification, ...(outsiders && { outsiders }) },
    });
  });

  describe('of a link', () => {
    const shared = {
      type: 'link_shared',
      channel: 'C01JSC',
      user: 'U01ANA',
      message_ts: '1766325690.000100',
      source: 'conversations_history',
      is_bot_user_member: true,
      links: [{ domain: 'entente.example.com', url: 'https://entente.example.com/r/a/D-14' }],
    };
    const told = (change: object) => readEvent({ ...joined, event: { ...shared, ...change } }, bot);

    it('that was posted is told on, each address once', () => {
      expect(told({ links: [...shared.links, ...shared.links] })).toMatchObject({
        kind: 'links',
        call: { caller: { user: 'U01ANA', workspace: 'T01ACME' }, spot: { conversation: 'C01JSC', direct: false } },
        message: '1766325690.000100',
        urls: ['https://entente.example.com/r/a/D-14'],
      });
    });

    it.each([
      ['that is still being written', { source: 'composer', channel: 'COMPOSER' }],
      ['between two people', { channel: 'D77OTHERS', is_bot_user_member: false }],
    ])('%s shows nothing', (_what, change) => {
      expect(told(change)).toBeUndefined();
    });
  });

  it('of a kind we do not know is let go', () => {
    expect(readEvent({ ...joined, event: { type: 'reaction_added', user: { odd: true } } }, bot)).toBeUndefined();
  });
});
