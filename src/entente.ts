import { obey } from './command-line.js';
import { environmentConfig } from './config.js';

const told = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return (error.constructor === Error || error.name === 'ConfigError' ? error.message : error.stack) ?? error.message;
};

try {
  const { code, text } = await obey(process.argv.slice(2), { readConfig: environmentConfig, now: Date.now });
  process.stdout.write(`${text}\n`);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`${told(error)}\n`);
  process.exitCode = 1;
}
