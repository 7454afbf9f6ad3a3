/* Actions that come back from a copy. */
import type { Restoring } from '../../core/copy/restoring.js';
import type { Placed, Row } from '../../core/copy/row.js';
import type { Tx } from '../../core/db/store.js';
import { factFault, labelFor } from './copied-rules.js';
import { columnsFrom } from './fact-store.js';
import { actionTables } from './tables.js';

const write = async (tx: Tx, row: Row, placed: Placed): Promise<readonly string[]> => {
  const { id, number, status, saidAt, link } = row;
  const [{ text, by }] = row.versions;
  await tx.insert(actionTables(tx).actions).values({
    ...{ id, number, status, text },
    allianceId: placed.alliance,
    committeeId: placed.committee,
    visibility: placed.own ?? '',
    recordedBy: placed.person(by),
    recordedFor: placed.partner(by.company),
    recordedAt: by.at,
    link: link ?? null,
    saidAt: saidAt ?? null,
    ...columnsFrom(row.facts, placed),
  });
  return [];
};

export const restoreActions: Restoring = { kind: 'action', series: 'A', labelOf: labelFor, refuse: factFault, write };
