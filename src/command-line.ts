/*
 * What `npm run entente -- ...` does, for whoever runs a deployment.
 */
import { type Config, ConfigError } from './config.js';
import { examine } from './doctor/examine.js';
import { broken, type Finding, reportOf } from './doctor/finding.js';
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
                                       in ENTENTE_OLD_SECRETS`;

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

/** @throws whatever a command meets that it does not say itself */
export const obey = async (words: readonly string[], surface: Surface): Promise<Said> => {
  const [command, ...options] = words;
  const unknown = options.filter((option) => option !== '--offline');
  if (command === 'doctor' && unknown.length === 0) return doctor(surface, options.length > 0);
  if (command === 'reseal' && options.length === 0)
    return { code: 0, text: await reseal(surface.readConfig(), surface.now) };
  return { code: command === 'help' || command === '--help' ? 0 : 1, text: usage };
};
