import { z } from 'zod';
import type { Actor } from '../../../src/core/context.js';
import { Refusal } from '../../../src/core/errors.js';

export interface Risk {
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly closed: boolean;
}

export const riskSchema = z.object({
  text: z
    .string()
    .trim()
    .min(1, 'Say what may go wrong: risk [what may happen].')
    .max(500, 'A risk fits in 500 letters.'),
});

/** @throws Refusal */
export const checkClose = (risk: Risk, actor: Actor): void => {
  if (risk.closed) throw new Refusal('closed', `R-${risk.number} is closed already.`);
  if (!actor.professional) throw new Refusal('not-yours', 'Only an alliance professional closes a risk. Ask yours.');
};
