/*
 * What `npm run entente -- ...` does, for whoever runs a deployment.
 */
import { type Config, ConfigError } from './config.js';
import { examine } from './doctor/examine.js';
import { broken, type Finding, reportOf } from './doctor/finding.js';
import { features } from './features/index.js';
import { backUp } from './keep/backup.js';
import { importCopy } from './keep/import.js';
import { verify } from './keep/verify.js';
import { reseal } from './reseal.js';

export interface Surface {
  readonly readConfig: () => Config;
  readonly now: () => number;
}

export interface Said {
  readonly code: 0 | 1;
  readonly text: string;
}

const usage = `Say what Entente should do:

  npm run entente -- doctor            looks at this deployment, from inside and outside, and says what to do
  npm run entente -- doctor --offline  the same without the network
  npm run entente -- reseal            seals stored tokens with the present ENTENTE_SECRET; those of before stand
                                       in ENTENTE_OLD_SECRETS
  npm run entente -- verify            walks every history, and names what was changed behind Entente's back
  npm run entente -- backup FILE       a sound copy of the SQLite database, also while Entente runs
  npm run entente -- import FILE       takes the spreadsheet of a copy (entente export) back, all of it or nothing;
                                       --dry-run says what it would do, and every line that it could not take
  verify and import take --alliance NAME where there are several`;

/** All mistakes at once; nothing else can be looked at then. */
const mistaken = (error: unknown): readonly Finding[] => {
  if (!(error instanceof ConfigError)) throw error;
  return error.mistakes.map((mistake) => broken('Configuration', mistake));
};

const findingsOf = async ({ readConfig, now }: Surface, offline: boolean): Promise<readonly Finding[]> => {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    return mistaken(error);
  }
  return examine({ config, now, offline });
};

const doctor = async (surface: Surface, offline: boolean): Promise<Said> => {
  const findings = await findingsOf(surface, offline);
  return { code: findings.some(({ state }) => state === 'broken') ? 1 : 0, text: reportOf(findings) };
};

interface Options {
  readonly alliance?: string;
  readonly dryRun: boolean;
  /** What is neither: the file. */
  readonly rest: readonly string[];
}

/** Nothing for an option without its value. */
const readOptions = (words: readonly string[]): Options | undefined => {
  const rest: string[] = [];
  let alliance: string | undefined;
  let dryRun = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--dry-run') dryRun = true;
    else if (word === '--alliance') {
      at += 1;
      alliance = words[at];
      if (alliance === undefined) return undefined;
    } else rest.push(word);
  }
  return { ...(alliance !== undefined && { alliance }), dryRun, rest };
};

const said = (fine: boolean, text: string): Said => ({ code: fine ? 0 : 1, text });

/** What looks after the log itself; nothing for words that are none of it. */
const keep = async (
  command: string | undefined,
  { alliance, dryRun, rest }: Options,
  { readConfig, now }: Surface,
): Promise<Said | undefined> => {
  const [path, ...more] = rest;
  if (command === 'verify' && rest.length === 0 && !dryRun) {
    const { sound, text } = await verify(readConfig().databaseUrl, features, now, alliance);
    return said(sound, text);
  }
  if (path === undefined || path.startsWith('--') || more.length > 0) return undefined;
  if (command === 'backup' && alliance === undefined && !dryRun) {
    const { done, text } = await backUp(readConfig().databaseUrl, path);
    return said(done, text);
  }
  if (command !== 'import') return undefined;
  const { databaseUrl } = readConfig();
  const { taken, text } = await importCopy({ databaseUrl, features, now, path, dryRun, ...(alliance && { alliance }) });
  return said(taken, text);
};

/** @throws whatever a command meets that it does not say itself */
export const obey = async (words: readonly string[], surface: Surface): Promise<Said> => {
  const [command, ...options] = words;
  const unknown = options.filter((option) => option !== '--offline');
  if (command === 'doctor' && unknown.length === 0) return doctor(surface, options.length > 0);
  if (command === 'reseal' && options.length === 0)
    return { code: 0, text: await reseal(surface.readConfig(), surface.now) };
  const kept = readOptions(options);
  const answer = kept && (await keep(command, kept, surface));
  if (answer) return answer;
  return { code: command === 'help' || command === '--help' ? 0 : 1, text: usage };
};
