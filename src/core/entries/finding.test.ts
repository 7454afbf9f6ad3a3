import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eachEngine } from '../../../test/stores.js';
import type { Store } from '../db/store.js';
import { ownAudience, sharedAudience } from '../directory/audience.js';
import type { Entry } from '../feature.js';
import type { AllianceId, CommitteeId, PartnerId, PersonId } from '../ids.js';
import { findNear, saveEntry } from './entries.js';
import { countEntries, findEntries, type Wanted } from './finding.js';
import { readTerms, type Term } from './search-query.js';
import { searchWords } from './search-words.js';

const alliance = 'al' as AllianceId;
const acme = ownAudience(alliance, 'acme' as PartnerId);

const entryOf = (label: string, more: Partial<Entry> = {}): Entry => ({
  ...{ visibility: '', label, title: label, more: [], status: 'Recorded', live: true, at: 1_000 },
  ...more,
});

const save = (store: Store, entries: readonly Entry[]): Promise<void> =>
  store.write(async (tx) => {
    for (const entry of entries)
      await saveEntry(tx, alliance, { feature: 'decisions', id: `${entry.visibility}${entry.label}` }, entry, 1_000);
  });

const labels = async (store: Store, wanted: Wanted, page = { limit: 1_000 }) =>
  (await findEntries(store.read, wanted, acme, page)).map(({ label }) => label);

eachEngine('finding in the log', (open) => {
  it('finds words by their beginning, phrases, and what has accents, the newest first', async () => {
    const store = await open();
    await save(store, [
      entryOf('D-1', { title: 'Send the revised protocol', more: ['because of the Réglement'] }),
      entryOf('D-2', { title: 'The protocol is revised' }),
      entryOf('D-14', { title: 'Meet monthly' }),
    ]);
    expect(await labels(store, { text: 'proto REVISED' })).toEqual(['D-2', 'D-1']);
    expect(await labels(store, { text: '"revised protocol"' })).toEqual(['D-1']);
    expect(await labels(store, { text: 'reglement' })).toEqual(['D-1']);
    expect(await labels(store, { text: 'D-1' })).toEqual(['D-1']);
    expect(await labels(store, { text: 'otocol' })).toEqual([]);
    expect(await labels(store, {})).toEqual(['D-14', 'D-2', 'D-1']);
  });

  it('finds the words that a record has now, and not those it had', async () => {
    const store = await open();
    await save(store, [entryOf('D-1', { title: 'Meet monthly' })]);
    await save(store, [entryOf('D-1', { title: 'Meet weekly', status: 'Agreed' })]);
    expect(await labels(store, { text: 'monthly' })).toEqual([]);
    expect(await labels(store, { text: 'weekly' })).toEqual(['D-1']);
  });

  it('narrows by committee, owner, moment, due day and whether it is in force', async () => {
    const store = await open();
    const jsc = 'jsc' as CommitteeId;
    const ana = 'ana' as PersonId;
    await save(store, [
      entryOf('A-1', { committee: jsc, owner: ana, dueOn: '2026-11-20', at: 1 }),
      entryOf('A-2', { committee: jsc, owner: ana, dueOn: '2026-11-25', at: 2 }),
      entryOf('A-3', { owner: 'ben' as PersonId, dueOn: '2026-11-20', live: false, at: 3 }),
    ]);
    expect(await labels(store, { committee: jsc })).toEqual(['A-2', 'A-1']);
    expect(await labels(store, { owner: ana, text: 'A-1' })).toEqual(['A-1']);
    expect(await labels(store, { dueBefore: '2026-11-25' })).toEqual(['A-1']);
    expect(await labels(store, { live: true })).toEqual(['A-2', 'A-1']);
    expect(await labels(store, { since: 2 })).toEqual(['A-3', 'A-2']);
    expect(await labels(store, { features: ['actions'] })).toEqual([]);
    expect(await countEntries(store.read, { committee: jsc }, acme, 10)).toBe(2);
    expect(await countEntries(store.read, {}, acme, 2)).toBe(2);
  });

  it('shows what is one company’s to nobody else', async () => {
    const store = await open();
    await save(store, [entryOf('ID-1', { title: 'Offer ten million', visibility: 'nova' as PartnerId })]);
    expect(await labels(store, { text: 'million' })).toEqual([]);
    const nova = ownAudience(alliance, 'nova' as PartnerId);
    expect(await findEntries(store.read, { text: 'million' }, nova, { limit: 9 })).toHaveLength(1);
    const shared = await sharedAudience(store.read, alliance);
    expect(await findEntries(store.read, { text: 'million' }, shared, { limit: 9 })).toEqual([]);
  });

  it('finds what is near among the old, too', async () => {
    const store = await open();
    const filler = Array.from({ length: 400 }, (_, at) =>
      entryOf(`D-${at + 2}`, { title: `Meet the agency in ${at}` }),
    );
    await save(store, [entryOf('D-1', { title: 'Submit the revised protocol to the agency' }), ...filler]);
    const near = await findNear(store.read, 'submit the revised protocol now', acme, {
      feature: 'decisions',
      limit: 3,
    });
    expect(near.map(({ label }) => label)).toEqual(['D-1']);
  });
});

