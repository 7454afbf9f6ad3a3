/* What Entente may do in a workspace, and why; nothing lets it read what people say to each other. */

export const botScopes = {
  commands: 'slash commands and the entries in the menu of a message',
  'chat:write': 'post cards and update them',
  'app_mentions:read': 'hear @Entente in channels and threads',
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
