/* An item of an agenda, as a subject of buttons. */
import { todayOf } from '../../core/days.js';
import { nameIn } from '../../core/sentences.js';
import { getItem } from './agenda-store.js';
import type { SubjectKind } from './views.js';

export const itemKind: SubjectKind = {
  async about(id, read, audience) {
    const item = await getItem(read.db, id, audience);
    if (!item) return undefined;
    const { committee, owner, proposedBy: author } = item;
    const names = await read.directory.names([owner]);
    const { alliance } = audience;
    const absence = await read.directory.absence(alliance, owner, await todayOf(read, alliance));
    return {
      ...{ committee, author },
      owner: { id: owner, name: nameIn(names, owner) },
      ...(absence?.cover && { cover: absence.cover }),
    };
  },
};
