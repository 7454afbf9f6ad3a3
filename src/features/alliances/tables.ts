import { declareTables, type Kit } from '../../core/db/kit.js';
import type { Detail } from '../../core/platform.js';

export const defineAlliances = (kit: Kit) => ({
  /** A code that lets one workspace ask to join. The code itself is not kept: it is derived again to be shown. */
  invitations: kit.table(
    'invitations',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      /** The company invited. */
      partnerId: kit.text('partner_id').notNull(),
      codeHash: kit.text('code_hash').notNull(),
      personId: kit.text('person_id').notNull(),
      madeAt: kit.instant('made_at').notNull(),
      expiresAt: kit.instant('expires_at').notNull(),
      usedAt: kit.instant('used_at'),
      withdrawnAt: kit.instant('withdrawn_at'),
    },
    (t) => [
      kit.uniqueIndex('invitations_code').on(t.codeHash),
      kit.index('invitations_alliance').on(t.allianceId, t.partnerId),
    ],
  ),
  /** A workspace that asks to join with a code, until each company that is in has confirmed it, or one has declined. */
  joins: kit.table(
    'joins',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      invitationId: kit.text('invitation_id').notNull(),
      platform: kit.text('platform').notNull(),
      workspace: kit.text('workspace').notNull(),
      workspaceName: kit.text('workspace_name').notNull(),
      user: kit.text('user_id').notNull(),
      detail: kit.json<Detail>('detail').notNull(),
      /** The name, zone, locale and e-mail that the platform gave of who asks. */
      profile: kit.json<Readonly<Record<string, string>>>('profile').notNull(),
      askedAt: kit.instant('asked_at').notNull(),
      /** asked, confirmed, declined */
      state: kit.text('state').notNull(),
      personId: kit.text('person_id'),
      decidedBy: kit.text('decided_by'),
      decidedAt: kit.instant('decided_at'),
    },
    (t) => [kit.index('joins_alliance').on(t.allianceId, t.state)],
  ),
});

export const allianceTables = declareTables(defineAlliances);
