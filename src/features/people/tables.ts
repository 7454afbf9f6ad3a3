import { declareTables, type Kit } from '../../core/db/kit.js';

export const definePeople = (kit: Kit) => ({
  /** A code that shows, said on another platform, that both accounts are one person's. */
  links: kit.table('link_codes', {
    codeHash: kit.text('code_hash').primaryKey(),
    personId: kit.text('person_id').notNull(),
    expiresAt: kit.instant('expires_at').notNull(),
    usedAt: kit.instant('used_at'),
  }),
});

export const peopleTables = declareTables(definePeople);
