/* What becomes of the seats of somebody who is forgotten. */
import type { Partner, Work } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Erasing } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { checkChaired, tenuresOf, withoutSeat } from './rules.js';
import { boardOf, insertChange, kept, listPlanned, saveKind, saveTouched, touchedBy } from './store.js';

/** A company always keeps a co-chair and an alliance professional. @throws Refusal */
export const checkSpared = async (person: PersonId, partner: Partner, work: Work): Promise<void> => {
  const { alliance, directory } = work;
  const professionals = await directory.professionals(partner.id);
  if (professionals.length === 1 && professionals[0]?.id === person)
    throw new Refusal(
      'last-professional',
      `${partner.name} would be without an alliance professional. Name another one first: 'seat @person professional'.`,
    );
  for (const committee of await directory.committees(alliance)) {
    const { seats, planned, today } = await boardOf(committee, work);
    const others = planned.filter((one) => one.seat.person !== person);
    const after = tenuresOf(withoutSeat(seats, person), others);
    checkChaired(tenuresOf(seats, planned), after, { committee, partner, today });
  }
};

/** Seats that are planned for them, or for whoever would stand in for them, never begin. */
export const dropPlansOf = async (person: PersonId, work: Work): Promise<void> => {
  const committees = await work.directory.committees(work.alliance, 'all');
  const planned = await listPlanned(
    work,
    committees.map(({ id }) => id),
  );
  for (const { change, seat } of planned) {
    if (seat.person !== person && seat.standsFor !== person) continue;
    await work.cancelWake(change);
    await saveKind(work.db, change, 'undone');
    await work.record({ feature: 'seats', id: change }, 'dropped', {});
  }
};

/** Ends those that they hold, and tells the committees' channels, since nobody else does. */
export const endSeats = async (person: PersonId, work: Work, { partner, by }: Erasing): Promise<void> => {
  for (const committee of await work.directory.committees(work.alliance)) {
    const { seats } = await boardOf(committee, work);
    const seat = seats.find((one) => one.person === person);
    if (!seat) continue;
    const touched = touchedBy(seats, withoutSeat(seats, person));
    await saveTouched(work.db, touched);
    const id = work.newId();
    const about = { committee: committee.id, person, partner: partner.id, role: seat.role };
    await insertChange(work.db, work.alliance, { id, ...about, kind: 'unseated', changedBy: by, at: work.now });
    const { role } = seat;
    await work.record({ feature: 'seats', id }, 'unseated', {
      person,
      committee: committee.id,
      role,
      ...kept(touched),
    });
    await work.announce({ feature: 'seats', id }, committee.id);
  }
};
