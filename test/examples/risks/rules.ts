import { z } from 'zod';
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

/** @throws Refusal for one that is closed */
export const checkClose = ({ number, closed }: Risk): void => {
  if (closed) throw new Refusal('closed', `R-${number} is closed already. Nothing has changed.`);
};
