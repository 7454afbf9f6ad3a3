/* What a company's people ask for while it prepares: where they stand, and its own card. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { ListView, RecordView } from '../../core/view.js';
import { listItems } from './agenda-store.js';
import { takeMeeting, type Verb } from './choosing-commands.js';
import { checkOwn } from './internal-rules.js';
import { internalCard, knownOf } from './internal-views.js';
import { isAsked } from './position-rules.js';
import { positionsList } from './position-views.js';
import { labelOf, type Meeting } from './rules.js';
import { lookingAt } from './views.js';

const notShown = (meeting: Meeting): Refusal =>
  new Refusal('not-own', `The preparation of ${labelOf(meeting)} cannot be shown here. Say it to Entente directly.`);

/** Each question of a meeting, and where one's own company stands. @throws Refusal where others read */
export const openPositions = async (meeting: Meeting, ctx: Ctx, page?: number): Promise<ListView> => {
  checkOwn(ctx);
  const looking = await lookingAt(meeting.committee, ctx, ctx.place.audience);
  const items = (await listItems(ctx.db, meeting.id, ctx.place.audience)).filter(isAsked);
  const known = looking && (await knownOf(items, looking));
  if (!known) throw notShown(meeting);
  return positionsList(meeting, items, known, { person: ctx.actor.person, ...(page !== undefined && { page }) });
};

/** @throws Refusal where others read */
export const openPreparation = async (meeting: Meeting, ctx: Ctx): Promise<RecordView> => {
  checkOwn(ctx);
  const card = await internalCard(meeting, ctx, ctx.place.audience);
  if (!card) throw notShown(meeting);
  return card;
};

export const positionsVerb: Verb = {
  word: 'positions',
  usage: 'positions [M-9]',
  run: async (said, ctx) => {
    checkOwn(ctx);
    const { found } = await takeMeeting(said, ctx, ['open', 'planned']);
    return openPositions(found, ctx);
  },
};

export const prepVerb: Verb = {
  word: 'prep',
  usage: 'prep [M-9]',
  run: async (said, ctx) => {
    checkOwn(ctx);
    const { found } = await takeMeeting(said, ctx, ['open', 'planned', 'held', 'agreed']);
    return openPreparation(found, ctx);
  },
};
