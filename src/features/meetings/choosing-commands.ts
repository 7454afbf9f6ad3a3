/* Which meeting somebody means: the one they name, or the next one of the committee where they are. */
import { actingCommittees, calledCommittee } from '../../core/acting.js';
import type { Committee, Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Said } from '../../core/feature.js';
import { sameName } from '../../core/naming.js';
import { cut } from '../../core/sentences.js';
import type { View } from '../../core/view.js';
import { endsAt, type Meeting, type Status, statusWords } from './rules.js';
import { getMeeting, listMeetings } from './store.js';

/** What follows 'meeting': 'schedule JSC 11 Dec 14:00'. */
export interface Verb {
  readonly word: string;
  /** For help: 'schedule [committee] [when] [how long]'. */
  readonly usage: string;
  run(said: Said, ctx: Ctx): Promise<View>;
}

/** What is shared must not be begun where a company speaks to itself. @throws Refusal */
export const checkShared = (ctx: Ctx): void => {
  if (!ctx.place.internal) return;
  const { name } = ctx.actor.partner;
  throw new Refusal(
    'internal-lane',
    `This is ${name}’s own lane, and a meeting is shared by all companies. Say this in the committee’s channel, or to Entente directly.`,
  );
};

const LABEL = /^\s*M-(\d{1,9})(?![\p{L}\p{N}-])/iu;
/** Meant as a label, and none: it must not be taken for the words that follow one. */
const NO_LABEL = /^\s*(\p{L}{1,2}-\d[\p{L}\p{N}-]*)/iu;

interface Taken<T> {
  readonly found: T;
  /** What is left of what was said. */
  readonly said: Said;
}

/** The committee whose key the text begins with, else the one where they are. @throws Refusal where that is not one */
export const takeCommittee = async ({ text, people }: Said, ctx: Ctx): Promise<Taken<Committee>> => {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  const known = await ctx.directory.committees(ctx.alliance, 'all');
  if (known.some(({ key }) => sameName(key, first)))
    return { found: await calledCommittee(first, ctx), said: { text: rest, people } };
  const [only, ...others] = await actingCommittees(ctx);
  if (only && others.length === 0) return { found: only, said: { text, people } };
  const keys = others.length > 0 ? [only, ...others].map((one) => one?.key).join(', ') : undefined;
  throw new Refusal(
    'which-committee',
    keys === undefined
      ? 'You have no seat on a committee. Say its key, such as JSC.'
      : `Say which committee you mean: ${keys}.`,
  );
};

const noMeeting = (committee: Committee, statuses: readonly Status[]): Refusal => {
  if (statuses.includes('planned'))
    return new Refusal(
      'no-meeting',
      `The ${committee.key} has no meeting ahead. Schedule one: meeting schedule ${committee.key} 11 Dec 14:00 Zurich 90 min.`,
    );
  if (statuses.includes('open'))
    return new Refusal(
      'not-open',
      `The ${committee.key} has no meeting open. Say 'meeting open' to begin the next one.`,
    );
  return new Refusal('no-meeting', `The ${committee.key} has held no meeting yet.`);
};

/**
 * The meeting that the text begins with, 'M-9'; else, of the committee named or at hand, the first one in one of these
 * states, in their order; of those held, the last. @throws Refusal
 */
export const takeMeeting = async (said: Said, ctx: Ctx, statuses: readonly Status[]): Promise<Taken<Meeting>> => {
  const [whole, number] = LABEL.exec(said.text) ?? [];
  if (whole !== undefined) {
    const all = (await ctx.directory.committees(ctx.alliance, 'all')).map(({ id }) => id);
    const every = await listMeetings(ctx.db, all, ['planned', 'open', 'held', 'agreed', 'cancelled']);
    const found = every.find((one) => one.number === Number(number));
    if (!found) throw new Refusal('no-meeting', `There is no meeting M-${number}. Say 'meeting' for the next ones.`);
    if (!statuses.includes(found.status))
      throw new Refusal(
        'wrong-time',
        `M-${number} is ${statusWords[found.status].toLowerCase()}. Nothing has changed.`,
      );
    return { found, said: { text: said.text.slice(whole.length).trimStart(), people: said.people } };
  }
  const [, none] = NO_LABEL.exec(said.text) ?? [];
  if (none !== undefined)
    throw new Refusal('no-meeting', `There is no meeting ${cut(none, 20)}. Say 'meeting' for the next ones.`);
  const { found: committee, said: rest } = await takeCommittee(said, ctx);
  for (const status of statuses) {
    const meetings = await listMeetings(ctx.db, [committee.id], [status]);
    const ahead = meetings.find((one) => status !== 'planned' || endsAt(one) > ctx.now);
    // One that nobody opened or cancelled in its time is not what people mean, unless there is no other.
    const found = status === 'held' || status === 'agreed' ? meetings.at(-1) : (ahead ?? meetings.at(-1));
    if (found) return { found, said: rest };
  }
  throw noMeeting(committee, statuses);
};

/** The meeting that a button is about. @throws Refusal where it cannot be read */
export const pressedMeeting = async (id: string | undefined, ctx: Ctx): Promise<Meeting> => {
  const found = id === undefined ? undefined : await getMeeting(ctx.db, id, ctx.place.audience);
  if (!found) throw new Refusal('no-meeting', "You can read no such meeting here. Say 'meeting' for the next ones.");
  return found;
};
