/* **Not mine**: who then? */
import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction, type Press } from '../../core/feature.js';
import { audienceLine } from '../../core/sentences.js';
import { checkUndo } from '../../core/undoing.js';
import { type FormView, notice } from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import type { Item } from './agenda-rules.js';
import { getItem, saveItem } from './agenda-store.js';
import { pressedMeeting } from './choosing-commands.js';
import { checkHandOver, checkHeir, heirsOf } from './hand-over-rules.js';
import { HANDED_BACK, HANDED_OVER } from './raised-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { itemSubject, readKind, subjectOf } from './views.js';

/** As many as one choice holds on both platforms. */
const CHOICES = 100;

interface Loaded {
  readonly item: Item;
  readonly meeting: Meeting;
}

/** @throws Refusal for what cannot be read here */
const load = async ({ subject }: Pick<Press, 'subject'>, ctx: Ctx): Promise<Loaded> => {
  const { kind, rest } = readKind(subject?.id ?? '');
  const item = kind === 'item' ? await getItem(ctx.db, rest, ctx.place.audience) : undefined;
  if (!item) throw new Refusal('no-item', "This item is on no agenda that you can read here. Say 'meeting' to see it.");
  return { item, meeting: await pressedMeeting(item.meeting, ctx) };
};

const handOverForm = async ({ item, meeting }: Loaded, ctx: Ctx): Promise<FormView> => {
  const partners = await ctx.directory.partners(ctx.alliance);
  const heirs = heirsOf(item, await ctx.directory.seats(item.committee), ctx.actor.partner.id);
  if (heirs.length === 0)
    throw new Refusal('nobody-else', 'Nobody else sits on the committee to take this over. Seat somebody first.');
  return {
    ...{ kind: 'form', id: 'meetings.hand-over', title: 'Who then?', submit: 'Hand over' },
    audience: `${labelOf(meeting)}: ${item.title}. ${audienceLine(SHARED, partners)}`,
    subject: itemSubject(item.id),
    fields: [
      {
        ...{ kind: 'choice', name: 'owner', label: 'Who speaks to it', required: true },
        options: heirs.slice(0, CHOICES).map(({ person, personName, partner }) => ({
          value: person,
          label: `${personName}, ${partners.find(({ id }) => id === partner)?.name ?? ''}`,
        })),
      },
    ],
  };
};

const ask = interaction({
  id: 'meetings.ask-hand-over',
  values: z.object({}),
  run: async (press, ctx) => {
    const loaded = await load(press, ctx);
    checkHandOver(loaded.item, loaded.meeting);
    return handOverForm(loaded, ctx);
  },
});

const handOver = interaction({
  id: 'meetings.hand-over',
  values: z.object({ owner: z.string('Choose who takes it over.').min(1, 'Choose who takes it over.') }),
  run: async (press, ctx) => {
    const { item, meeting } = await load(press, ctx);
    checkHandOver(item, meeting);
    const seats = await ctx.directory.seats(item.committee);
    const heir = checkHeir(press.values.owner, item, seats, ctx.actor.partner.id);
    await saveItem(ctx.db, { ...item, owner: heir.person });
    const detail = { item: item.id, owner: heir.person, ownerWas: item.owner };
    await ctx.record(subjectOf(meeting.id), HANDED_OVER, detail);
    const heard = heir.person === ctx.actor.person ? '' : ' They hear of it on their next working day.';
    return notice(`'${item.title}' is ${heir.personName}’s now.${heard}`, [
      { id: 'meetings.undo-hand-over', label: 'Undo', subject: itemSubject(item.id) },
    ]);
  },
});

const undo = interaction({
  id: 'meetings.undo-hand-over',
  values: z.object({}),
  run: async (press, ctx) => {
    const { item, meeting } = await load(press, ctx);
    checkHandOver(item, meeting);
    const changes = (await ctx.history(subjectOf(meeting.id))).filter(
      ({ verb, detail }) => [HANDED_OVER, HANDED_BACK].includes(verb) && detail.item === item.id,
    );
    const last = changes.at(-1);
    const was = last?.detail.ownerWas;
    checkUndo(last?.verb === HANDED_OVER ? last.at : undefined, ctx.now, 'Hand it over once more instead.');
    if (last?.person !== ctx.actor.person || typeof was !== 'string' || last.detail.owner !== item.owner)
      throw new Refusal('not-yours', 'Only who handed this over can take it back. Hand it over once more instead.');
    await saveItem(ctx.db, { ...item, owner: was as Item['owner'] });
    await ctx.record(subjectOf(meeting.id), HANDED_BACK, { item: item.id, owner: was, ownerWas: item.owner });
    const names = await ctx.directory.names([was as Item['owner']]);
    return notice(`'${item.title}' is ${names.get(was as Item['owner']) ?? 'a former member'}’s again.`);
  },
});

export const handOverInteractions: readonly Interaction[] = [ask, handOver, undo];
