import { z } from 'zod';
import { wantCards } from '../../core/cards.js';
import type { Ctx } from '../../core/context.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { notice, type Subject } from '../../core/view.js';
import { answerSchema, checkAnswer, type Document, PLACE_MS } from './document-rules.js';
import { getDocument, insertDocument, saveAnswer } from './document-store.js';
import { pressedMinutes } from './minutes-interactions.js';
import { labelOf } from './rules.js';
import { documentSubject, readKind } from './views.js';

/** The key of the alarm that forgets where a document was put. */
export const placeKey = (id: string): string => `document:${id}`;

/** Wishes for the file; it is written and sent when its card is delivered. */
const ask = interaction({
  id: 'meetings.ask-document',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const { minutes } = await pressedMinutes(subject, ctx);
    const { person, partner } = ctx.actor;
    const asked = { alliance: ctx.alliance, partner: partner.id, person, askedAt: ctx.now };
    const id = ctx.newId();
    await insertDocument(ctx.db, { id, meeting: minutes.meeting.id, state: 'offered', ...asked });
    await ctx.tell(person, documentSubject(id));
    return notice(
      `The minutes of ${labelOf(minutes.meeting)} are on their way to your direct messages, as a document.`,
    );
  },
});

const load = async (subject: Subject | undefined, ctx: Ctx): Promise<Document> => {
  const found = subject && (await getDocument(ctx.db, readKind(subject.id).rest, ctx.place.audience));
  return checkAnswer(found, ctx.actor.person, ctx.now);
};

const answer = async (ctx: Ctx, { id }: Document, state: Document['state'], place?: string): Promise<void> => {
  await saveAnswer(ctx.db, id, state, place);
  await wantCards(ctx.db, documentSubject(id), ctx.now);
};

/** Pressed where a platform asks its people before it takes a file. */
const accept = interaction({
  id: 'meetings.accept-document',
  values: answerSchema,
  run: async ({ subject, values: { place } }, ctx) => {
    const document = await load(subject, ctx);
    await answer(ctx, document, 'accepted', place);
    await ctx.wakeAt(placeKey(document.id), ctx.now + PLACE_MS);
    return notice('The document is on its way.');
  },
});

const decline = interaction({
  id: 'meetings.decline-document',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    await answer(ctx, await load(subject, ctx), 'declined');
    return notice('Declined. Nothing was sent.');
  },
});

export const documentInteractions: readonly Interaction[] = [ask, accept, decline];
