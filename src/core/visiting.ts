/*
 * Calls of people who need not take part in anything yet: setting up an alliance, joining one.
 */
import { type AnsweringParts, answerOnce } from './answering.js';
import type { Visit } from './context.js';
import type { Tx } from './db/store.js';
import { mergePeople } from './directory/people.js';
import { directoryOf } from './directory/reads.js';
import { listActors } from './directory/resolve.js';
import { mergeOwners } from './entries/entries.js';
import { DeliveryError, Refusal } from './errors.js';
import type { Feature } from './feature.js';
import type { PersonId } from './ids.js';
import { type MeetingParts, profileOf } from './meeting.js';
import type { Call } from './platform.js';
import type { View } from './view.js';
import { createWork } from './work.js';

const guestRefusal = () =>
  new Refusal(
    'guest',
    'You are a guest in this workspace, so you cannot speak for its company. Write to Entente from your own company’s workspace.',
  );

/** The name is shown to the other company, so that it can tell who asks: without one there is nothing to confirm. */
const workspaceNameOf = async (parts: MeetingParts, { caller, spot }: Call): Promise<string> => {
  try {
    return (await parts.platforms.get(caller.platform)?.workspaceName(caller, spot)) ?? caller.workspace;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    throw new Refusal('no-name', 'Entente could not look up your workspace just now. Please try again in a minute.');
  }
};

const mergeEverywhere = async (
  tx: Tx,
  features: ReadonlyMap<string, Feature>,
  kept: PersonId,
  gone: PersonId,
): Promise<void> => {
  await mergePeople(tx, kept, gone);
  await mergeOwners(tx, kept, gone);
  for (const feature of features.values()) await feature.merged?.(kept, gone, tx);
};

/** What is visited: its feature, and whether it takes guests. */
export interface Visited {
  readonly feature: string;
  readonly guests?: true;
}

/** @throws Refusal for guests where they are not taken, and when the platform does not answer */
export const visit = async (
  parts: AnsweringParts & MeetingParts & { readonly features: ReadonlyMap<string, Feature> },
  call: Call,
  { feature, guests }: Visited,
  handle: (visit: Visit) => Promise<View>,
): Promise<View> => {
  const { caller, spot } = call;
  const [profile, workspaceName] = await Promise.all([profileOf(parts, caller, spot), workspaceNameOf(parts, call)]);
  if (!guests && (profile.guest || profile.workspace !== caller.workspace)) throw guestRefusal();
  const { newId, derive, features } = parts;
  return answerOnce(parts, call, `visit ${caller.platform}/${caller.workspace}`, async (tx, now) =>
    handle({
      db: tx,
      now,
      directory: directoryOf(tx, now),
      newId,
      derive,
      caller,
      spot,
      profile,
      workspaceName,
      actors: await listActors(tx, caller, now),
      merge: (kept, gone) => mergeEverywhere(tx, features, kept, gone),
      work: (alliance, person) => createWork({ tx, now, newId, derive, alliance, feature, features, person }),
    }),
  );
};
