import { Refusal } from '../../core/errors.js';
import { checkPermission, seated } from '../../core/permission.js';
import { addCorrection, textSchema } from './change-interactions.js';
import { correctionForm } from './change-views.js';
import { checkShared, takeMeeting, type Verb } from './choosing-commands.js';
import { loadMinutes } from './minutes-interactions.js';
import { checkLocked } from './minutes-rules.js';
import { readingView } from './reading-views.js';

/** 'meeting minutes M-9': the last ones unless told, to be read by whoever asks. */
export const minutesVerb: Verb = {
  word: 'minutes',
  usage: 'minutes [M-9]',
  run: async (said, ctx) => {
    const { found } = await takeMeeting(said, ctx, ['held', 'agreed']);
    const { minutes, around } = await loadMinutes(found, ctx);
    return readingView(minutes, around);
  },
};

/** 'meeting correct M-9 Bob was there': once the minutes are agreed. */
export const correctVerb: Verb = {
  word: 'correct',
  usage: 'correct [M-9] [what is to be corrected]',
  run: async (said, ctx) => {
    checkShared(ctx);
    const { found, said: rest } = await takeMeeting(said, ctx, ['agreed', 'held']);
    checkLocked(found);
    const { minutes, around } = await loadMinutes(found, ctx);
    checkPermission(seated, { actor: ctx.actor, committee: around.committee });
    if (rest.text.trim() === '') return correctionForm(minutes, around);
    const text = textSchema('Say what is to be corrected.').safeParse(rest.text);
    if (!text.success) throw new Refusal('arguments', text.error.issues[0]?.message ?? 'Say it in fewer words.');
    return addCorrection(found, text.data, ctx);
  },
};
