/*
 * What Entente may do in a workspace, and why. It hears what is said to it and nothing else; of what people say to each
 * other it can look up the one message that somebody replies to with its name.
 */

export const botScopes = {
  commands: 'slash commands and the entries in the menu of a message',
  'chat:write': 'post cards and update them',
  'files:write': 'send somebody the copy of the log that they asked for',
  'app_mentions:read': 'hear @Entente in channels and threads',
  'channels:history': 'look up the message that a reply with @Entente in its thread is about',
  'groups:history': 'the same in a private channel',
  'im:history': 'hear what is written to Entente directly',
  'im:write': 'write to one person',
  'channels:read': 'know who reads a public channel that it is in, and that it was added or removed',
  'groups:read': 'the same for a private channel',
  'users:read': 'know somebody’s name and time zone, and who is a guest',
  'users:read.email': 'know somebody’s e-mail address, for invitations to meetings',
  'links:read': 'hear of links to records, to no other address',
  'links:write': 'show a record below its link where everybody may read it',
  'team:read': 'say the workspace’s name to the other company before it lets it in',
} as const;

/** What Slack is asked for when a workspace installs Entente. */
export const scopeNames: readonly string[] = Object.keys(botScopes);

/** Without these Entente does all it does, and says less: what a reply is about has to be written. */
export const spareScopes: ReadonlySet<string> = new Set<keyof typeof botScopes>(['channels:history', 'groups:history']);
