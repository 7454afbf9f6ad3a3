/*
 * Opening a record's card for one person: from a list, a link, or because they said what it is called.
 */
import { type CallerParts, resolveCaller } from './callers.js';
import type { Audience, Read } from './context.js';
import { presentCard } from './delivery.js';
import { directoryOf } from './directory/reads.js';
import { findCalled } from './entries.js';
import { Refusal } from './errors.js';
import type { Feature } from './feature.js';
import type { CommandCall, Word } from './platform.js';
import { cut } from './sentences.js';
import { stamped, whichAlliance } from './speaking.js';
import type { Subject, View } from './view.js';

const notHere = (what: string): Refusal =>
  new Refusal('not-here', `You can read no ${what} here. Say 'log' and a word of it to look for it.`);

/** The card as an audience may read it. @throws Refusal where it may not, or where there is none: which, is not told */
export const openCard = async (
  features: ReadonlyMap<string, Feature>,
  subject: Subject,
  read: Read,
  audience: Audience,
): Promise<View> => {
  const view = await presentCard(features, subject, read, audience);
  if (!view) throw notHere('such record');
  return view;
};

const LABEL = /(?<![\p{L}\p{N}-])[A-Z]{1,3}-\d{1,9}(?![\p{L}\p{N}-])/giu;

/**
 * What a record is called, where somebody says nothing else: 'D-14', 'd-14?', 'show D-14'. To Entente directly a question
 * may name one, if only one: 'what did we say in D-14?' Other texts may be a command with a slip in its first word.
 */
export const labelSaid = (words: readonly Word[], direct: boolean): string | undefined => {
  if (words.some((word) => typeof word !== 'string')) return undefined;
  const text = words.join('').trim();
  const labels = [...new Set((text.match(LABEL) ?? []).map((label) => label.toUpperCase()))];
  const [label, ...others] = labels;
  if (label === undefined || others.length > 0) return undefined;
  const alone = text.replace(LABEL, '').replace(/^(?:\s*\/?entente\b)?\s*(?:show|open)?/iu, '');
  return (direct && /\?\s*$/u.test(text)) || /^[\s\p{P}]*$/u.test(alone) ? label : undefined;
};

interface OpenParts extends CallerParts {
  readonly features: ReadonlyMap<string, Feature>;
}

/** The card of the record that is called so, for who asks and where they ask. @throws Refusal */
export const openCalled = async (parts: OpenParts, call: CommandCall, label: string): Promise<View> => {
  const who = await resolveCaller(parts, call);
  if (who.kind === 'several') return whichAlliance(who.choices, call.words);
  if (who.exposed) throw notHere(cut(label, 40));
  const { audience } = who.place;
  return parts.store.snapshot(async (db) => {
    const now = parts.now();
    const found = await findCalled(db, label, audience);
    const read = { db, now, directory: directoryOf(db, now) };
    const view = found && (await presentCard(parts.features, found.subject, read, audience));
    if (!view) throw notHere(label);
    return who.several ? stamped(view, who.actor.alliance) : view;
  });
};
