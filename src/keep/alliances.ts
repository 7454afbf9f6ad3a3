import type { Pages } from '../core/copy/row.js';
import { listAlliances } from '../core/directory/alliances.js';
import type { AllianceId } from '../core/ids.js';

export interface NamedAlliance {
  readonly id: AllianceId;
  readonly name: string;
}

/** The alliances meant: the one called so, or all of them. @throws Error that says which there are */
export const alliancesCalled = async (pages: Pages, name: string | undefined): Promise<readonly NamedAlliance[]> => {
  const all = await pages.read(({ db }) => listAlliances(db));
  if (all.length === 0) throw new Error('There is no alliance in this database yet.');
  if (name === undefined) return all;
  const called = all.filter((one) => one.name === name || one.id === name);
  if (called.length === 1) return called;
  const names = all.map((one) => `${one.name} (${one.id})`).join(', ');
  throw new Error(`${called.length === 0 ? 'No' : 'More than one'} alliance is called ${name}. There are: ${names}.`);
};

/** @throws Error where there are several and none is named */
export const oneAlliance = async (pages: Pages, name: string | undefined): Promise<NamedAlliance> => {
  const [one, ...others] = await alliancesCalled(pages, name);
  if (!one || others.length > 0)
    throw new Error(`Say which alliance with --alliance: ${[one, ...others].map((each) => each?.name).join(', ')}.`);
  return one;
};
