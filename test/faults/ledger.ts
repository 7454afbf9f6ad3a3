interface Line {
  readonly asked: number;
  readonly told: number;
  readonly denied: number;
  readonly refused: number;
  /** Nothing repeats it, and its acknowledgement says what came of it. */
  readonly plain: boolean;
}

/**
 * What people asked for, and what they were told of it, while processes came and went. A mark is a few words that can be
 * read from the record again, such as 'unseated Zoe Quinn from K1 by Ana Ruiz'; the same may be asked for several times.
 */
export interface Ledger {
  ask(mark: string, plain?: 'plain'): void;
  /** It was acknowledged: a promise. */
  tell(mark: string): void;
  /** They were told that nothing was saved: a promise, too. */
  deny(mark: string): void;
  /** They were told that it cannot be, and are not asking again. */
  refuse(mark: string): void;
  told(mark: string): number;
  readonly lines: ReadonlyMap<string, Line>;
}

/** How often something is recorded. */
export type Marks = ReadonlyMap<string, number>;

const unasked: Line = { asked: 0, told: 0, denied: 0, refused: 0, plain: false };

export const createLedger = (): Ledger => {
  const lines = new Map<string, Line>();
  const at = (mark: string): Line => lines.get(mark) ?? unasked;
  return {
    ask: (mark, plain) => {
      const line = at(mark);
      lines.set(mark, { ...line, asked: line.asked + 1, plain: line.plain || plain !== undefined });
    },
    tell: (mark) => void lines.set(mark, { ...at(mark), told: at(mark).told + 1 }),
    deny: (mark) => void lines.set(mark, { ...at(mark), denied: at(mark).denied + 1 }),
    refuse: (mark) => void lines.set(mark, { ...at(mark), refused: at(mark).refused + 1 }),
    told: (mark) => at(mark).told,
    lines,
  };
};

export const marksWhere = ({ lines }: Ledger, holds: (line: Line, mark: string) => boolean): string[] =>
  [...lines].filter(([mark, line]) => holds(line, mark)).map(([mark]) => mark);

export const countTold = ({ lines }: Ledger, begins: string): number =>
  [...lines].reduce((sum, [mark, { told }]) => sum + (mark.startsWith(begins) ? told : 0), 0);

/** What was acknowledged and is not recorded, and what is recorded though nobody asked for it, or it was denied. */
export const findBroken = (ledger: Ledger, stored: Marks) => {
  const count = (mark: string): number => stored.get(mark) ?? 0;
  const lost = marksWhere(ledger, ({ told }, mark) => told > count(mark));
  const invented = [...stored.keys()].filter((mark) => {
    const { asked, denied, refused } = ledger.lines.get(mark) ?? unasked;
    return count(mark) > asked - denied - refused;
  });
  return { lost, invented };
};

/** What was recorded without an answer, though the answer would have been the acknowledgement. */
export const unanswered = (ledger: Ledger, stored: Marks): string[] =>
  marksWhere(ledger, ({ plain, told }, mark) => plain && (stored.get(mark) ?? 0) > told);
