import type { World } from '../model.js';

/** What there is to try next: to be written on Slack, and what to do then. */
export interface Step {
  readonly example: string;
  readonly next: 'confirm' | 'accept' | 'clock' | 'join';
}

const STEPS: Readonly<Record<Step['next'], Step>> = {
  confirm: { example: '/decision Meet monthly because the data comes monthly', next: 'confirm' },
  accept: { example: '/action @Ben Ito Send the revised protocol by Friday', next: 'accept' },
  clock: { example: '/entente log', next: 'clock' },
  join: { example: '/entente setup', next: 'join' },
};

/** After a decision was agreed an action, and after that the clock. */
export const nextStep = ({ begun, slack }: Pick<World, 'begun' | 'slack'>): Step => {
  if (begun === 'empty') return STEPS.join;
  const seen = (words: RegExp): boolean =>
    slack.messages.some(({ from, plain }) => from === slack.bot.id && words.test(plain));
  if (seen(/^A-\d+ /mu)) return STEPS.clock;
  return seen(/^D-\d+ [\s\S]*\bAgreed\b/mu) ? STEPS.accept : STEPS.confirm;
};
