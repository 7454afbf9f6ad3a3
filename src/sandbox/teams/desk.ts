import { randomBytes } from 'node:crypto';
import { found } from '../mistake.js';
import type { Conversation, Person } from '../model.js';
import { emailOf, homeOf } from '../workplaces.js';
import type { LiveWorld } from '../world.js';
import { createDrives, type Drives } from './files.js';

/** A refusal of the Bot Framework connector: HTTP `status` {error: {code, message}}. */
export class ConnectorFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ConnectorFault';
  }
}

/** What all parts of the fake Teams share. */
export interface Desk {
  readonly world: LiveWorld;
  readonly appId: string;
  readonly drives: Drives;
  /** Ends with a slash. */
  readonly serviceUrl: string;
  /** Milliseconds as text, as Teams does, never the same twice. */
  readonly nextId: () => string;
  /** Unique also after a restart. */
  readonly nextEvent: () => string;
}

export const createDesk = (world: LiveWorld, appId: string, serviceUrl: string): Desk => {
  const salt = randomBytes(4).toString('hex');
  let last = 0;
  let events = 0;
  return {
    world,
    appId,
    drives: createDrives(),
    serviceUrl,
    nextId: () => {
      last = Math.max(last + 1, Math.floor(world.now()));
      return String(last);
    },
    nextEvent: () => {
      events += 1;
      return `f:${salt}-${events}`;
    },
  };
};

/** The id that only this bot knows a person by. */
export const mriOf = (person: string): string => `29:1${Buffer.from(person).toString('base64url')}`;

/** Guests have an account in the tenant that let them in, named after their address elsewhere. */
const principalOf = ({ world }: Desk, person: Person): string => {
  const email = emailOf(world, 'teams', person);
  return person.guest ? `${email.replace('@', '_')}#EXT#@${world.teams.tenant.domain}.example` : email;
};

/** By 29: id, Entra object id or principal name. */
export const findPerson = (desk: Desk, id: string): Person | undefined =>
  desk.world.teams.people.get(id) ??
  [...desk.world.teams.people.values()].find((person) => mriOf(person.id) === id || principalOf(desk, person) === id);

export const personOf = ({ world }: Desk, id: string): Person => found(world.teams.people.get(id), `person '${id}'`);

/** As the members API shows a person; somebody from another tenant is there with that tenant's id. */
export const memberObject = (desk: Desk, person: Person) => {
  const [givenName, ...rest] = person.name.split(' ');
  return {
    id: mriOf(person.id),
    name: person.name,
    objectId: person.id,
    aadObjectId: person.id,
    givenName,
    surname: rest.join(' '),
    email: emailOf(desk.world, 'teams', person),
    userPrincipalName: principalOf(desk, person),
    tenantId: homeOf(desk.world, 'teams', person).id,
    userRole: person.guest ? 'guest' : 'user',
  };
};

/** A conversation id may name a thread: '19:…@thread.tacv2;messageid=1700000000000'. */
export const splitThread = (id: string): { readonly place: string; readonly thread?: string } => {
  const [place = '', thread] = id.split(';messageid=', 2);
  return thread ? { place, thread } : { place };
};

export const threadId = (place: Conversation, root: string): string =>
  place.kind === 'channel' ? `${place.id};messageid=${root}` : place.id;
