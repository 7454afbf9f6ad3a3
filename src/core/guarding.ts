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

/** True for a company's own lane, and somebody of another company or with a guest's account. */
const isIntruder = async ({ store: { read } }: SurveyParts, { caller, spot }: Call): Promise<boolean> => {
  const channel = spot.direct ? undefined : await findChannelAt(read, spot);
  if (!channel?.internal || channel.shared) return false;
  if (!(await listPartnersAt(read, caller)).includes(channel.partner)) return true;
  const standings = await listStandings(read, caller);
  return standings.length > 0 && standings.every(({ home }) => home === null);
};

const watch = async (parts: SurveyParts, call: Call): Promise<void> => {
  if (await isIntruder(parts, call)) await surveyPlace(parts, call.spot, true);
};

/** Whoever speaks in a channel reads it, whatever they say and also when nothing is answered. */
const proving = async (parts: SurveyParts, call: Call, work: () => Promise<Answer>): Promise<Answer> => {
  const { spot } = call;
  try {
    const answer = await work();
    // What was done stays done, whether or not this is.
    await watch(parts, call).catch((error: unknown) =>
      parts.log.error({ call: call.id, err: error }, 'lane not watched'),
    );
    return answer;
  } catch (error) {
    if (error instanceof Refusal && outside.has(error.code) && !spot.direct) await surveyPlace(parts, spot, true);
    throw error;
  }
};

/** Does what a call asks for, or says why not: none of a call's errors goes further. */
export const guarded = async (parts: SurveyParts, call: Call, work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await proving(parts, call, work);
  } catch (error) {
    if (error instanceof Refusal) {
      parts.log.info({ call: call.id, code: error.code }, 'refused');
      return { outcome: 'refused', view: notice(error.sentence), field: error.field };
    }
    parts.log.error({ call: call.id, err: error }, 'call failed');
    return failedAnswer;
  }
};
