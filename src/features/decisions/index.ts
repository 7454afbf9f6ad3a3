import type { Actor, Audience, Read } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import { groupedVerbs } from '../../core/entries/happenings.js';
import type { Feature, Waiting } from '../../core/feature.js';
import type { CommitteeId } from '../../core/ids.js';
import { hasVote } from '../../core/permission.js';
import { workdaysAfter } from '../../core/workdays.js';
import { decisionOffers } from './agenda-views.js';
import { disputedItem, openItem, reviewItem, waitingItem } from './asking-views.js';
import { decisionCommands } from './commands.js';
import { deleteDraftsOf } from './draft-store.js';
import { dumpDecisions } from './dump-store.js';
import { getEntry } from './entry-store.js';
import { verbWords } from './history-views.js';
import { decisionInteractions } from './interactions.js';
import { restoreDecisions } from './restore-store.js';
import { missingFor } from './rules.js';
import { defineDecisions, getAbout, getDecision } from './store.js';
import { verifyDecisions } from './verify-store.js';
import { aroundOf, decisionCard } from './views.js';
import { listDisputed, listOpen, listReviews } from './waiting-store.js';

const committeesOf = ({ seats }: Actor, may: (seat: Actor['seats'][number]) => boolean): CommitteeId[] =>
  seats.filter(may).map((seat) => seat.committee);

/** Working days that the other side has before it is reminded. */
const PATIENCE_DAYS = 2;

const waitingConfirmations = async (actor: Actor, read: Read, audience: Audience): Promise<Waiting[]> => {
  const open = await listOpen(read.db, committeesOf(actor, hasVote), audience, actor.partner.id);
  if (open.length === 0) return [];
  const holidays = await read.directory.holidays(actor.partner.id);
  const zone = await read.directory.zone(actor.alliance);
  return open.map((decision) =>
    waitingItem(decision, actor.partner, workdaysAfter(dayOf(decision.wording.at, zone), PATIENCE_DAYS, holidays)),
  );
};

const waitingReviews = async (actor: Actor, read: Read, audience: Audience): Promise<Waiting[]> => {
  const chaired = committeesOf(actor, ({ role }) => role === 'co-chair');
  const due = await listReviews(read.db, chaired, audience, dayOf(read.now, actor.zone));
  // What is about to be superseded was answered so.
  const asked = due.filter(({ replacedBy }) => !replacedBy.some(({ how }) => how === 'supersedes'));
  return asked.flatMap((one) => (one.reviewOn === undefined ? [] : [reviewItem(one, one.reviewOn)]));
};

export const decisions: Feature = {
  name: 'decisions',
  tables: defineDecisions,
  commands: decisionCommands,
  interactions: decisionInteractions,
  async present(id, read, audience) {
    const decision = await getDecision(read.db, id, audience);
    const around = decision && (await aroundOf(decision, read, audience));
    return decision && around && decisionCard(decision, around);
  },
  about: (id, read, audience) => getAbout(read.db, id, audience),
  entry: (id, read) => getEntry(read.db, id),
  verbs: groupedVerbs(verbWords, {
    recorded: 'decided',
    agreed: 'agreed',
    withdrawn: 'disputed',
    'record-undone': 'disputed',
    disputed: 'disputed',
  }),
  dump: dumpDecisions,
  restoring: [restoreDecisions],
  verify: verifyDecisions,
  async erase(person, work) {
    await deleteDraftsOf(work.db, work.alliance, person);
    return [];
  },
  async pending(committee, read, audience) {
    const partners = await read.directory.partners(audience.alliance);
    const open = await listOpen(read.db, [committee], audience);
    const disputed = await listDisputed(read.db, [committee], audience);
    return [
      ...open.map((decision) => openItem(decision, missingFor(decision, partners))),
      ...disputed.map((decision) => disputedItem(decision, partners)),
    ];
  },
  agenda: decisionOffers,
  async waiting(actor, read, audience) {
    return [...(await waitingReviews(actor, read, audience)), ...(await waitingConfirmations(actor, read, audience))];
  },
};
