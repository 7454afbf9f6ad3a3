/* The forms of whoever plans meetings, and the buttons that open them. */
import { z } from 'zod';
import { openCommittee } from '../../core/acting.js';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { settleTimes } from '../../core/settled-times.js';
import { takeRule } from '../../core/spoken-rules.js';
import {
  checkPlace,
  type Hearing,
  readMinutes,
  readTime,
  readZone,
  type SpokenTimes,
} from '../../core/spoken-times.js';
import { cancel, move } from './changing-commands.js';
import { checkShared, pressedMeeting } from './choosing-commands.js';
import { hearingOf, schedule } from './planning-commands.js';
import { askAnywhere, askCancel, askMove } from './schedule-commands.js';
import { USUAL_MINUTES } from './schedule-views.js';

const text = z.string().trim().default('');
const nothing = z.object({});

const times = z.object({ day: text, time: text, zone: text, length: text, place: text });

/** One day and nothing else. @throws Refusal */
const readDay = (said: string, { findDays }: Hearing): Pick<SpokenTimes, 'day' | 'onOrAfter'> => {
  if (said === '') return {};
  const [day, ...others] = findDays(said.replace(/^from\s+/iu, 'starting '));
  if (day && others.length === 0 && !day.ambiguous)
    return { day: day.on, ...(/^from\s/iu.test(said) && { onOrAfter: true }) };
  throw new Refusal('no-day', `Entente cannot read '${said.slice(0, 40)}' as one day. Write it like 11 Dec.`, 'day');
};

/** Each at its own field. @throws Refusal */
const readForm = (values: z.output<typeof times>, hearing: Hearing): SpokenTimes => {
  const { day, time, zone, length, place } = values;
  return {
    ...readDay(day, hearing),
    ...(time !== '' && { time: readTime(time) }),
    ...(zone !== '' && { zone: readZone(zone, hearing.near) }),
    ...(length !== '' && { minutes: readMinutes(length) }),
    place: checkPlace(place),
  };
};

/** @throws Refusal for words that say something else besides */
const readRepeats = (said: string, hearing: Hearing): Pick<SpokenTimes, 'rule'> => {
  if (/^(?:|once|never|no|none)$/iu.test(said)) return {};
  const { rule, rest } = takeRule(said, hearing);
  if (rule && rest.replace(/[|\s,.;]/gu, '') === '') return { rule };
  throw new Refusal(
    'no-rule',
    `Entente cannot read '${said.slice(0, 60)}'. Say it like 'every two weeks', 'second Thursday of every month until June 2027', or leave it empty.`,
    'repeats',
  );
};

const submit = interaction({
  id: 'meetings.schedule',
  values: times.extend({ committee: z.string('Choose a committee.'), repeats: text }),
  run: async ({ values }, ctx) => {
    checkShared(ctx);
    const committee = await openCommittee(values.committee, ctx);
    const hearing = hearingOf(ctx);
    const said = { ...readForm(values, hearing), ...readRepeats(values.repeats, hearing) };
    const { now, actor } = ctx;
    return schedule(settleTimes(said, { now, zone: actor.zone, minutes: USUAL_MINUTES }), committee, ctx);
  },
});

const which = z.enum(['one', 'all']).default('one');

const submitMove = interaction({
  id: 'meetings.move',
  values: times.extend({ which }),
  run: async ({ subject, values }, ctx) => {
    checkShared(ctx);
    const meeting = await pressedMeeting(subject?.id, ctx);
    return move(meeting, readForm(values, hearingOf(ctx)), values.which === 'all', ctx);
  },
});

const submitCancel = interaction({
  id: 'meetings.cancel',
  values: z.object({ reason: text, which }),
  run: async ({ subject, values }, ctx) => {
    checkShared(ctx);
    const meeting = await pressedMeeting(subject?.id, ctx);
    return cancel(meeting, values.reason, values.which === 'all', ctx);
  },
});

const ask = interaction({ id: 'meetings.ask-schedule', values: nothing, run: (_, ctx) => askAnywhere(ctx) });

const asking = (id: 'move' | 'cancel', open: typeof askMove): Interaction =>
  interaction({
    id: `meetings.ask-${id}`,
    values: nothing,
    run: async ({ subject }, ctx: Ctx) => open(await pressedMeeting(subject?.id, ctx), ctx),
  });

export const scheduleInteractions: readonly Interaction[] = [
  ...[ask, submit, asking('move', askMove), submitMove, asking('cancel', askCancel), submitCancel],
];
