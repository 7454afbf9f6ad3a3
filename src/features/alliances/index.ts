import type { Feature } from '../../core/feature.js';
import { defineAlliances } from './store.js';

export const alliances: Feature = { name: 'alliances', tables: defineAlliances };
