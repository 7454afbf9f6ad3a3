import { and, eq } from 'drizzle-orm';
import { wantCardsIn } from '../cards.js';
import type { Store, Tx } from '../db/store.js';
import type { Instant, PartnerId } from '../ids.js';
import { saveHolidays } from './absences.js';
import type { AllianceFile } from './alliance-file.js';
import { keepDeclared, wasDeclared } from './declarations.js';
import { homesOf, placeOf } from './declared-places.js';
import { isAccount, isPlace, isWorkspace, type Workspace } from './places.js';
import { directoryTables } from './tables.js';

interface Loading {
  readonly tx: Tx;
  readonly newId: () => string;
  readonly alliance: string;
  readonly now: Instant;
}

/** The partner that already signs in at this workspace, in this alliance. */
const findPartner = async (tx: Tx, home: Workspace, alliance: string) => {
  const { partners, workspaces } = directoryTables(tx);
  const [row] = await tx
    .select({ id: partners.id })
    .from(workspaces)
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .where(and(isWorkspace(tx, home), eq(partners.allianceId, alliance)));
  return row;
};

/** How many of the file's partners take part, by alliance. */
const countAllied = async (tx: Tx, file: AllianceFile): Promise<ReadonlyMap<string, number>> => {
  const { partners, workspaces } = directoryTables(tx);
  const counts = new Map<string, number>();
  for (const partner of file.partners) {
    const here = new Set<string>();
    for (const home of homesOf(partner)) {
      const rows = await tx
        .select({ alliance: partners.allianceId })
        .from(workspaces)
        .innerJoin(partners, eq(partners.id, workspaces.partnerId))
        .where(isWorkspace(tx, home));
      for (const { alliance } of rows) here.add(alliance);
    }
    for (const alliance of here) counts.set(alliance, (counts.get(alliance) ?? 0) + 1);
  }
  return counts;
};

/** The alliances that the file's channels are bound in already. */
const listBound = async (tx: Tx, file: AllianceFile): Promise<ReadonlySet<string>> => {
  const { channels, committees } = directoryTables(tx);
  const found = new Set<string>();
  for (const place of file.committees.flatMap((row) => row.channels.map(placeOf))) {
    const [row] = await tx
      .select({ alliance: committees.allianceId })
      .from(channels)
      .innerJoin(committees, eq(committees.id, channels.committeeId))
      .where(isPlace(tx, place));
    if (row) found.add(row.alliance);
  }
  return found;
};

/**
 * An alliance is the same one when its name is and one of its companies; or, renamed, when all its companies are and its
 * channels, of which each belongs to one alliance: two companies may have several alliances, and anybody's may have this
 * name.
 */
const ensureAlliance = async (tx: Tx, file: AllianceFile, newId: () => string): Promise<string> => {
  const { alliances } = directoryTables(tx);
  const allied = await countAllied(tx, file);
  const bound = await listBound(tx, file);
  const named = (await tx.select().from(alliances).where(eq(alliances.name, file.alliance.name)))
    .map(({ id }) => id)
    .filter((id) => allied.has(id))
    .sort((a, b) => Number(bound.has(b)) - Number(bound.has(a)) || (allied.get(b) ?? 0) - (allied.get(a) ?? 0));
  const renamed = [...bound].filter((id) => allied.get(id) === file.partners.length);
  const id = named[0] ?? (renamed.length === 1 ? renamed[0] : undefined) ?? newId();
  const values = { name: file.alliance.name, timeZone: file.alliance.timeZone };
  await tx
    .insert(alliances)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: alliances.id, set: values });
  return id;
};

const ensurePartner = async (
  { tx, newId, alliance }: Loading,
  row: AllianceFile['partners'][number],
): Promise<string> => {
  const { partners, workspaces } = directoryTables(tx);
  let id: string | undefined;
  for (const home of homesOf(row)) id ??= (await findPartner(tx, home, alliance))?.id;
  id ??= newId();
  await tx
    .insert(partners)
    .values({ id, allianceId: alliance, name: row.name })
    .onConflictDoUpdate({ target: partners.id, set: { name: row.name } });
  for (const home of homesOf(row))
    await tx
      .insert(workspaces)
      .values({ ...home, partnerId: id })
      .onConflictDoNothing();
  await saveHolidays(tx, id as PartnerId, new Map((row.holidays ?? []).map(({ on, name }) => [on, name])));
  return id;
};

