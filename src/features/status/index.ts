import type { Feature } from '../../core/feature.js';

export const status: Feature = { name: 'status' };
