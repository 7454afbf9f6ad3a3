import type { Config } from '../config.js';
import type { Platform } from '../core/platform.js';
import { createSlack } from './slack/index.js';
import type { Surroundings } from './surroundings.js';
import { createTeams } from './teams/index.js';

/** Every platform Entente speaks; adding one is a folder and a line here. */
export const createPlatforms = (config: Config, around: Surroundings): readonly Platform[] => [
  ...(config.slack ? [createSlack(config.slack, around)] : []),
  ...(config.teams ? [createTeams(config.teams, around)] : []),
];
