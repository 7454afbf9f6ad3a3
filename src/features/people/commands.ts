import { z } from 'zod';
import { accountTrier, answerWrong, tryCode } from '../../core/attempts.js';
import { codeOf, fingerprintOf, spelled } from '../../core/codes.js';
import type { Visit } from '../../core/context.js';
import { ensureMember, ensurePerson, findPerson, listPartnersAt } from '../../core/directory/people.js';
import { Refusal } from '../../core/errors.js';
import { type Command, openCommand } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { secretNotice, type View } from '../../core/view.js';
import { CODE_WORDS, checkCompanies, checkOther, introduce, isLive, LINK_MS, type Membership } from './rules.js';
import { findLink, insertLink, listMemberships, listMembershipsAt, spendLink } from './store.js';
import { codeNotice, offerNotice } from './views.js';

const NOT_WORKING =
  'This code does not work. A code works once and for ten minutes: say link with your other account for a new one.';

/** Of a short code even the fingerprint would give it away: all of them can be tried. */
const pepperedPrint = (visit: Visit, words: readonly string[]): string => fingerprintOf(words, visit.derive('links'));

/** True for one of the workspace's own people: somebody let in from elsewhere does not act for its company. */
export const isHome = ({ profile, caller }: Visit): boolean => !profile.guest && profile.workspace === caller.workspace;

/** The caller as one of the people; somebody of a workspace that takes part is met. @throws Refusal for all others */
const ensureCaller = async (visit: Visit): Promise<PersonId> => {
  const { db, caller, profile, newId } = visit;
  const known = await findPerson(db, caller);
  const home = isHome(visit);
  if (known && home) return known;
  const partners = home ? await listPartnersAt(db, caller) : [];
  // A guest's account is in the hands of whoever let it in, and a code makes its speaker the whole person.
  if (partners.length === 0)
    throw new Refusal(
      'nobody',
      `${known ? 'A guest’s account makes no code.' : 'Entente does not know this account yet.'} Say link with the account that you have in your company’s workspace, and the code with this one.`,
    );
  const person = await ensurePerson(db, caller, profile, newId);
  for (const partner of partners) await ensureMember(db, partner, person);
  return person;
};

const make = async (visit: Visit): Promise<View> => {
  const { db, now, newId } = visit;
  if (!visit.spot.direct)
    throw new Refusal('not-direct', 'Write to Entente directly and say link there: others here could read the code.');
  const person = await ensureCaller(visit);
  const words = codeOf(visit.derive(`link ${newId()}`), CODE_WORDS);
  await insertLink(db, pepperedPrint(visit, words), { person, expiresAt: now + LINK_MS }, now);
  return codeNotice(spelled(words));
};

/** Somebody who made a code that works, and whom the caller may become one with. */
export interface Maker {
  readonly person: PersonId;
  readonly fingerprint: string;
  readonly who: string;
}

export type Found = Maker | { readonly answer: View };

const membershipsOf = async (visit: Visit, known?: PersonId): Promise<readonly Membership[]> => [
  ...(known ? await listMemberships(visit.db, known) : []),
  ...(isHome(visit) ? await listMembershipsAt(visit.db, visit.caller) : []),
];

/** Wrong codes are counted by account, so what is said of them is an answer. @throws Refusal for codes of one's own */
export const findMaker = async (code: string, visit: Visit): Promise<Found> => {
  const { db, caller, now, directory } = visit;
  const trier = accountTrier(caller);
  const tried = await tryCode(visit, trier, { text: code, count: CODE_WORDS, where: 'your account' });
  if ('answer' in tried) return { answer: secretNotice(tried.answer) };
  const fingerprint = pepperedPrint(visit, tried.words);
  const link = await findLink(db, fingerprint);
  if (!link || !isLive(link, now)) return { answer: secretNotice(await answerWrong(visit, trier, NOT_WORKING)) };
  if (!visit.spot.direct) {
    // A refusal would take this back, and whoever reads the code here could become its maker.
    await spendLink(db, fingerprint, now);
    return {
      answer: secretNotice(
        'Others here could read the code, so it does not work any more. Say link with your other account for a new one, and write to Entente directly.',
      ),
    };
  }
  const known = await findPerson(db, caller);
  checkOther(link.person, known);
  const kept = await listMemberships(db, link.person);
  checkCompanies(kept, await membershipsOf(visit, known));
  const name = (await directory.names([link.person])).get(link.person) ?? 'Somebody';
  return { person: link.person, fingerprint, who: introduce(name, kept) };
};

const offer = async (code: string, visit: Visit): Promise<View> => {
  const found = await findMaker(code, visit);
  return 'answer' in found ? found.answer : offerNotice(found.who, code);
};

export const peopleCommands: readonly Command[] = [
  openCommand({
    name: 'link',
    summary: 'Make two accounts of yours, on either platform, one person.',
    usage: '[code from your other account]',
    topic: 'people',
    within: 'entente',
    guests: true,
    args: z.object({ text: z.string() }),
    visit: ({ text }, visit) => (text === '' ? make(visit) : offer(text, visit)),
  }),
];
