import type { Manifest } from '@slack/web-api/dist/types/request/manifest.js';
import { botScopes } from '../src/platforms/slack/scopes.js';
import { type Catalog, type CatalogCommand, menuId } from './catalog.js';

type Scope = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number];
type BotEvent = NonNullable<
  NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']
>[number];

const scopes = botScopes satisfies Partial<Record<Scope, string>>;

const events: BotEvent[] = [
  'app_mention',
  'message.im',
  'app_home_opened',
  'link_shared',
  'member_joined_channel',
  'member_left_channel',
  // A channel that people of another company can read by now: nothing internal is shown there any more.
  'channel_shared',
  'channel_unshared',
  'shared_channel_invite_accepted',
  'app_uninstalled',
  'tokens_revoked',
];

const everything: CatalogCommand = {
  name: 'entente',
  summary: 'See what waits for you, or say any of the other words when another app has taken theirs.',
  usage: '[help, setup, join or decision ...]',
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
      ...(url !== undefined && { unfurl_domains: [new URL(url).hostname] }),
      bot_user: { display_name: 'entente', always_online: true },
      slash_commands: [...catalog.filter(({ within }) => within === undefined), everything].map(
        ({ name, summary, usage }) => ({
          command: `/${name}`,
          description: summary,
          usage_hint: usage,
          should_escape: true,
          ...endpoint,
        }),
      ),
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
    oauth_config: {
      ...(url === undefined ? {} : { redirect_urls: [`${url}/slack/oauth_redirect`] }),
      scopes: { bot: Object.keys(scopes) as Scope[] },
    },
    settings: {
      event_subscriptions: { ...request, bot_events: events },
      interactivity: { is_enabled: true, ...request },
      // An Enterprise organisation may install it once for the teams that its admins choose.
      org_deploy_enabled: true,
      socket_mode_enabled: url === undefined,
      // It cannot be switched off again, and a token in SLACK_BOT_TOKEN would stop working after twelve hours. Where
      // workspaces install Entente by themselves it may be switched on: Entente renews such tokens.
      token_rotation_enabled: false,
    },
  };
};
