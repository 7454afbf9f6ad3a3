import { z } from 'zod';

/*
 * What the control interface takes. Strict, so that a misspelt field is a mistake and not silently something else.
 */
const side = z.enum(['slack', 'teams']);
const id = z.string().min(1);
const text = z.string();
const action = z.union([z.number().int().min(0), id]);
const values = z.record(z.string(), z.union([text, z.array(text)]));
const kind = z.enum(['command', 'interaction', 'event']);

export const requests = {
  say: z.strictObject({ side, person: id, conversation: id.optional(), text, thread: id.optional() }),
  press: z.strictObject({
    side,
    person: id,
    message: id.optional(),
    dialog: id.optional(),
    home: z.boolean().optional(),
    action,
    value: text.optional(),
    inputs: values.optional(),
  }),
  submit: z.strictObject({ side, person: id, dialog: id.optional(), values, action: action.optional() }),
  close: z.strictObject({ side, person: id, dialog: id.optional() }),
  menu: z.strictObject({ side, person: id, message: id, entry: id }),
  home: z.strictObject({ side: z.literal('slack').optional(), person: id }),
  presence: z.strictObject({ side, conversation: id, present: z.boolean() }),
  member: z.strictObject({ side, conversation: id, person: id, here: z.boolean() }),
  share: z.strictObject({ side, conversation: id, shared: z.boolean(), with: id.optional() }),
  install: z.strictObject({ side, workplace: id.optional() }),
  consent: z.strictObject({
    answer: z.enum(['ask', 'allow', 'deny']),
    person: id.optional(),
    org: z.boolean().optional(),
    rotating: z.boolean().optional(),
  }),
  clock: z.union(
    [z.strictObject({ to: z.number().int() }), z.strictObject({ by: z.number().int() })],
    'Say {to: milliseconds since 1970} or {by: milliseconds}.',
  ),
  archive: z.strictObject({ conversation: id, archived: z.boolean() }),
  failure: z.discriminatedUnion('mode', [
    z.strictObject({ side, mode: z.literal('ok') }),
    z.strictObject({ side, mode: z.literal('ratelimited'), retryAfter: z.number().min(0) }),
    z.strictObject({ side, mode: z.literal('error') }),
    z.strictObject({ side, mode: z.literal('slow'), delayMs: z.number().min(0) }),
    z.strictObject({ side, mode: z.literal('down') }),
    z.strictObject({ side, mode: z.literal('random'), seed: z.number().int(), share: z.number().min(0).max(1) }),
  ]),
  raw: z.strictObject({
    side,
    body: z.unknown(),
    contentType: text.optional(),
    signature: z.enum(['good', 'forged', 'old', 'none']).optional(),
    padTo: z.number().int().min(0).optional(),
    headers: z.record(text, text).optional(),
  }),
  redeliver: z.strictObject({ side, kind: kind.optional() }),
  await: z.strictObject({
    side,
    conversation: id.optional(),
    match: text,
    person: id.optional(),
    timeoutMs: z.number().min(0).optional(),
  }),
  reset: z.strictObject({}),
  calls: z.strictObject({ side: side.optional(), method: text.optional(), since: z.coerce.number().optional() }),
} as const;
