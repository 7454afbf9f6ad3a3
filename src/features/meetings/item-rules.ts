/* What forms about items bring back: it comes from outside, so it may be anything. Pure. */
import { z } from 'zod';
import { agendaKinds } from '../../core/agenda.js';
import type { PersonId } from '../../core/ids.js';
import { checkLink, checkPages, type ItemDraft, itemLimits, readNumber } from './agenda-draft-rules.js';

/** Where a message stands that an item was taken from. */
export const sourceSchema = z.url({ protocol: /^https?$/ }).max(1_000);

const text = z.string().optional();

export const itemValues = z.object({
  kind: z.enum(agendaKinds).optional().catch(undefined),
  ...{ title: text, question: text, owner: text, minutes: text, link: text, pages: text, room: text },
});

const filled = (said: string | undefined): string | undefined => (said?.trim() ? said : undefined);

/** What was filled in, as far as it says anything. */
export const draftOf = (values: z.infer<typeof itemValues>): ItemDraft => {
  const { kind, room } = values;
  const [title, question, link] = [filled(values.title), filled(values.question), filled(values.link)];
  const owner = filled(values.owner) as PersonId | undefined;
  const [minutes, pages] = [readNumber(values.minutes), readNumber(values.pages)];
  return {
    ...(kind && { kind }),
    ...(title !== undefined && { title }),
    ...(question !== undefined && { question }),
    ...(owner !== undefined && { owner }),
    ...(minutes !== undefined && { minutes }),
    ...(link !== undefined && { link }),
    ...(pages !== undefined && { pages }),
    ...(kind === 'information' && { inRoom: room === 'room' }),
  };
};

export const paperValues = z.object({ link: text, pages: text });

/** @throws Refusal for no link, or one that is none */
export const paperOf = (values: z.infer<typeof paperValues>): { readonly link: string; readonly pages?: number } => {
  const pages = readNumber(values.pages);
  return { link: checkLink(values.link ?? ''), ...(pages !== undefined && { pages: checkPages(pages) }) };
};

export const reasonOf = (said: string | undefined): string | undefined =>
  filled(said) === undefined ? undefined : [...(said ?? '').trim()].slice(0, itemLimits.reason).join('');
