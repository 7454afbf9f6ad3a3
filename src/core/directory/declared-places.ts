/* The places that an alliance file names, as the directory has them. */
import type { Detail } from '../platform.js';
import type { AllianceFile } from './alliance-file.js';
import type { Workspace } from './places.js';

/** Where a partner's people sign in. */
export const homesOf = (partner: AllianceFile['partners'][number]): Workspace[] => [
  ...(partner.slack ? [{ platform: 'slack', workspace: partner.slack.team } as const] : []),
  ...(partner.teams ? [{ platform: 'teams', workspace: partner.teams.tenant } as const] : []),
];

type PlaceRow = AllianceFile['committees'][number]['channels'][number];

/** A channel; Teams needs to know where it is reached. */
export const placeOf = (
  row: PlaceRow,
): Workspace & { conversation: string; detail: Detail; shared: boolean; internal: boolean } =>
  'slack' in row
    ? {
        platform: 'slack',
        workspace: row.slack.team,
        conversation: row.slack.channel,
        detail: {},
        shared: row.slack.shared,
        internal: row.slack.internal,
      }
    : {
        platform: 'teams',
        workspace: row.teams.tenant,
        conversation: row.teams.conversation,
        detail: { serviceUrl: row.teams.serviceUrl, declaredUrl: row.teams.serviceUrl },
        shared: row.teams.shared,
        internal: row.teams.internal,
      };
