import type { Feature } from '../core/feature.js';
import { actions } from './actions/index.js';
import { alliances } from './alliances/index.js';
import { calendar } from './calendar/index.js';
import { committees } from './committees/index.js';
import { decisions } from './decisions/index.js';
import { exports } from './exports/index.js';
import { log } from './log/index.js';
import { meetings } from './meetings/index.js';
import { people } from './people/index.js';
import { seats } from './seats/index.js';
import { status } from './status/index.js';

/** Every feature Entente offers; adding one is a folder and a line here. */
export const features: readonly Feature[] = [
  decisions,
  actions,
  meetings,
  log,
  committees,
  seats,
  people,
  calendar,
  alliances,
  status,
  exports,
];
