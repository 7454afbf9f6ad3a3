import type { Feature } from '../../core/feature.js';
import { defineSeats } from './store.js';

export const seats: Feature = { name: 'seats', tables: defineSeats };
