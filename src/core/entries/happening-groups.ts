/* What people catch up on, and in which words. */

/** What people catch up on together, in this order. */
export const happeningGroups = [
  'decided',
  'agreed',
  'changed',
  'disputed',
  'new',
  'done',
  'overdue',
  'people',
] as const;

export type HappeningGroup = (typeof happeningGroups)[number];

/** By the verb that history keeps: how people say it, 'Wording changed', and where they look for it. */
export type Happenings = Readonly<Record<string, { readonly word: string; readonly group: HappeningGroup }>>;
