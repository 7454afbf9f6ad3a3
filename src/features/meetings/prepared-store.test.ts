import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import { copyFor, openFull } from '../../../test/house/copies.js';
import { closing, type House, lanes, type Who } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { pagesOf } from '../../core/copy/pages.js';
import { restoreCopy } from '../../core/copy/restore.js';
import { openStore } from '../../core/db/open.js';
import { verifyAlliance } from '../../core/verify.js';
import { features } from '../index.js';
import { itemSubject } from './views.js';

const ours = ['the board agrees', 'Ask for less', 'portfolio board'] as const;
const theirs = ['the price falls', 'Offer nothing'] as const;

const linesOf = (csv: string, label: RegExp): readonly string[] => csv.split('\r\n').filter((line) => label.test(line));

/** M-2 of three, for which both companies prepare; Nova prepares for M-3 too. */
const prepare = async (house: House): Promise<void> => {
  await planMeeting(house);
  const meeting = await planMeeting(house, { at: '2027-01-15T14:00' });
  const first = await planItem(house, meeting);
  const second = await planItem(house, meeting, { title: 'Sites in Japan', question: 'Which sites come first?' });
  await planMeeting(house, { at: '2027-02-15T14:00' });
  const stand = async (who: Who, item: string, stance: 'aligned' | 'if' | 'step' | 'not-yet', values = {}) => {
    house.clock.at += 60_000;
    const answer = await house.press(who, { interaction: `meetings.${stance}`, subject: itemSubject(item), values });
    expect(answer.outcome, JSON.stringify(answer.view)).toBe('done');
  };
  const note = async (who: Who, conversation: string, meetingLabel: string, text: string) => {
    house.clock.at += 60_000;
    const answer = await house.say(who, `meeting note ${meetingLabel} ${text}`, { conversation });
    expect(answer.outcome, JSON.stringify(answer.view)).toBe('done');
  };
  await stand('bob', second.id, 'step', { step: ours[2], day: '4 December' });
  await stand('ana', first.id, 'if', { condition: ours[0] });
  await stand('bob', first.id, 'aligned');
  await stand('ben', first.id, 'if', { condition: theirs[0] });
  await stand('jun', first.id, 'not-yet');
  await note('ana', lanes.slack, 'M-2', `${ours[1]}, "or" =nothing`);
  await note('ben', lanes.teams, 'M-3', theirs[1]);
};

eachEngine('a copy of how a company prepared', (open, { freshUrl }) => {
  const opened = async () => {
    const house = closing(await openFull(await open()));
    await prepare(house);
    return house;
  };

  const emptied = async (): Promise<House> => {
    const store = await openStore(await freshUrl());
    onTestFinished(() => store.close());
    return closing(await openFull(store));
  };

  const restore = async ({ store, parts, alliance, clock }: House, csv: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'entente-prepared-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'copy.csv');
    await writeFile(path, csv);
    const now = () => clock.at;
    const about = { store, pages: pagesOf(store, now), features: parts.features, alliance, path, now };
    return restoreCopy({ ...about, newId: randomUUID });
  };

  const csvFor = async (house: House, company: string) => (await copyFor(house, company, 'csv')).toString();

  it('is in its own copy, in all three files, and never in another’s', async () => {
    const house = await opened();
    const words = async (company: string, format: 'csv' | 'jsonl' | 'docx'): Promise<string> => {
      const bytes = await copyFor(house, company, format);
      return format === 'docx'
        ? strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array())
        : bytes.toString();
    };
    for (const format of ['csv', 'jsonl', 'docx'] as const) {
      const [acme, nova] = [await words('Acme Bio', format), await words('Nova Pharma', format)];
      for (const text of ours) expect([acme.includes(text), nova.includes(text)]).toEqual([true, false]);
      for (const text of theirs) expect([acme.includes(text), nova.includes(text)]).toEqual([false, true]);
    }
    const [acme, nova] = [await csvFor(house, 'Acme Bio'), await csvFor(house, 'Nova Pharma')];
    expect(linesOf(acme, /^M-/u)).toEqual(linesOf(nova, /^M-/u));
    expect(linesOf(acme, /^IM-/u)).toHaveLength(1);
    expect(linesOf(nova, /^IM-/u)).toHaveLength(2);
  });

  it('comes back into an empty log, and beside the other company’s', async () => {
    const house = await opened();
    const [acme, nova] = [await csvFor(house, 'Acme Bio'), await csvFor(house, 'Nova Pharma')];
    const empty = await emptied();
    expect(await restore(empty, acme)).toMatchObject({ faults: [], fresh: 4 });
    expect(await csvFor(empty, 'Acme Bio')).toBe(acme);
    expect(await restore(empty, nova)).toMatchObject({ faults: [], fresh: 2, same: 3 });
    expect(await csvFor(empty, 'Nova Pharma')).toBe(nova);
    expect(await csvFor(empty, 'Acme Bio')).toBe(acme);
    expect(await restore(empty, acme)).toMatchObject({ faults: [], fresh: 0, same: 4 });
    const { faults } = await verifyAlliance(
      { ...pagesOf(empty.store, () => empty.clock.at), features },
      empty.alliance,
    );
    expect(faults).toEqual([]);
    const prep = JSON.stringify((await empty.say('ana', 'meeting prep M-2', { conversation: lanes.slack })).view);
    for (const text of ours) expect(prep).toContain(text);
  });

  it('leaves what was noted there in words that can be taken back', async () => {
    const empty = await emptied();
    await restore(empty, await csvFor(await opened(), 'Acme Bio'));
    expect(
      (await copyFor(empty, 'Acme Bio', 'jsonl'))
        .toString()
        .split('\n')
        .filter((line) => line.includes(ours[1])),
    ).toHaveLength(1);
  });

  it('is refused where it says what nobody can, or is in the way', async () => {
    const house = await opened();
    const csv = await csvFor(house, 'Acme Bio');
    const faultsOf = async (of: House, text: string) => (await restore(of, text)).faults.map((fault) => fault.text);
    expect(await faultsOf(house, csv.replace('Ask for less', 'Ask for more'))).toEqual([
      'IM-2 is in the log already, and says something else',
    ]);
    const empty = await emptied();
    const wrong: readonly (readonly [string, string, string])[] = [
      ['""position 1"":""step""', '""position 1"":""maybe""', "'position 1' cannot be 'maybe'"],
      ['note 1', 'thought 1', "'thought 1' is nothing that Entente keeps of how a company prepared"],
      ['position 1 item', 'position 9 item', "'position 1 item' is missing"],
      ['position 1 stepOn"":""2026', 'position 1 stepOn"":""soon', "'position 1 stepOn' cannot be 'soon-12-04'"],
      ['IM-2,preparation,2', 'IM-7,preparation,7', 'IM-7 names M-7, which is neither in the file nor in the log'],
      ['Acme Bio,prepared', 'all,prepared', 'how a company prepares is its own, and never shared'],
    ];
    for (const [from, to, said] of wrong) {
      expect(csv).toContain(from);
      expect(await faultsOf(empty, csv.replaceAll(from, to))).toContain(said);
    }
  });
});
