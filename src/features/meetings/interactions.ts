import type { Interaction } from '../../core/feature.js';

export const meetingInteractions: readonly Interaction[] = [];
