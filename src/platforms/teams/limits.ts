/*
 * What Teams takes, in one place. Sources: the Bot Framework's rate-limit page (10 Aug 2026), 'format your bot messages'
 * (03/2025) for sizes, the cards reference for elements and actions.
 */

/** A count of calls within a time: `[milliseconds, calls]`. */
export type Window = readonly [number, number];

export const limits = Object.freeze({
  /** Bytes of an incoming call; Teams' own are far smaller. */
  bodyBytes: 1_048_576,
  /** Characters of a message that are read; Teams itself allows 28 KB. */
  text: 32_000,
  /** Milliseconds that one call to Teams may take, token included. */
  callMs: 10_000,
  /** Milliseconds that one part of a file may take. */
  uploadMs: 600_000,
  /** Bytes of a part: OneDrive takes 60 MiB at most, in multiples of 320 KiB, and what is one part can be sent anew. */
  uploadBytes: 128 * 320 * 1_024,
  /** Milliseconds that a question may take, all its pages together, while somebody waits for the answer. */
  askMs: 2_000,
  /** Milliseconds that several askers share an answer. */
  sharedMs: 2_000,
  /** Milliseconds that the type of a channel is remembered; it never changes, but where Teams did not tell it, it may. */
  typeMs: 600_000,
  /** People on a page of a roster (50 to 500), and pages that are read: nobody looks through more within two seconds. */
  rosterPage: 500,
  rosterPages: 10,
  /** Bytes of a card, counted in UTF-16 as Teams does; it refuses messages above 100 KB with 413. */
  cardBytes: 80 * 1024,
  /** Actions in one set: Teams shows six, its renderer elsewhere five. */
  buttons: 5,
  /** Characters of all labels in one set: a phone cuts off what goes beyond its width. */
  labels: 60,
  /** Actions in all sets below each other: nobody chooses among more. */
  allButtons: 25,
  /** Characters of a label on a button, in a heading or beside a field. */
  label: 200,
  /** Characters: longer facts read badly beside their label, longer labels may break. */
  shortFact: 120,
  shortLabel: 24,
  /** Characters of the text that notifications and screen readers get instead of the card. */
  summary: 1_000,
  /** Characters of a private message in place of a card. */
  message: 4_000,
  /** Sending to one conversation, or changing a message in it. */
  perConversation: Object.freeze<Window[]>([
    [1_000, 7],
    [2_000, 8],
    [30_000, 60],
    [3_600_000, 1_800],
  ]),
  /** All calls of one app in one tenant. */
  perTenant: Object.freeze<Window[]>([[1_000, 50]]),
  /** iOS breaks on 1.6, although some pages allow it. */
  cardVersion: '1.5',
  elements: Object.freeze([
    'TextBlock',
    'FactSet',
    'Container',
    'ColumnSet',
    'Column',
    'ActionSet',
    'Input.Text',
    'Input.ChoiceSet',
  ]),
  actions: Object.freeze(['Action.Execute', 'Action.Submit']),
});
