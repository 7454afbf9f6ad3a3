/*
 * What a button carries through Slack and brings back: its interaction as action_id, the rest as JSON in its value.
 */
import { z } from 'zod';
import type { CommandCall } from '../../core/platform.js';
import type { Button, InteractionId, Subject } from '../../core/view.js';
import { limits } from './limits.js';

/** The one button of ours: it says a command again, since a message brings no trigger to open a form with. */
export const SAY_AGAIN = 'entente.form';

const subject = z.object({ feature: z.string(), id: z.string() });
const carried = z.object({ subject: subject.optional(), carry: z.record(z.string(), z.string()).optional() });
const word = z.union([z.string(), z.object({ user: z.string(), workspace: z.string(), name: z.string() })]);
const replied = z.object({ message: z.string(), reply: z.string() });
const said = z.object({ words: z.array(word), replied: replied.optional().catch(undefined) });

const parseJson = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

export interface Carried {
  readonly interaction: InteractionId;
  readonly subject?: Subject;
  readonly values: Readonly<Record<string, string>>;
}

/** @returns a button's value; none when it carries nothing, since Slack refuses an empty one */
export const loadOf = (button: Button): string | undefined =>
  button.subject || button.carry ? JSON.stringify({ subject: button.subject, carry: button.carry }) : undefined;

/** A button that could not come back with all it carries is not shown. */
export const fitsSlack = (button: Button): boolean =>
  (loadOf(button)?.length ?? 0) <= limits.buttonValue && button.id.length <= limits.actionId - 4;

/** action_ids must differ within a block: the second button of an interaction gets '#2'. */
export const actionIds = (buttons: readonly Button[]): readonly string[] => {
  const seen = new Map<string, number>();
  return buttons.map(({ id }) => {
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id}#${times}`;
  });
};

/** A value that cannot be read is a button from elsewhere; the interaction then says what to do. */
export const readPress = (actionId: string, value: string | undefined): Carried => {
  const { data } = carried.safeParse(parseJson(value));
  return {
    interaction: actionId.replace(/#\d+$/, '') as InteractionId,
    subject: data?.subject,
    values: data?.carry ?? {},
  };
};

export type Said = Pick<CommandCall, 'words' | 'replied'>;

/** Long words would not fit: then the command's own word has to do. */
export const sayAgainValue = ({ words, replied }: Said): string => {
  const whole = JSON.stringify({ words, replied });
  if (whole.length <= limits.buttonValue) return whole;
  const first = typeof words[0] === 'string' ? (/\S+/.exec(words[0])?.[0] ?? '') : '';
  return JSON.stringify({ words: [first.slice(0, 100)], replied });
};

export const readSayAgain = (value: string | undefined): Said => {
  const { data } = said.safeParse(parseJson(value));
  return { words: data?.words ?? [], ...(data?.replied && { replied: data.replied }) };
};
