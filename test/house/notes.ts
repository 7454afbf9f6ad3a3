import { z } from 'zod';
import { type Feature, interaction } from '../../src/core/feature.js';
import type { CommitteeId } from '../../src/core/ids.js';

/** A feature small enough to test the core with: notes whose text stands in memory. */
export const createNotes = () => {
  const texts = new Map<string, string>();
  const subject = (id: string) => ({ feature: 'notes', id });
  const woken: string[] = [];
  const feature: Feature = {
    name: 'notes',
    commands: [
      {
        name: 'note',
        summary: 'Write a note.',
        usage: '[text]',
        run: async (said, ctx) => {
          const id = ctx.newId();
          texts.set(id, said.text);
          await ctx.record(subject(id), 'written', {});
          await ctx.announce(subject(id), ctx.place.committee?.id as CommitteeId);
          return { kind: 'notice', text: id };
        },
      },
      {
        name: 'alarm',
        summary: 'Set an alarm.',
        usage: '[key] [minutes] [useful for minutes]',
        run: async (said, ctx) => {
          const [key = '', minutes, until] = said.text.split(' ');
          const at = ctx.now + Number(minutes) * 60_000;
          await ctx.wakeAt(key, at, until === undefined ? {} : { until: at + Number(until) * 60_000 });
          return { kind: 'notice', text: 'set' };
        },
      },
      {
        name: 'calm',
        summary: 'Cancel an alarm.',
        usage: '[key]',
        run: async (said, ctx) => {
          await ctx.cancelWake(said.text);
          return { kind: 'notice', text: 'cancelled' };
        },
      },
    ],
    interactions: [
      interaction({
        id: 'notes.rewrite',
        values: z.object({ text: z.string() }),
        run: async (press, ctx) => {
          if (!press.subject) throw new Error('a rewrite needs its note');
          texts.set(press.subject.id, press.values.text);
          await ctx.record(press.subject, 'rewritten', {});
          return { kind: 'notice', text: 'rewritten' };
        },
      }),
    ],
    present: async (id) => ({
      kind: 'record',
      subject: subject(id),
      label: 'N',
      title: texts.get(id) ?? '',
      status: 'Open',
      summary: texts.get(id) ?? '',
      facts: [],
      footer: [],
      buttons: [],
    }),
    wake: async (key) => {
      woken.push(key);
    },
  };
  return { feature, subject, woken };
};