const vocabulary = [
  'protocol',
  'protocols',
  'PROT',
  'revised',
  'Réviser',
  'der',
  'straße',
  '試験計画',
  'the',
  '14',
  'e-mail',
];
const wordOf = fc.constantFrom(...vocabulary);
const textOf = fc.array(wordOf, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const queryOf = fc
  .array(
    fc.oneof(
      wordOf,
      wordOf.map((word) => word.slice(0, 4)),
      textOf.map((text) => `"${text.slice(0, 18)}"`),
    ),
    { maxLength: 3 },
  )
  .map((parts) => parts.join(' '));
const filterOf = fc.record(
  {
    committee: fc.constantFrom('jsc', 'jdc'),
    owner: fc.constantFrom('ana', 'ben'),
    live: fc.constant(true),
    since: fc.nat(20),
  },
  { requiredKeys: [] },
);

/** What finding means, without an index. */
const meets = (words: readonly string[], { words: term, open }: Term): boolean =>
  words.some((_, at) =>
    term.every((word, i) => {
      const own = words[at + i];
      return open && i === term.length - 1 ? own?.startsWith(word) : own === word;
    }),
  );

const CORPUS = 700;

eachEngine('random searches', (open) => {
  it('find on each engine what a look at each record finds', { timeout: 120_000 }, async () => {
    const store = await open();
    const corpus = fc.sample(
      fc.tuple(textOf, fc.constantFrom('jsc', 'jdc'), fc.constantFrom('ana', 'ben'), fc.boolean(), fc.nat(20)),
      { numRuns: CORPUS, seed: 4 },
    );
    const entries = corpus.map(([title, committee, owner, live, at], i) =>
      entryOf(`D-${i}`, { title, live, at, committee: committee as CommitteeId, owner: owner as PersonId }),
    );
    await save(store, entries);
    const newest = entries.map((entry) => ({ entry, words: searchWords(`${entry.label} ${entry.title}`) })).reverse();
    const look = (wanted: Wanted): string[] =>
      newest
        .filter(({ entry, words }) => {
          const { committee, owner, live, since = 0 } = wanted;
          const filtered = (!committee || entry.committee === committee) && (!owner || entry.owner === owner);
          if (!filtered || (live && !entry.live) || entry.at < since) return false;
          return readTerms(wanted.text ?? '').every((term) => meets(words, term));
        })
        .map(({ entry }) => entry.label);
    await fc.assert(
      fc.asyncProperty(queryOf, filterOf, fc.nat(30), async (text, filter, offset) => {
        const wanted = { text, ...filter } as Wanted;
        expect(await labels(store, wanted)).toEqual(look(wanted));
        const page = { limit: 8, offset };
        expect(await labels(store, wanted, page)).toEqual(look(wanted).slice(offset, offset + 8));
      }),
      { numRuns: 150 },
    );
  });
});
