/* What waits for somebody, over all features: their own, and that of those whom they cover for. */
import type { Actor, Audience, Committee, Read } from './context.js';
import { type Covered, listCovered } from './directory/absences.js';
import { readingOnce } from './directory/reads.js';
import { actorFor } from './directory/resolve.js';
import type { Feature, Waiting } from './feature.js';
import type { Log } from './log.js';
import type { Permissions } from './permission.js';
import type { Button, Span, Text } from './view.js';

export interface GatheringParts {
  readonly features: ReadonlyMap<string, Feature>;
  readonly permissions?: Permissions;
  readonly log?: Log;
}

/** Stands for what a feature could not list, so that nobody believes that nothing waits. */
export const UNLISTED: Waiting = {
  title: 'Some of what waits could not be listed',
  text: 'Whoever runs Entente finds in its log why.',
};

/** Our own bug in one record must not keep everything else that waits from whoever it waits for. */
const orUnlisted = async (
  list: Promise<readonly Waiting[]> | undefined,
  noted: (error: unknown) => void,
): Promise<readonly Waiting[]> => {
  try {
    return (await list) ?? [];
  } catch (error) {
    noted(error);
    return [UNLISTED];
  }
};

const listOwn = async (
  { features, log }: GatheringParts,
  actor: Actor,
  read: Read,
  audience: Audience,
): Promise<readonly Waiting[]> => {
  const waiting: Waiting[] = [];
  for (const feature of features.values()) {
    const noted = (err: unknown) =>
      log?.error({ feature: feature.name, person: actor.person, err }, 'what waits not listed');
    waiting.push(...(await orUnlisted(feature.waiting?.(actor, read, audience), noted)));
  }
  return waiting;
};

interface Standing extends GatheringParts {
  readonly actor: Actor;
  readonly read: Read;
  readonly audience: Audience;
}

/** Why somebody may not press a button; nothing where they may. */
const refusalOf = async (
  { features, permissions, actor, read, audience }: Standing,
  { id, subject }: Button,
): Promise<string | undefined> => {
  const permission = permissions?.[id];
  if (!permission) return undefined;
  const about = subject && (await features.get(subject.feature)?.about?.(subject.id, read, audience));
  const committee: Committee | undefined = about?.committee && (await read.directory.committee(about.committee));
  const asking = { actor, committee, about };
  return permission.allows(asking) ? undefined : permission.refusal(asking);
};

const spansOf = (text: Text | undefined): readonly Span[] =>
  text === undefined ? [] : typeof text === 'string' ? [text] : text;

/** As its owner's cover sees it: with the buttons that the cover may press, or else with who must. */
const asCover = async (standing: Standing, item: Waiting, name: string, { untilOn }: Covered): Promise<Waiting> => {
  const buttons: Button[] = [];
  const refusals = new Set<string>();
  for (const button of item.buttons ?? []) {
    const refusal = await refusalOf(standing, button);
    if (refusal === undefined) buttons.push(button);
    else refusals.add(refusal);
  }
  const [why] = refusals;
  const own = spansOf(item.text);
  const text: Text = [
    ...[`For ${name}, who is out until `, { day: untilOn }, '.'],
    ...(own.length > 0 ? [' ', ...own] : []),
    ...(buttons.length === 0 && why !== undefined ? [` ${why}`] : []),
  ];
  return { ...item, text, buttons };
};

/** Everything that waits for somebody, in no order. The audience is that of their own company. */
export const gatherWaiting = async (
  parts: GatheringParts,
  actor: Actor,
  given: Read,
  audience: Audience,
): Promise<readonly Waiting[]> => {
  const read = readingOnce(given);
  const waiting = [...(await listOwn(parts, actor, read, audience))];
  for (const covered of await listCovered(read.db, actor.alliance, actor.person, read.now)) {
    const absent = await actorFor(read.db, actor.alliance, covered.person, read.now);
    if (absent?.partner.id !== actor.partner.id) continue;
    const standing: Standing = { ...parts, actor, read, audience };
    for (const item of await listOwn(parts, absent, read, audience))
      waiting.push(item === UNLISTED ? item : await asCover(standing, item, absent.name, covered));
  }
  return waiting;
};
