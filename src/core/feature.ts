import type { z } from 'zod';
import type { Actor, Audience, Ctx, Read, Work } from './context.js';
import type { Kit } from './db/kit.js';
import { Refusal } from './errors.js';
import type { PersonId } from './ids.js';
import type { InteractionId, ListItem, Subject, View } from './view.js';

const parsed = <A>(schema: z.ZodType<A>, input: unknown): A => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path[0];
  throw new Refusal(
    'arguments',
    issue?.message ?? 'That could not be read.',
    field === undefined ? undefined : String(field),
  );
};

/** What somebody said after the command's word: mentions stand in `text` as names, and in `people` in order. */
export interface Said {
  readonly text: string;
  readonly people: readonly { readonly id?: PersonId; readonly name: string }[];
}

export interface Command {
  /** The word people type, lower case. */
  readonly name: string;
  /** One line for help and the platforms' command menus. */
  readonly summary: string;
  /** What follows the word: '[what was decided] because ...'. */
  readonly usage: string;
  /** Label in both platforms' message menus; at most 24 characters. */
  readonly menu?: string;
  run(said: Said, ctx: Ctx): Promise<View>;
}

/** A command whose words are parsed by its own schema; a failed parse is a refusal with the schema's sentence. */
export const command = <A>(
  spec: Omit<Command, 'run'> & { args: z.ZodType<A>; run(args: A, ctx: Ctx): Promise<View> },
): Command => ({
  ...spec,
  run: async (said, ctx) => spec.run(parsed(spec.args, said), ctx),
});

export interface Press {
  readonly subject?: Subject;
  readonly values: Readonly<Record<string, string>>;
}

/** What happens when a button is pressed or a form submitted. */
export interface Interaction {
  readonly id: InteractionId;
  run(press: Press, ctx: Ctx): Promise<View>;
}

/** An interaction whose values are parsed by its own schema; a failed parse is a refusal at the field. */
export const interaction = <V>(spec: {
  id: InteractionId;
  values: z.ZodType<V>;
  run(press: { readonly subject?: Subject; readonly values: V }, ctx: Ctx): Promise<View>;
}): Interaction => ({
  id: spec.id,
  run: async (press, ctx) => spec.run({ subject: press.subject, values: parsed(spec.values, press.values) }, ctx),
});

/** A feature offers any of these, and nothing else reaches into it. */
export interface Feature {
  readonly name: string;
  readonly tables?: (kit: Kit) => Record<string, unknown>;
  readonly commands?: readonly Command[];
  readonly interactions?: readonly Interaction[];
  /** The subject's card as it is now, for those who can read it there; nothing where they cannot. */
  present?(id: string, read: Read, audience: Audience): Promise<View | undefined>;
  /** What waits for this person, most urgent first. */
  waiting?(actor: Actor, read: Read, audience: Audience): Promise<readonly ListItem[]>;
  /** An alarm it set has come due. */
  wake?(key: string, work: Work): Promise<void>;
}
