import type { Interaction } from '../../core/feature.js';
import { agendaInteractions } from './agenda-interactions.js';
import { attendanceInteractions } from './attendance-interactions.js';
import { changeInteractions } from './change-interactions.js';
import { closingInteractions } from './closing-interactions.js';
import { documentInteractions } from './document-interactions.js';
import { fileInteractions } from './file-interactions.js';
import { handOverInteractions } from './hand-over-interactions.js';
import { hereInteractions } from './here-interactions.js';
import { historyInteractions } from './history-interactions.js';
import { itemInteractions } from './item-interactions.js';
import { minutesInteractions } from './minutes-interactions.js';
import { noteInteractions } from './note-interactions.js';
import { nudgeInteractions } from './nudge-interactions.js';
import { planInteractions } from './plan-interactions.js';
import { positionInteractions } from './position-interactions.js';
import { recusalInteractions } from './recusal-interactions.js';
import { roomInteractions } from './room-interactions.js';
import { scheduleInteractions } from './schedule-interactions.js';
import { snoozeInteractions } from './snooze-interactions.js';
import { unclosedInteractions } from './unclosed-interactions.js';
import { undoInteractions } from './undo-interactions.js';

export const meetingInteractions: readonly Interaction[] = [
  ...scheduleInteractions,
  ...undoInteractions,
  ...agendaInteractions,
  ...itemInteractions,
  ...planInteractions,
  ...unclosedInteractions,
  ...positionInteractions,
  ...noteInteractions,
  ...snoozeInteractions,
  ...handOverInteractions,
  ...nudgeInteractions,
  ...minutesInteractions,
  ...changeInteractions,
  ...documentInteractions,
  ...historyInteractions,
  ...fileInteractions,
  ...attendanceInteractions,
  ...recusalInteractions,
  ...roomInteractions,
  ...hereInteractions,
  ...closingInteractions,
];