const ensurePerson = async (
  { tx, newId }: Loading,
  row: AllianceFile['people'][number],
  home: AllianceFile['partners'][number],
  partnerId: string,
): Promise<string> => {
  const { people, identities, members } = directoryTables(tx);
  const accounts = homesOf(home)
    .map((place) => ({ ...place, user: row[place.platform] }))
    .filter((account): account is Workspace & { user: string } => account.user !== undefined);
  let id: string | undefined;
  for (const account of accounts) {
    const [known] = await tx.select({ id: identities.personId }).from(identities).where(isAccount(tx, account));
    id ??= known?.id;
  }
  id ??= newId();
  const values = { name: row.name, timeZone: row.timeZone ?? null };
  await tx
    .insert(people)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: people.id, set: values });
  for (const account of accounts)
    await tx
      .insert(identities)
      .values({ ...account, personId: id, detail: {} })
      .onConflictDoNothing();
  await tx
    .insert(members)
    .values({ partnerId, personId: id, professional: row.professional })
    .onConflictDoUpdate({ target: [members.partnerId, members.personId], set: { professional: row.professional } });
  return id;
};

const ensureCommittee = async (
  loading: Loading,
  row: AllianceFile['committees'][number],
  people: ReadonlyMap<string, { id: string; partnerId: string }>,
) => {
  const { tx, newId, alliance } = loading;
  const { committees, seats, channels } = directoryTables(tx);
  const [committee] = await tx
    .insert(committees)
    .values({ id: newId(), allianceId: alliance, key: row.key, name: row.name })
    .onConflictDoUpdate({ target: [committees.allianceId, committees.key], set: { name: row.name } })
    .returning({ id: committees.id });
  if (!committee) throw new Error('a committee was neither inserted nor updated');
  for (const seat of row.seats) {
    const person = people.get(seat.person);
    if (!person) continue;
    await tx
      .insert(seats)
      .values({ committeeId: committee.id, personId: person.id, partnerId: person.partnerId, role: seat.role })
      .onConflictDoUpdate({ target: [seats.committeeId, seats.personId], set: { role: seat.role } });
  }
  for (const place of row.channels.map(placeOf)) {
    const owner = await findPartner(tx, place, alliance);
    if (!owner) continue;
    const [known] = await tx.select().from(channels).where(isPlace(tx, place));
    // Who reads there was seen since: a file cannot say that nobody else does.
    const shared = place.shared || (known?.surveyedAt != null && known.shared);
    const binding = { committeeId: committee.id, partnerId: owner.id, shared, internal: place.internal };
    // What Teams told us since is newer than the file, until somebody changes the file.
    const detail = known && known.detail.declaredUrl === place.detail.declaredUrl ? known.detail : place.detail;
    await tx
      .insert(channels)
      .values({ id: newId(), ...place, ...binding })
      .onConflictDoUpdate({
        target: [channels.platform, channels.workspace, channels.conversation],
        set: { ...binding, detail },
      });
    if (
      known &&
      (known.shared !== shared ||
        known.internal !== place.internal ||
        known.partnerId !== owner.id ||
        known.committeeId !== committee.id)
    )
      await wantCardsIn(tx, known.id, loading.now);
  }
};

/** Where Teams is reached, as the file says now. */
const redirect = async (tx: Tx, file: AllianceFile): Promise<void> => {
  const { channels } = directoryTables(tx);
  for (const place of file.committees.flatMap((row) => row.channels.map(placeOf))) {
    const [known] = await tx.select().from(channels).where(isPlace(tx, place));
    if (known && known.detail.declaredUrl !== place.detail.declaredUrl)
      await tx.update(channels).set({ detail: place.detail }).where(isPlace(tx, place));
  }
};

const declare = async (loading: Loading, file: AllianceFile): Promise<void> => {
  const partners = new Map<string, { id: string; row: AllianceFile['partners'][number] }>();
  for (const row of file.partners) partners.set(row.key, { id: await ensurePartner(loading, row), row });
  const people = new Map<string, { id: string; partnerId: string }>();
  for (const row of file.people) {
    const home = partners.get(row.partner);
    if (!home) continue;
    people.set(row.key, { id: await ensurePerson(loading, row, home.row, home.id), partnerId: home.id });
  }
  for (const row of file.committees) await ensureCommittee(loading, row, people);
};

/**
 * Brings the directory to what the file says, once: what was changed in chat since stays so until the file itself
 * changes. It adds and updates and never removes: who was unseated in chat comes back with a file that was changed and
 * still names them.
 */
const loadAlliance = async (tx: Tx, file: AllianceFile, newId: () => string, now: Instant): Promise<string> => {
  const alliance = await ensureAlliance(tx, file, newId);
  if (await wasDeclared(tx, alliance, file)) {
    await redirect(tx, file);
    return alliance;
  }
  await declare({ tx, newId, alliance, now }, file);
  await keepDeclared(tx, alliance, file, now);
  return alliance;
};

/**
 * The same in a transaction of its own, for the start: replicas that start at once load one after the other. `now` is by
 * the clock that deliveries go by: what another one put ahead of it would not be drawn.
 */
export const loadAllianceFile = (
  store: Store,
  file: AllianceFile,
  newId: () => string,
  now: Instant,
): Promise<string> => store.write((tx) => loadAlliance(tx, file, newId, now), { scope: 'alliance-file' });
