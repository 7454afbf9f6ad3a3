import type { Feature } from '../../core/feature.js';
import { definePeople } from './store.js';

export const people: Feature = { name: 'people', tables: definePeople };
