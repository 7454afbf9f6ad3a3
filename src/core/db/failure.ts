/**
 * The database refused or broke. `code` is SQLite's or PostgreSQL's own ('SQLITE_CONSTRAINT_UNIQUE', '23505'). The
 * message names the statement and never its values: errors are logged, and what people wrote is not.
 */
export class DatabaseError extends Error {
  constructor(
    readonly code: string,
    /** A constraint, table or routine, where the engine names one. */
    readonly about: string,
    readonly statement: string,
  ) {
    super(`${code}${about && ` (${about})`} in: ${statement.slice(0, 300)}`);
    this.name = 'DatabaseError';
  }
}

/** A write took longer than its limit; what it had done is rolled back. */
export class WriteTimeout extends Error {
  constructor(readonly afterMs: number) {
    super(`A write was given up after ${afterMs} ms and rolled back.`);
    this.name = 'WriteTimeout';
  }
}

/** The connection broke in the middle of the commit: whether the write was saved is not known. */
export class CommitUnknown extends Error {
  constructor(cause: unknown) {
    super('The connection was lost in the middle of a commit.', { cause });
    this.name = 'CommitUnknown';
  }
}
