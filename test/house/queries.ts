import pg from 'pg';

/** How many statements this process sends to PostgreSQL while something is done. */
export const countingQueries = async (work: () => Promise<unknown>): Promise<number> => {
  const { prototype } = pg.Client;
  const own = prototype.query;
  let count = 0;
  prototype.query = function (this: pg.Client, ...given: Parameters<typeof own>) {
    count += 1;
    return own.apply(this, given);
  } as typeof own;
  try {
    await work();
  } finally {
    prototype.query = own;
  }
  return count;
};
