/* What is planned, said and done in the year. People do it by script.ts, and model.ts reckons from it who is written to. */
import type { Name } from './place.js';

export interface Item {
  readonly kind: 'decision' | 'discussion';
  readonly owner: Name;
  readonly paper: boolean;
  readonly title: string;
  readonly addedOn: string;
}

export interface Said {
  readonly who: Name;
  readonly on: string;
}

export interface Gathering {
  readonly label: string;
  /** When it was planned to be, at two in Zurich. */
  readonly on: string;
  readonly moved?: { readonly to: string; readonly saidOn: string };
  readonly skippedOn?: string;
  readonly item?: Item;
  readonly coming: readonly Said[];
  readonly notComing?: readonly Said[];
  readonly aligned?: readonly Said[];
  /** Somebody opens it, decides what is to be decided, gives Bob an action, and closes it. */
  readonly takesPlace: boolean;
  readonly fine?: readonly Said[];
  /** When Bob has done what he was given. */
  readonly doneOn?: string;
}

export const plannedOn = '2026-12-14';
export const FIRST = '2027-01-14';

export const year: readonly Gathering[] = [
  {
    ...{ label: 'M-1', on: '2027-01-14', takesPlace: true },
    item: { kind: 'decision', owner: 'ben', paper: true, title: 'Budget of January', addedOn: '2026-12-21' },
    coming: [
      { who: 'ana', on: '2027-01-06' },
      { who: 'ben', on: '2027-01-07' },
      { who: 'bob', on: '2027-01-12' },
    ],
    aligned: [{ who: 'ana', on: '2027-01-05' }],
    fine: [{ who: 'ben', on: '2027-01-18' }],
    doneOn: '2027-02-03',
  },
  {
    ...{ label: 'M-2', on: '2027-02-11', takesPlace: true },
    item: { kind: 'decision', owner: 'jun', paper: false, title: 'Protocol of February', addedOn: '2027-01-21' },
    coming: [
      { who: 'ana', on: '2027-02-03' },
      { who: 'jun', on: '2027-02-09' },
    ],
    notComing: [{ who: 'bob', on: '2027-02-04' }],
    aligned: [{ who: 'ben', on: '2027-02-02' }],
    doneOn: '2027-03-15',
  },
  {
    ...{ label: 'M-3', on: '2027-03-11', takesPlace: false },
    item: { kind: 'discussion', owner: 'ana', paper: true, title: 'Labels of March', addedOn: '2027-02-22' },
    coming: [{ who: 'bob', on: '2027-03-02' }],
  },
  {
    ...{ label: 'M-4', on: '2027-04-08', takesPlace: true, moved: { to: '2027-04-15', saidOn: '2027-04-01' } },
    item: { kind: 'decision', owner: 'bob', paper: false, title: 'Sites of April', addedOn: '2027-03-22' },
    coming: [
      { who: 'ana', on: '2027-04-06' },
      { who: 'ben', on: '2027-04-07' },
      { who: 'jun', on: '2027-04-12' },
    ],
    aligned: [{ who: 'ana', on: '2027-04-07' }],
    fine: [{ who: 'ana', on: '2027-04-19' }],
    doneOn: '2027-05-06',
  },
  {
    ...{ label: 'M-5', on: '2027-05-13', takesPlace: true },
    item: { kind: 'discussion', owner: 'ben', paper: true, title: 'Training of May', addedOn: '2027-04-26' },
    coming: [
      { who: 'bob', on: '2027-05-06' },
      { who: 'ana', on: '2027-05-10' },
    ],
    doneOn: '2027-06-04',
  },
  {
    ...{ label: 'M-6', on: '2027-06-10', takesPlace: true },
    item: { kind: 'decision', owner: 'ana', paper: false, title: 'Supply of June', addedOn: '2027-05-24' },
    coming: [
      { who: 'ana', on: '2027-06-02' },
      { who: 'ben', on: '2027-06-02' },
    ],
    doneOn: '2027-07-02',
  },
  {
    ...{ label: 'M-7', on: '2027-07-08', takesPlace: true },
    item: { kind: 'decision', owner: 'jun', paper: false, title: 'Study of July', addedOn: '2027-06-14' },
    coming: [{ who: 'ana', on: '2027-06-30' }],
    doneOn: '2027-07-29',
  },
  {
    ...{ label: 'M-8', on: '2027-08-12', takesPlace: false, skippedOn: '2027-08-05' },
    coming: [{ who: 'ben', on: '2027-08-04' }],
  },
  {
    ...{ label: 'M-9', on: '2027-09-09', takesPlace: true },
    item: { kind: 'decision', owner: 'jun', paper: true, title: 'Data of September', addedOn: '2027-08-23' },
    coming: [
      { who: 'ana', on: '2027-09-01' },
      { who: 'jun', on: '2027-09-02' },
    ],
    aligned: [{ who: 'jun', on: '2027-08-31' }],
    doneOn: '2027-10-01',
  },
  {
    ...{ label: 'M-10', on: '2027-10-14', takesPlace: true, moved: { to: '2027-10-12', saidOn: '2027-10-06' } },
    item: { kind: 'decision', owner: 'ben', paper: true, title: 'Prices of October', addedOn: '2027-09-20' },
    coming: [
      { who: 'ana', on: '2027-10-05' },
      { who: 'bob', on: '2027-10-08' },
    ],
    doneOn: '2027-11-08',
  },
  {
    ...{ label: 'M-11', on: '2027-11-11', takesPlace: true },
    item: { kind: 'decision', owner: 'bob', paper: true, title: 'Filing of November', addedOn: '2027-10-25' },
    coming: [
      { who: 'ana', on: '2027-11-02' },
      { who: 'ben', on: '2027-11-08' },
    ],
    fine: [{ who: 'ana', on: '2027-11-15' }],
    doneOn: '2027-12-06',
  },
  { ...{ label: 'M-12', on: '2027-12-09', takesPlace: false }, coming: [] },
];

/** The day on which a meeting is, as far as it takes its course. */
export const meetsOn = ({ on, moved }: Gathering): string => moved?.to ?? on;
