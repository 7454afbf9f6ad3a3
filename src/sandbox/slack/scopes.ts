/** The scopes that this Slack knows, and what its consent page says of each. */
export const SCOPES: Readonly<Record<string, string>> = {
  commands: 'Add slash commands and entries to the menu of a message',
  'app_mentions:read': 'See messages that mention it',
  'channels:history': 'See messages in public channels that it is in',
  'channels:join': 'Join public channels',
  'channels:read': 'See the names and members of public channels',
  'chat:write': 'Send messages as itself',
  'chat:write.public': 'Send messages to channels that it is not in',
  'files:write': 'Upload files as itself',
  'groups:history': 'See messages in private channels that it is in',
  'groups:read': 'See the names and members of private channels that it is in',
  'im:history': 'See what is written to it directly',
  'im:read': 'See whom it has direct messages with',
  'im:write': 'Begin direct messages with people',
  'links:read': 'See addresses of its own domains in messages',
  'links:write': 'Show previews of addresses of its own domains',
  'mpim:history': 'See messages in group direct messages that it is in',
  'mpim:read': 'See the members of group direct messages that it is in',
  'team:read': 'See the name and domain of the workspace',
  'users:read': 'See the people of the workspace',
  'users:read.email': 'See their e-mail addresses',
};

export const ALL_SCOPES: readonly string[] = Object.keys(SCOPES);

const CONVERSATION = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];

/** By method: one of these is needed. Slack asks for the one that fits the kind of conversation. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.unfurl': ['links:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'conversations.info': CONVERSATION,
  'conversations.list': CONVERSATION,
  'conversations.members': CONVERSATION,
  'conversations.open': ['im:write'],
  'team.info': ['team:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
};

const HISTORY: ReadonlySet<string> = new Set(['conversations.history', 'conversations.replies']);

const ABOUT_CONVERSATIONS: ReadonlySet<string> = new Set(['conversations.info', 'conversations.members']);

/** The scopes of which a call needs one; empty when it needs none. */
export const neededScopes = (method: string, channel: unknown): readonly string[] => {
  if (ABOUT_CONVERSATIONS.has(method)) return [String(channel).startsWith('D') ? 'im:read' : 'channels:read'];
  if (HISTORY.has(method)) return [String(channel).startsWith('D') ? 'im:history' : 'channels:history'];
  return NEEDED[method] ?? [];
};
