import { declareTables, type Kit } from '../../../src/core/db/kit.js';

export const defineRisks = (kit: Kit) => ({
  risks: kit.table('risks', {
    id: kit.text('id').primaryKey(),
    allianceId: kit.text('alliance_id').notNull(),
    number: kit.integer('number').notNull(),
    text: kit.text('text').notNull(),
    closed: kit.flag('closed').notNull(),
  }),
});

export const riskTables = declareTables(defineRisks);
