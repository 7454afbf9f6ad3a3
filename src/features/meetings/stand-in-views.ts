/* Stands in for what other parts of meetings give: dropped when they are there. */
import type { Button } from '../../core/view.js';
import { getItem } from './agenda-store.js';
import { itemSubject, type SubjectKind } from './views.js';

export const positionButtons = (item: { readonly id: string }): readonly Button[] => [
  { id: 'meetings.aligned', label: 'Aligned', subject: itemSubject(item.id) },
  { id: 'meetings.ask-if', label: 'Aligned if ...', subject: itemSubject(item.id), opensWindow: true },
  { id: 'meetings.ask-step', label: 'We need an internal step', subject: itemSubject(item.id), opensWindow: true },
  { id: 'meetings.not-yet', label: 'Not yet', subject: itemSubject(item.id) },
];

export const itemKind: SubjectKind = {
  async about(id, read, audience) {
    const item = await getItem(read.db, id, audience);
    if (!item) return undefined;
    const names = await read.directory.names([item.owner]);
    return {
      committee: item.committee,
      author: item.proposedBy,
      owner: { id: item.owner, name: names.get(item.owner) ?? 'its owner' },
    };
  },
};
