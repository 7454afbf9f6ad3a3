import type { Feature } from '../../core/feature.js';

export const committees: Feature = { name: 'committees' };
