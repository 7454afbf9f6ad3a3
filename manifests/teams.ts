import type { TeamsManifestV1D25 } from '@microsoft/app-manifest';
import { type Catalog, menuId } from './catalog.js';

type Manifest = TeamsManifestV1D25.TeamsManifestV1D25;

export interface TeamsApp {
  /** Where people and Teams reach Entente, without a slash at its end. */
  readonly url: string;
  /** The Application (client) ID of the app registration; the bot has the same. */
  readonly appId: string;
  /** Of this package: Teams takes an update only with a higher one. */
  readonly version: string;
}

const full = `Two companies do one long job together. Entente keeps the one record of what their committees decide: somebody records a decision in the chat they use, the same card stands in the other company's chat, and once both sides have confirmed its wording it is agreed. Nobody needs an account on the other company's platform.`;

const scopes = ['team', 'personal', 'groupChat'] as const;

/** Schemas before 1.24 take ten commands in a menu, and no page says that a client shows more of them. */
const MENU_COMMANDS = 10;

/**
 * What the menu offers; everything else can be said all the same. Words of every day come first, then where to begin,
 * then all others, each in the features' order, and help is always there.
 */
const menuCommands = (catalog: Catalog) => {
  const daily = catalog.filter(({ within }) => within === undefined);
  const rest = catalog.filter(({ within }) => within !== undefined);
  const begin = rest.filter(({ first }) => first);
  const others = rest.filter(({ first, echo }) => !first && !echo);
  const echoes = rest.filter(({ echo }) => echo);
  return [
    ...[...daily, ...begin, ...others, ...echoes].slice(0, MENU_COMMANDS - 1).map(({ name, summary, usage }) => ({
      title: name,
      description: `${summary} ${name} ${usage}`.trim(),
    })),
    { title: 'help', description: 'What you can say to Entente.' },
  ];
};

/**
 * 1.25 is the first version whose apps can be in shared channels, where two companies on Teams meet. With the scope
 * 'team' an upload must then say `supportsChannelFeatures`, which the schema does not ask for, and must not say
 * `supportedChannelTypes`, which the schema still allows.
 */
export const teamsManifest = (catalog: Catalog, { url, appId, version }: TeamsApp): Manifest => ({
  $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
  manifestVersion: '1.25',
  version,
  id: appId,
  developer: { name: 'Entente', websiteUrl: `${url}/about`, privacyUrl: `${url}/about`, termsOfUseUrl: `${url}/about` },
  name: { short: 'Entente', full: 'Entente: two companies, two chats, one record' },
  description: { short: 'Decisions of an alliance, recorded once and seen by both companies.', full },
  icons: { color: 'color.png', outline: 'outline.png' },
  accentColor: '#1B3A4B',
  defaultInstallScope: 'team',
  defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
  supportsChannelFeatures: 'tier1',
  bots: [
    {
      botId: appId,
      scopes: [...scopes],
      supportsFiles: true,
      isNotificationOnly: false,
      commandLists: [{ scopes: [...scopes], commands: menuCommands(catalog) }],
    },
  ],
  ...menus(catalog, appId, url),
  permissions: ['identity', 'messageTeamMembers'],
  // Without it the roster of a shared channel is refused, and nobody tells who comes and goes there.
  authorization: { permissions: { resourceSpecific: [{ name: 'ChannelMember.Read.Group', type: 'Application' }] } },
  webApplicationInfo: { id: appId, resource: `api://botid-${appId}` },
  validDomains: [new URL(url).host],
});

/** The menu of a message; an extension without a command is refused, so without any there is no extension. */
const menus = (catalog: Catalog, appId: string, url: string): Pick<Manifest, 'composeExtensions'> => {
  const commands = catalog.flatMap((command) =>
    command.menu === undefined
      ? []
      : [
          {
            id: menuId(command),
            type: 'action' as const,
            context: ['message' as const],
            title: command.menu,
            description: command.summary.slice(0, 128),
            fetchTask: true,
          },
        ],
  );
  const links = { type: 'link' as const, value: { domains: [new URL(url).hostname] } };
  return commands.length === 0 ? {} : { composeExtensions: [{ botId: appId, commands, messageHandlers: [links] }] };
};
