/*
 * What a company's own copy tells of how it prepared: where its people stood on each item, and what it noted. Never in
 * another company's copy, so it stands in a row of its own beside the meeting's. Pure.
 */
import { type Facts, kindIn, reads, type Shape } from './copied-rules.js';
import { stances } from './position-rules.js';

export const positionShape: Shape = {
  '': ['stance', 'text'],
  item: ['item', 'number'],
  saidBy: ['personId', 'person', 'partnerId'],
  condition: ['condition', 'text'],
  stepOn: ['stepOn', 'text'],
  at: ['at', 'moment'],
};

export const noteShape: Shape = {
  '': ['text', 'text'],
  writtenBy: ['personId', 'person', 'partnerId'],
  at: ['at', 'moment'],
};

const shapes: Readonly<Record<string, Shape>> = { position: positionShape, note: noteShape };

/** What each of them cannot be without. */
const always: Readonly<Record<string, readonly string[]>> = {
  position: ['item', 'saidBy', 'saidFor', 'at'],
  note: ['writtenBy', 'writtenFor', 'at'],
};

export const PREPARED = 'prepared';

/** 'IM-9': what one company alone keeps of M-9. */
export const preparedLabel = (number: number): string => `IM-${number}`;

const day = (text: string): boolean => /^\d{4}-\d\d-\d\d$/u.test(text) && !Number.isNaN(Date.parse(text));

const faultAt = (facts: Facts, own: string, key: string, text: string): string | undefined => {
  const [, noun = '', number, name = ''] = /^([a-z]+) ([1-9]\d{0,3})(?: (\w+))?$/u.exec(key) ?? [];
  const shape = Object.hasOwn(shapes, noun) ? shapes[noun] : undefined;
  const kind = shape && kindIn(shape, name);
  if (!kind) return `'${key.slice(0, 40)}' is nothing that Entente keeps of how a company prepared`;
  const wrong =
    !reads[kind](text) ||
    (noun === 'position' && name === '' && !stances.some((stance) => stance === text)) ||
    (name === 'stepOn' && !day(text)) ||
    (kind === 'company' && text !== own);
  if (wrong) return `'${key}' cannot be '${text.slice(0, 40)}'`;
  const lacking = ['', ...(always[noun] ?? [])]
    .map((one) => (one === '' ? `${noun} ${number}` : `${noun} ${number} ${one}`))
    .find((one) => facts[one] === undefined);
  return lacking === undefined ? undefined : `'${lacking}' is missing`;
};

interface Copied {
  readonly own?: string;
  readonly status: string;
  readonly versions: readonly { readonly confirmed: readonly unknown[] }[];
  readonly facts: Facts;
}

/** Why it cannot be taken back as it is told; nothing when it can. */
export const preparedFault = ({ own, status, versions, facts }: Copied): string | undefined => {
  if (own === undefined) return 'how a company prepares is its own, and never shared';
  if (status !== PREPARED) return `'${status}' is no status of how a company prepared`;
  if (versions.length > 1 || (versions[0]?.confirmed.length ?? 0) > 0) return 'how a company prepared has one title';
  for (const [key, text] of Object.entries(facts)) {
    const fault = faultAt(facts, own, key, text);
    if (fault !== undefined) return fault;
  }
  return undefined;
};
