import { z } from 'zod';
import type { CommandCall, PressCall } from '../../../src/core/platform.js';

const spoken = z.object({ id: z.string(), space: z.string(), room: z.string(), user: z.string(), direct: z.boolean() });
const said = spoken.extend({ text: z.string() });
const pressed = spoken.extend({
  press: z.object({
    button: z.custom<PressCall['interaction']>((id) => /^\w+\.[\w-]+$/.test(String(id))),
    subject: z.object({ feature: z.string(), id: z.string() }).optional(),
    values: z.record(z.string(), z.string()),
  }),
});

const callOf = ({ id, space, room, user, direct }: z.output<typeof spoken>) => ({
  id: `plain:${id}`,
  caller: { platform: 'teams' as const, workspace: space, user },
  spot: { platform: 'teams' as const, workspace: space, conversation: room, direct },
});

/** Only the fields used, once, at the edge. @throws ZodError */
export const readCall = (body: unknown): CommandCall | PressCall => {
  const press = pressed.safeParse(body).data;
  if (press) {
    const { button, subject, values } = press.press;
    return { ...callOf(press), interaction: button, subject, values };
  }
  const words = said.parse(body);
  return { ...callOf(words), words: [words.text] };
};
