import { undelivered } from '../hearing.js';
import { found } from '../mistake.js';
import type { Outcome, Presence } from '../model.js';
import type { Desk } from './desk.js';
import type { Shipment } from './outgoing.js';
import { eventPayload } from './payloads.js';
import { type Link, personOf, tell } from './tell.js';

const event = (desk: Desk, fields: Readonly<Record<string, unknown>>): Shipment => ({
  kind: 'event',
  payload: eventPayload(desk, { ...fields, event_ts: desk.ids.ts() }),
});

export const openHome = async (link: Link, id: string): Promise<Outcome> => {
  const { desk } = link;
  const person = personOf(desk, id);
  const channel = desk.world.direct('slack', id).id;
  const opened = event(desk, { type: 'app_home_opened', user: person.id, channel, tab: 'home' });
  return tell(link, { person: id }, opened);
};

export const setPresence = async (link: Link, { conversation, present }: Presence): Promise<Outcome> => {
  const { world } = link.desk;
  const place = found(world.slack.conversations.get(conversation), `conversation '${conversation}'`);
  world.slack.conversations.set(place.id, { ...place, present });
  world.touch();
  const inviter = place.members[0] ?? '';
  // Entente does not subscribe to its own leaving.
  if (!present) return undelivered(world, 'slack', inviter);
  const joined = { type: 'member_joined_channel', user: world.slack.bot.id, channel: place.id, channel_type: 'C' };
  return tell(link, { person: inviter }, event(link.desk, { ...joined, team: world.slack.team.id, inviter }));
};

export const setInstalled = async (link: Link, installed: boolean): Promise<Outcome> => {
  const { world } = link.desk;
  world.slack.installed = installed;
  world.touch();
  if (installed) return undelivered(world, 'slack', '');
  return tell(link, { person: '' }, event(link.desk, { type: 'app_uninstalled' }));
};
