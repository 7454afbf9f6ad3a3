import type { Interaction } from '../../core/feature.js';
import { scheduleInteractions } from './schedule-interactions.js';
import { undoInteractions } from './undo-interactions.js';

export const meetingInteractions: readonly Interaction[] = [...scheduleInteractions, ...undoInteractions];
