import { readFile } from 'node:fs/promises';
import { codeOf } from '../core/db/inspect.js';
import { parseAlliance } from '../core/directory/alliance-file.js';
import { broken, type Finding, ok } from './finding.js';

const WHAT = 'Alliance file';

const examine = (yaml: string): Finding => {
  try {
    const { alliance, partners, people } = parseAlliance(yaml);
    return ok(WHAT, `${alliance.name}: ${partners.length} companies, ${people.length} people`);
  } catch (error) {
    return broken(WHAT, error instanceof Error ? error.message : String(error));
  }
};

/** What ALLIANCE_FILE names; nothing to say where it names none. */
export const examineAlliance = async (path: string | undefined): Promise<readonly Finding[]> => {
  if (path === undefined) return [];
  try {
    return [examine(await readFile(path, 'utf8'))];
  } catch (error) {
    return [
      broken(WHAT, `it cannot be read (${codeOf(error)}). Check the path in ALLIANCE_FILE, and who may read it.`),
    ];
  }
};
