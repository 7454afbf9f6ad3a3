import type { CallFilter, Calls } from './calls.js';
import type { ClockMove } from './clock.js';
import { found, Mistake } from './mistake.js';
import type {
  Await,
  Call,
  Consent,
  DialogClose,
  DialogSubmit,
  Failure,
  Install,
  Membership,
  Menu,
  Message,
  Outcome,
  Presence,
  Press,
  Raw,
  RawOutcome,
  Say,
  Share,
  Side,
  World,
  WorldSeed,
} from './model.js';
import * as slackClicks from './slack/clicks.js';
import type { FakeSlack } from './slack/index.js';
import * as slackPresence from './slack/presence.js';
import { say as saySlack } from './slack/talk.js';
import * as teamsClicks from './teams/clicks.js';
import type { FakeTeams } from './teams/index.js';
import * as teamsPresence from './teams/presence.js';
import { say as sayTeams } from './teams/talk.js';
import { awaitMessage } from './waiting.js';
import type { LiveWorld } from './world.js';

export interface Redelivery {
  readonly side: Side;
  /** Which of the last requests; the very last unless told. Teams: 'command' is a message, 'interaction' an invoke. */
  readonly kind?: 'command' | 'interaction' | 'event';
}

/** Everything people and tests can do to the workplaces; the same in this process and over HTTP. @throws Mistake */
export interface Controls {
  state(): Promise<World>;
  calls(filter?: CallFilter): Promise<readonly Call[]>;
  say(said: Say): Promise<Outcome>;
  press(pressed: Press): Promise<Outcome>;
  submit(submitted: DialogSubmit): Promise<Outcome>;
  closeDialog(closed: DialogClose): Promise<Outcome>;
  menu(chosen: Menu): Promise<Outcome>;
  openHome(opened: { readonly person: string }): Promise<Outcome>;
  presence(change: Presence): Promise<Outcome>;
  member(change: Membership): Promise<Outcome>;
  share(change: Share): Promise<Outcome>;
  install(what: Install): Promise<Outcome>;
  uninstall(what: Install): Promise<Outcome>;
  revoke(what: Install): Promise<Outcome>;
  consent(given: Consent): Promise<void>;
  clock(move: ClockMove): Promise<void>;
  archive(what: { readonly conversation: string; readonly archived: boolean }): Promise<void>;
  fail(failure: { readonly side: Side } & Failure): Promise<void>;
  raw(request: Raw): Promise<RawOutcome>;
  redeliver(what: Redelivery): Promise<RawOutcome>;
  awaitMessage(wanted: Await): Promise<Message>;
  reset(): Promise<void>;
}

export interface Stage {
  readonly world: LiveWorld;
  readonly calls: Calls;
  readonly slack: FakeSlack;
  readonly teams: FakeTeams;
}

const bodyOf = ({ body, padTo = 0 }: Raw): string => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text + ' '.repeat(Math.max(0, padTo - Buffer.byteLength(text)));
};

const sendRaw = ({ slack, teams }: Stage, request: Raw): Promise<RawOutcome> => {
  const { contentType = 'application/json', signature = 'good', headers = {} } = request;
  const { outgoing } = request.side === 'slack' ? slack : teams;
  return outgoing.raw({ body: bodyOf(request), contentType, signature, headers });
};

const archive = (world: LiveWorld, conversation: string, archived: boolean): void => {
  const side = world.slack.conversations.has(conversation) ? world.slack : world.teams;
  const place = found(side.conversations.get(conversation), `conversation '${conversation}'`);
  side.conversations.set(conversation, { ...place, archived });
  world.touch();
};

/** Back to the beginning, of this seed when there is one: then Entente begins anew too, and the clock is real time again. */
export const begin = ({ world, calls, slack }: Stage, seed?: WorldSeed): void => {
  if (seed) world.clock.set(0);
  world.reset(seed);
  slack.link.desk.tokens.begin();
  slack.link.desk.oauth.consent = { answer: 'ask' };
  calls.clear();
};

export const createControls = (stage: Stage): Controls => {
  const { world, calls } = stage;
  const { slack, teams } = { slack: stage.slack.link, teams: stage.teams.link };
  const on = (side: Side) => side === 'slack';
  return {
    state: async () => world.snapshot(),
    calls: async (filter) => calls.list(filter),
    say: async (said) => (on(said.side) ? saySlack(slack, said) : sayTeams(teams, said)),
    press: async (it) => (on(it.side) ? slackClicks.press(slack, it) : teamsClicks.press(teams, it)),
    submit: async (it) => (on(it.side) ? slackClicks.submit(slack, it) : teamsClicks.submit(teams, it)),
    closeDialog: async (it) => (on(it.side) ? slackClicks.close(slack, it) : teamsClicks.close(teams, it)),
    menu: async (it) => (on(it.side) ? slackClicks.openMenu(slack, it) : teamsClicks.openMenu(teams, it)),
    openHome: async ({ person }) => slackPresence.openHome(slack, person),
    presence: async (it) => (on(it.side) ? slackPresence.setPresence(slack, it) : teamsPresence.setPresence(teams, it)),
    member: async (it) => (on(it.side) ? slackPresence.setMember(slack, it) : teamsPresence.setMember(teams, it)),
    share: async (it) => (on(it.side) ? slackPresence.setShared(slack, it) : teamsPresence.setShared(teams, it)),
    install: async (it) => (on(it.side) ? slackPresence.install(slack, it) : teamsPresence.install(teams, it)),
    uninstall: async (it) => (on(it.side) ? slackPresence.uninstall(slack, it) : teamsPresence.uninstall(teams, it)),
    revoke: async (it) => {
      if (!on(it.side)) throw new Mistake(400, 'Teams has no tokens of its own to revoke.');
      return slackPresence.revoke(slack, it);
    },
    consent: async (given) => {
      if (given.person !== undefined) found(world.slack.people.get(given.person), `person '${given.person}'`);
      slack.desk.oauth.consent = given;
    },
    clock: async (move) => {
      world.clock.move(move);
      world.touch();
    },
    archive: async ({ conversation, archived }) => archive(world, conversation, archived),
    fail: async ({ side, ...failure }) => {
      world[side].failure = failure;
      world.touch();
    },
    raw: async (request) => sendRaw(stage, request),
    redeliver: async ({ side, kind }) => {
      const outcome = await (on(side) ? slack : teams).outgoing.redeliver(kind);
      if (!outcome) throw new Mistake(400, 'Nothing was delivered yet.');
      return outcome;
    },
    awaitMessage: async (wanted) => awaitMessage(world, wanted),
    reset: async () => begin(stage),
  };
};
