/*
 * Where every error of a call is answered.
 */
import { findChannelAt } from './directory/channels.js';
import { listPartnersAt } from './directory/people.js';
import { listStandings } from './directory/standings.js';
import { Refusal } from './errors.js';
import { type SurveyParts, surveyPlace } from './exposure.js';
import type { Answer, Call } from './platform.js';
import { notice } from './view.js';

const failedAnswer: Answer = {
  outcome: 'failed',
  view: notice('Something went wrong on our side and nothing was saved. Please try again in a minute.'),
};

/** Refusals of people who are no company's people where they speak: others than that company's read there. */
const outside: ReadonlySet<string> = new Set(['stranger', 'unknown-workspace', 'guest']);

/** True for a stranger in a company's channel, and in its own lane for people of others and guests' accounts. */
const isIntruder = async ({ store: { read } }: SurveyParts, call: Call, refusal?: string): Promise<boolean> => {
  const { caller, spot } = call;
  const channel = spot.direct ? undefined : await findChannelAt(read, spot);
  if (!channel || channel.shared) return false;
  if (refusal !== undefined && outside.has(refusal)) return true;
  if (!channel.internal) return false;
  if (!(await listPartnersAt(read, caller)).includes(channel.partner)) return true;
  const standings = await listStandings(read, caller);
  return standings.length > 0 && standings.every(({ home }) => home === null);
};

/** Whoever speaks in a channel reads it, whatever they say and also when nothing is answered. */
const watch = async (parts: SurveyParts, call: Call, refusal?: string): Promise<void> => {
  try {
    if (await isIntruder(parts, call, refusal)) await surveyPlace(parts, call.spot, true);
  } catch (error) {
    // What was done stays done, and what was refused stays refused.
    parts.log.error({ call: call.id, err: error }, 'lane not watched');
  }
};

/** Does what a call asks for, or says why not: none of a call's errors goes further. */
export const guarded = async (parts: SurveyParts, call: Call, work: () => Promise<Answer>): Promise<Answer> => {
  try {
    const answer = await work();
    await watch(parts, call);
    return answer;
  } catch (error) {
    if (error instanceof Refusal) {
      await watch(parts, call, error.code);
      parts.log.info({ call: call.id, code: error.code }, 'refused');
      return { outcome: 'refused', view: notice(error.sentence), field: error.field };
    }
    parts.log.error({ call: call.id, err: error }, 'call failed');
    return failedAnswer;
  }
};
