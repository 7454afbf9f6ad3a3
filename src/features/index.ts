import type { Feature } from '../core/feature.js';
import { decisions } from './decisions/index.js';

/** Every feature Entente offers; adding one is a folder and a line here. */
export const features: readonly Feature[] = [decisions];
