import type { Manifest } from '@slack/web-api/dist/types/request/manifest.js';
import { type Catalog, type CatalogCommand, menuId } from './catalog.js';

type Scope = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number];
type BotEvent = NonNullable<
  NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']
>[number];

/** What Entente may do in a workspace, and why; nothing lets it read what people say to each other. */
const scopes = {
  commands: 'slash commands and the entries in the menu of a message',
  'chat:write': 'post cards and update them',
  'app_mentions:read': 'hear @Entente in channels and threads',
  'im:history': 'hear what is written to Entente directly',
  'im:write': 'write to one person',
  'channels:read': 'know that it was added to a public channel or removed from it',
  'groups:read': 'the same for a private channel',
} satisfies Partial<Record<Scope, string>>;

const events: BotEvent[] = [
  'app_mention',
  'message.im',
  'app_home_opened',
  'member_joined_channel',
  'member_left_channel',
  'app_uninstalled',
  'tokens_revoked',
];

const everything: CatalogCommand = {
  name: 'entente',
  summary: 'See what waits for you, or say any of the other words when another app has taken theirs.',
  usage: '[help or decision ...]',
};

/** `url` is where Slack reaches Entente; without it the app speaks through a socket (Socket Mode). */
export const slackManifest = (catalog: Catalog, url?: string): Manifest => {
  const endpoint = url === undefined ? {} : { url: `${url}/slack/events` };
  const request = url === undefined ? {} : { request_url: `${url}/slack/events` };
  return {
    display_information: {
      name: 'Entente',
      description: 'Decisions of an alliance, recorded once and seen by both companies.',
      background_color: '#1b3a4b',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'entente', always_online: true },
      slash_commands: [...catalog, everything].map(({ name, summary, usage }) => ({
        command: `/${name}`,
        description: summary,
        usage_hint: usage,
        should_escape: true,
        ...endpoint,
      })),
      shortcuts: catalog.flatMap((command) =>
        command.menu === undefined
          ? []
          : [
              {
                type: 'message',
                name: command.menu,
                callback_id: menuId(command),
                description: command.summary.slice(0, 150),
              },
            ],
      ),
    },
    oauth_config: { scopes: { bot: Object.keys(scopes) as Scope[] } },
    settings: {
      event_subscriptions: { ...request, bot_events: events },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
};
