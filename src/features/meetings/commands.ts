import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Command, command, type Said } from '../../core/feature.js';
import type { View } from '../../core/view.js';
import { agendaVerb } from './agenda-commands.js';
import { listAhead } from './ahead-commands.js';
import { attendanceVerbs } from './attendance-commands.js';
import { meetingCard } from './card-views.js';
import { takeMeeting, type Verb } from './choosing-commands.js';
import { closeCommand, closeVerb } from './closing-commands.js';
import { hereVerb } from './here-commands.js';
import { correctVerb, minutesVerb } from './minutes-commands.js';
import { readinessVerb } from './missing-commands.js';
import { noteVerb } from './note-commands.js';
import { openCommand, openVerb } from './opening-commands.js';
import { plan } from './plan-commands.js';
import { positionsVerb, prepVerb } from './position-commands.js';
import { addSaid } from './proposing-commands.js';
import { recuseVerb } from './recusal-commands.js';
import { roomVerbs } from './room-commands.js';
import { scheduleVerbs } from './schedule-commands.js';
import { snoozeVerb } from './snooze-commands.js';

const show: Verb = {
  word: 'show',
  usage: 'show [M-9 or committee]',
  run: async (said, ctx) => {
    const { found } = await takeMeeting(said, ctx, ['open', 'planned', 'held', 'agreed', 'cancelled']);
    const card = await meetingCard(found, ctx, ctx.place.audience);
    if (!card) throw new Refusal('no-meeting', 'This meeting cannot be shown.');
    return card;
  },
};

/** What may follow 'meeting', in the order of help. */
const verbs: readonly Verb[] = [
  show,
  ...scheduleVerbs,
  agendaVerb,
  plan,
  positionsVerb,
  prepVerb,
  noteVerb,
  readinessVerb,
  snoozeVerb,
  minutesVerb,
  correctVerb,
  ...attendanceVerbs,
  recuseVerb,
  openVerb,
  ...roomVerbs,
  hereVerb,
  closeVerb,
];

const known = (): string => verbs.map(({ usage }) => usage).join('; ');

const run = async ({ text, people }: Said, ctx: Ctx): Promise<View> => {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  // A message that somebody points at is what the agenda should have.
  if (first === '' && ctx.quote) return addSaid({ text: rest, people }, ctx);
  if (first === '') return listAhead(ctx);
  const verb = verbs.find(({ word }) => word === first.toLowerCase());
  if (!verb) throw new Refusal('arguments', `Entente does not know 'meeting ${first}'. Say one of: ${known()}.`);
  return verb.run({ text: rest, people }, ctx);
};

export const meetingCommands: readonly Command[] = [
  command({
    name: 'meeting',
    summary: 'Prepare, run and minute the committee’s meetings.',
    usage: 'show, agenda, or nothing for the next ones',
    menu: 'Add to agenda',
    args: z.custom<Said>(),
    run,
  }),
  openCommand,
  closeCommand,
];
