/*
 * Who calls, and who is mentioned: people whom Entente has not met are asked of the platform, before any transaction.
 */
import { findAlly, findAllyById } from './directory/mentions.js';
import { type Resolution, resolveCall, strangerRefusal } from './directory/resolve.js';
import { Refusal } from './errors.js';
import type { Mentioned } from './feature.js';
import type { AllianceId, Instant } from './ids.js';
import { type MeetingParts, meet } from './meeting.js';
import type { Call, PressCall, Spot, Word } from './platform.js';

export interface CallerParts extends MeetingParts {
  readonly now: () => Instant;
}

/** Who calls; somebody of a workspace that takes part is met first. @throws Refusal for strangers */
export const resolveCaller = async (
  parts: CallerParts,
  call: Call | PressCall,
): Promise<Exclude<Resolution, { kind: 'unmet' }>> => {
  const { read } = parts.store;
  const found = await resolveCall(read, call, parts.now());
  if (found.kind !== 'unmet') return found;
  await meet(parts, call.caller, call.spot);
  const met = await resolveCall(read, call, parts.now());
  if (met.kind === 'unmet') throw await strangerRefusal(read, call.caller);
  return met;
};

/** More people than this nobody means at once, and each of them may have to be asked about. */
const MOST_MENTIONED = 20;

/** The people mentioned, in order; somebody who takes no part in the alliance, or comes after many others, keeps the name the platform gave. */
export const identifyPeople = async (
  parts: CallerParts,
  alliance: AllianceId,
  near: Spot,
  words: readonly Word[],
): Promise<Mentioned[]> => {
  const { read } = parts.store;
  const identify = async ({ user, workspace, name }: Exclude<Word, string>): Promise<Mentioned> => {
    const account = { platform: near.platform, workspace, user };
    const known = await findAlly(read, alliance, account);
    // Who cannot be looked up now stays a name, and the command says whom it does not know.
    const met = known ? undefined : await meet(parts, account, near).catch(refused);
    return known ?? (met && (await findAllyById(read, alliance, met))) ?? { name };
  };
  const seen = new Map<string, Mentioned>();
  const people: Mentioned[] = [];
  for (const word of words) {
    if (typeof word === 'string') continue;
    const key = `${word.workspace} ${word.user}`;
    const known = seen.get(key) ?? (seen.size < MOST_MENTIONED ? await identify(word) : undefined);
    if (known) seen.set(key, known);
    people.push(known ?? { name: word.name });
  }
  return people;
};

const refused = (error: unknown): undefined => {
  if (!(error instanceof Refusal)) throw error;
};
