import { expect, it } from 'vitest';
import { type House, openHouse } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { codeOf, spelled } from '../../core/codes.js';
import { directoryOf } from '../../core/directory/reads.js';
import { directoryTables } from '../../core/directory/tables.js';
import { findBrokenEntry, listHistory } from '../../core/history.js';
import type { AllianceId } from '../../core/ids.js';
import type { Answer, CommandCall, Profile, Word } from '../../core/platform.js';
import { receiptTables } from '../../core/tables.js';
import type { Button, RecordView, View } from '../../core/view.js';
import { decisions } from '../decisions/index.js';
import { permissions } from '../permissions.js';
import { alliances } from './index.js';
import { allianceTables } from './tables.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), { features: [decisions, alliances], permissions });

/** People of three workspaces that take part in nothing. */
const lena = { platform: 'slack', workspace: 'T70LYRA', user: 'U70LENA' } as const;
const luis = { platform: 'slack', workspace: 'T70LYRA', user: 'U71LUIS' } as const;
const mark = {
  platform: 'teams',
  workspace: 'mira.example',
  user: 'mark',
  detail: { serviceUrl: 'https://m/' },
} as const;
const olaf = { platform: 'slack', workspace: 'T90ORIO', user: 'U90OLAF' } as const;
const vera = { platform: 'slack', workspace: 'T95VEGA', user: 'U95VERA' } as const;

interface Somebody {
  readonly platform: 'slack' | 'teams';
  readonly workspace: string;
  readonly user: string;
}

let count = 0;

const callOf = (who: Somebody, direct = true) => {
  count += 1;
  const { platform, workspace, user } = who;
  const conversation = direct ? `D-${user}` : `C-${workspace}`;
  return { id: `call-${count}`, caller: who, spot: { platform, workspace, conversation, direct } };
};

const speaker = (house: House) => ({
  say: (who: Somebody, text: string | readonly Word[], direct = true): Promise<Answer> =>
    house.inbound.command({ ...callOf(who, direct), words: typeof text === 'string' ? [text] : text }),
  press: (who: Somebody, button: Pick<Button, 'id' | 'subject' | 'carry'>, values: Record<string, string> = {}) =>
    house.inbound.press({
      ...callOf(who),
      interaction: button.id,
      ...(button.subject && { subject: button.subject }),
      values: { ...button.carry, ...values },
    }),
});

const textOf = (view: View): string => JSON.stringify(view);

const sentence = ({ view }: Answer): string => {
  if (view.kind !== 'notice') return textOf(view);
  return typeof view.text === 'string'
    ? view.text
    : view.text.map((span) => (typeof span === 'string' ? span : '*')).join('');
};

const codeIn = (answer: Answer): string => {
  const [, code] = /join ((?:[a-z]+-){3}[a-z]+ (?:[a-z]+-){3}[a-z]+)/.exec(sentence(answer)) ?? [];
  if (!code) throw new Error(`no code in: ${sentence(answer)}`);
  return code;
};

const buttonsOf = (view: View): readonly Button[] => {
  if (view.kind === 'form' || view.kind === 'file') return [];
  const own = view.buttons ?? [];
  return view.kind === 'list' ? [...view.items.flatMap((item) => item.buttons ?? []), ...own] : own;
};

const button = ({ view }: Answer, label: string): Button => {
  const found = buttonsOf(view).find((one) => one.label === label);
  if (!found) throw new Error(`no '${label}' in ${textOf(view)}`);
  return found;
};

const setupValues = {
  own: 'Lyra Labs',
  partner: 'Mira Pharma',
  name: 'Dawn',
  zone: 'europe/zurich',
  key: 'jsc',
  committee: 'Joint Steering Committee',
};

const profiles: Record<string, Partial<Profile>> = {
  [lena.user]: { name: 'Lena Ott', zone: 'Europe/Zurich' },
  [luis.user]: { name: 'Luis Paz' },
  [mark.user]: { name: 'Mark Doe', email: 'mark@mira.example' },
  [olaf.user]: { name: 'Olaf Berg' },
  [vera.user]: { name: 'Vera Lind' },
};

const start = async (openStore: Open) => {
  const house = await open(openStore);
  for (const [user, profile] of Object.entries(profiles)) {
    house.slack.profiles.set(user, profile);
    house.teams.profiles.set(user, profile);
  }
  const { say, press } = speaker(house);
  const setUp = (values: Partial<typeof setupValues> = {}, who: Somebody = lena) =>
    press(who, { id: 'alliances.setup' }, { ...setupValues, ...values });
  const ask = async (code: string, who: Somebody = mark, as = 'Mira Pharma') =>
    press(who, button(await say(who, `join ${code}`), `Join as ${as}`));
  const requests = async (who: Somebody = lena) => say(who, 'invite');
  const confirm = async (who: Somebody = lena, workspace = 'workspace mira.example') =>
    press(who, button(await requests(who), `Confirm ${workspace}`));
  return { house, say, press, setUp, ask, requests, confirm };
};

type Begun = Awaited<ReturnType<typeof start>>;

/** Dawn, of Lyra Labs and Mira Pharma, both in. */
const begin = async (openStore: Open): Promise<Begun> => {
  const begun = await start(openStore);
  await begun.ask(codeIn(await begun.setUp()));
  await begun.confirm();
  return begun;
};

const NOT_WORKING =
  'This code does not work. A code works once and for 14 days: ask whoever sent it to you for a new one.';

const cardsFor = ({ slack, teams }: House, { platform, user }: Somebody): readonly View[] => {
  const { sent } = platform === 'slack' ? slack : teams;
  const last = new Map(sent.filter((one) => one.conversation === user).map((one) => [one.message, one.view]));
  return [...last.values()];
};

eachEngine('an alliance', (openStore) => {
  it('begins in a workspace that takes part in nothing, with a form that is mostly filled in', async () => {
    const { say, press } = await start(openStore);
    const welcome = await say(lena, '');
    expect(buttonsOf(welcome.view).map(({ label }) => label)).toEqual(['Set up an alliance', 'Join with a code']);
    const { view } = await press(lena, button(welcome, 'Set up an alliance'));
    expect(view).toMatchObject({ kind: 'form', id: 'alliances.setup', title: 'Set up an alliance' });
    expect(view).toEqual((await say(lena, 'setup')).view);
    expect(textOf(view)).toContain('"value":"Europe/Zurich"');
    expect(textOf((await press(lena, button(welcome, 'Join with a code'))).view)).toContain('alliances.look');
  });

  it('is set up by one form, whose answer is a code and what to do next', async () => {
    const { house, say, setUp } = await start(openStore);
    const answer = await setUp();
    expect(answer.outcome).toBe('done');
    expect(sentence(answer)).toContain('"Dawn" is set up, and you run it for Lyra Labs.');
    expect(sentence(answer)).toContain(`say this to it on your side: @Entente join ${codeIn(answer)}`);
    expect(sentence(answer)).toContain('1. Say bind JSC');
    expect(textOf((await say(lena, '')).view)).toContain('Lena Ott, Lyra Labs');
    // A colleague is one of the company's people at once, and runs nothing.
    expect(sentence(await say(luis, 'invite'))).toContain('Only the alliance professional of Lyra Labs does this.');
    const [{ allianceId = '' } = {}] = await house.store.read
      .select()
      .from(allianceTables(house.store.read).invitations);
    expect(await findBrokenEntry(house.store.read, allianceId as AllianceId)).toBeUndefined();
  });

  it('takes the names of both companies where it is given none, and offers to bind the channel it was said in', async () => {
    const { house } = await start(openStore);
    const call = callOf(lena, false);
    const press = { ...call, interaction: 'alliances.setup', values: { ...setupValues, name: ' ' } } as const;
    const answer = await house.inbound.press(press);
    expect(sentence(answer)).toContain('"Lyra Labs and Mira Pharma" is set up');
    expect(button(answer, 'Bind this channel to the JSC')).toMatchObject({ id: 'committees.bind' });
  });

  it.each([
    [{ own: ' ' }, 'own', 'Write the name of the company.'],
    [{ own: 'x'.repeat(61) }, 'own', 'A company’s name fits in 60 characters.'],
    [{ partner: 'lyra  LABS' }, 'partner', 'An alliance is of two companies. Write the other company’s name.'],
    [{ zone: 'Zurich' }, 'zone', 'Time zones have two parts. For Zurich, write Europe/Zurich.'],
    [
      { zone: '+01:00' },
      'zone',
      "Entente does not know the time zone '+01:00'. Write one such as Europe/Zurich or America/New_York.",
    ],
    [{ key: 'J S C' }, 'key', 'The key of a committee is 2 to 12 letters and digits, and begins with a letter: JDC.'],
  ])('says at its field what is wrong with %j', async (values, field, said) => {
    const { setUp } = await start(openStore);
    const answer = await setUp(values);
    expect(answer).toMatchObject({ outcome: 'refused', field });
    expect(sentence(answer)).toBe(said);
  });

  it('is not set up twice under one name, and of the same companies only when that is meant', async () => {
    const { setUp, press } = await start(openStore);
    await setUp();
    const again = await setUp({ name: 'DAWN' }, luis);
    expect(again).toMatchObject({ outcome: 'refused', field: 'name' });
    expect(sentence(again)).toContain('Your workspace is in "Dawn" already, which is of Lyra Labs and Mira Pharma.');
    const twin = await setUp({ name: 'Dusk' });
    expect(sentence(twin)).toContain('Your workspace is in "Dawn" already, and Lyra Labs and Mira Pharma with it.');
    expect(sentence(await press(lena, button(twin, 'Set up another one')))).toContain('"Dusk" is set up');
    expect(sentence(await setUp({ name: 'Dawn', own: 'Olsen', partner: 'Vega' }, olaf))).toContain('"Dawn" is set up');
  });

  it('is not set up by one person again and again while nobody joins', async () => {
    const { setUp } = await start(openStore);
    for (const partner of ['Aa', 'Bb', 'Cc', 'Dd', 'Ee'])
      expect(await setUp({ partner, name: partner })).toMatchObject({ outcome: 'done' });
    const sixth = await setUp({ partner: 'Ff', name: 'Ff' });
    expect(sixth.outcome).toBe('refused');
    expect(sentence(sixth)).toContain('five alliances that no other company has joined yet');
    expect((await setUp({ partner: 'Ff', name: 'Ff' }, luis)).outcome).toBe('done');
  });

  it('answers a redelivered setup and join alike, and does neither twice', async () => {
    const { house, say } = await start(openStore);
    const setup = { ...callOf(lena), interaction: 'alliances.setup', values: setupValues } as const;
    const first = await house.inbound.press(setup);
    expect(await house.inbound.press(setup)).toEqual(first);
    const offer = button(await say(mark, `join ${codeIn(first)}`), 'Join as Mira Pharma');
    const join = { ...callOf(mark), interaction: offer.id, values: offer.carry ?? {} };
    const asked = await house.inbound.press(join);
    expect(await house.inbound.press(join)).toEqual(asked);
    const said: CommandCall = { ...callOf(mark), words: ['join'] };
    expect(await house.inbound.command(said)).toEqual(await house.inbound.command(said));
    expect(await house.store.read.$count(allianceTables(house.store.read).joins)).toBe(1);
  });

  it('is set up and joined by no guest', async () => {
    const { house, setUp, say } = await start(openStore);
    house.slack.profiles.set(luis.user, { name: 'Luis Paz', guest: true });
    for (const answer of [await setUp({}, luis), await say(luis, 'setup'), await say(luis, 'join abandon')])
      expect(sentence(answer)).toContain('You are a guest in this workspace');
  });
});

eachEngine('joining', (openStore) => {
  it('shows what is being joined and by whom, and nothing else, until the first side has confirmed by name', async () => {
    const { house, say, setUp, ask, confirm } = await start(openStore);
    house.reconciler.start();
    const code = codeIn(await setUp());
    await say(lena, 'decision SECRET wording');
    const shown = await say(mark, `join ${code.toUpperCase().replaceAll('-', ', ')}`);
    expect(sentence(shown)).toBe(
      'Lyra Labs (Lena Ott) invites you to "Dawn" as Mira Pharma. The invitation comes from workspace T70LYRA: make sure that this is theirs. Joining asks them to confirm workspace mira.example; until they have, nothing of the alliance is shown here.',
    );
    expect(buttonsOf(shown.view).map(({ label }) => label)).toEqual(['Join as Mira Pharma']);
    expect(sentence(await ask(code))).toContain('Lyra Labs (Lena Ott) has been told');
    for (const words of ['', 'invite', 'decision', 'join', `join ${code}`]) {
      const before = await say(mark, words);
      expect(textOf(before.view)).not.toContain('SECRET');
      expect(before.view.kind).toBe('notice');
    }
    await house.slack.until((sent) => sent.some((one) => one.conversation === lena.user));
    const [card] = cardsFor(house, lena) as RecordView[];
    expect(card?.title).toBe('Mark Doe of workspace mira.example (Teams) asks to join as Mira Pharma');
    expect(card?.buttons.map(({ label }) => label)).toEqual(['Confirm workspace mira.example', 'Decline']);
    expect(cardsFor(house, mark)).toEqual([]);
    expect(sentence(await confirm())).toContain('Mira Pharma is in');
    await house.teams.until((sent) => sent.some((one) => one.conversation === mark.user));
    await house.slack.until((sent) => sent.some((one) => one.how === 'update' && one.conversation === lena.user));
    const sides = [...cardsFor(house, lena), ...cardsFor(house, mark)] as RecordView[];
    expect(sides.map(({ status }) => status)).toEqual(['Confirmed', 'Confirmed']);
    for (const side of sides) expect(textOf(side)).toContain('Confirmed by Lena Ott');
    expect(house.teams.sent.at(-1)).toMatchObject({ conversation: mark.user });
    expect(textOf((await say(mark, '')).view)).toContain('Mark Doe, Mira Pharma');
    await house.reconciler.stop();
  });

  it('makes whoever asked the alliance professional of their company, reachable as they were', async () => {
    const { house, say } = await begin(openStore);
    expect((await say(mark, 'invite')).view.kind).toBe('list');
    const identities = await house.store.read.select().from(directoryTables(house.store.read).identities);
    expect(identities.find(({ user }) => user === mark.user)?.detail).toEqual(mark.detail);
  });

  it('waits on the home of those who confirm, and of nobody else', async () => {
    const { say, setUp, ask } = await start(openStore);
    const code = codeIn(await setUp());
    expect((await say(lena, '')).view).toMatchObject({ title: 'Nothing waits for you' });
    await ask(code);
    expect(textOf((await say(lena, '')).view)).toContain('asks to join as Mira Pharma');
    expect(textOf((await say(luis, '')).view)).not.toContain('asks to join');
  });

  it('is ended by declining, which is told to whoever asked and lets a new code be made', async () => {
    const { say, setUp, ask, requests, press } = await start(openStore);
    const code = codeIn(await setUp());
    await ask(code);
    expect(sentence(await say(lena, 'invite Mira'))).toContain('Confirm or decline that first');
    expect(sentence(await press(luis, button(await requests(), 'Decline')))).toContain(
      'Only the alliance professional',
    );
    const decline = button(await requests(), 'Decline');
    expect(sentence(await press(lena, decline))).toContain('Declined');
    expect(sentence(await press(lena, decline))).toBe('Lena Ott has declined this request already.');
    for (const words of ['join', `join ${code}`])
      expect(sentence(await say(mark, words))).toContain('What was asked with this code was declined.');
    await ask(codeIn(await say(lena, 'invite mira')));
  });

  it('has one sentence for a used, an expired, a withdrawn and an unknown code, whoever says it', async () => {
    const { house, say, setUp, ask, press, requests } = await start(openStore);
    const used = codeIn(await setUp());
    await ask(used);
    await press(lena, button(await requests(), 'Decline'));
    const replaced = codeIn(await say(lena, 'invite Mira Pharma'));
    const withdrawn = codeIn(await press(lena, button(await requests(), 'Renew')));
    await press(lena, button(await requests(), 'Withdraw'));
    const expired = codeIn(await press(lena, button(await requests(), 'Invite Mira Pharma')));
    house.clock.at += 14 * DAY;
    const unknown = spelled(codeOf(new Uint8Array(32).fill(7), 8));
    for (const code of [used, replaced, withdrawn, expired, unknown])
      expect(sentence(await say(olaf, `join ${code}`))).toBe(NOT_WORKING);
  });

  it('names a mistyped word, and counts words', async () => {
    const { say, setUp } = await start(openStore);
    const words = codeIn(await setUp()).split(/[ -]/);
    const other = words[0] === 'zoo' ? 'zone' : 'zoo';
    expect(sentence(await say(mark, `join ${words.with(2, 'xylofone').join(' ')}`))).toContain(
      "'xylofone' is in no code",
    );
    expect(sentence(await say(mark, `join ${words.slice(1).join(' ')}`))).toContain(
      'The code has eight words, and here are 7',
    );
    expect(sentence(await say(mark, `join ${words.with(0, other).join(' ')}`))).toMatch(/mistyped|does not work/);
  });

  it('takes five wrong codes an hour from a workspace, whoever says them, and not even the right one then', async () => {
    const { house, say, setUp } = await start(openStore);
    const code = codeIn(await setUp());
    const fred = { ...mark, user: 'fred' };
    for (const who of [mark, fred, mark, fred, mark]) {
      house.clock.at += MINUTE;
      expect(sentence(await say(who, 'join wrong words'))).toContain("'words' is in no code");
    }
    const blocked = await say(fred, `join ${code}`);
    expect(sentence(blocked)).toBe(
      'Five codes that did not work came from your workspace within an hour. Try again after *.',
    );
    expect(blocked.view).toMatchObject({
      text: [expect.anything(), { moment: house.clock.at - 4 * MINUTE + HOUR }, '.'],
    });
    expect(sentence(await say(olaf, `join ${code}`))).toContain('invites you');
    house.clock.at += HOUR - 4 * MINUTE;
    expect(sentence(await say(fred, `join ${code}`))).toContain('invites you');
  });

  it('has a sentence for one’s own alliance, for a request that waits, and for a third workspace with an old code', async () => {
    const { say, setUp, ask, confirm } = await start(openStore);
    const code = codeIn(await setUp());
    expect(sentence(await say(luis, `join ${code}`))).toBe(
      'Your workspace takes part in "Dawn" already, for Lyra Labs. The code is for another one: send it along.',
    );
    await ask(code);
    const fred = { ...mark, user: 'fred' };
    expect(sentence(await say(fred, `join ${code}`))).toContain('Your workspace has asked already.');
    expect(sentence(await say(fred, 'join'))).toContain('Mark Doe has asked to join for this workspace on *.');
    await confirm();
    expect(sentence(await say(fred, `join ${code}`))).toContain('takes part in "Dawn" already, for Mira Pharma');
    expect(sentence(await say(olaf, `join ${code}`))).toBe(NOT_WORKING);
  });

  it('lets one of two workspaces that press at once ask, and answers the other', async () => {
    const { house, say, setUp } = await start(openStore);
    const code = codeIn(await setUp());
    const { press } = speaker(house);
    const offers = [button(await say(mark, `join ${code}`), 'Join as Mira Pharma')];
    offers.push(button(await say(olaf, `join ${code}`), 'Join as Mira Pharma'));
    const answers = await Promise.all([press(mark, offers[0]!), press(olaf, offers[1]!)]);
    expect(answers.map(sentence).filter((said) => said === NOT_WORKING)).toHaveLength(1);
    expect(await house.store.read.$count(allianceTables(house.store.read).joins)).toBe(1);
  });
});

eachEngine('an invitation', (openStore) => {
  it('is shown, renewed and withdrawn by alliance professionals', async () => {
    const { say, setUp, press, requests } = await start(openStore);
    const code = codeIn(await setUp());
    const list = await requests();
    expect(list.view).toMatchObject({ items: [{ title: 'Mira Pharma' }] });
    expect(textOf(list.view)).toContain('Made by Lena Ott');
    expect(textOf(list.view)).not.toContain(code);
    const show = button(list, 'Show the code');
    expect(codeIn(await press(lena, show))).toBe(code);
    expect(sentence(await press(luis, show))).toContain('Only the alliance professional');
    const renewed = codeIn(await press(lena, button(list, 'Renew')));
    expect(renewed).not.toBe(code);
    expect(sentence(await press(lena, show))).toBe('This code does not work any more. Say invite for those that do.');
    expect(sentence(await press(lena, button(await requests(), 'Withdraw')))).toContain('does not work any more');
    expect((await say(lena, 'invite')).view).toMatchObject({ items: [], buttons: [{ label: 'Invite Mira Pharma' }] });
    expect(sentence(await say(lena, 'invite Zeta'))).toContain('The alliance is of Lyra Labs and Mira Pharma.');
    expect(sentence(await say(lena, 'invite add'))).toBe('Say whom: invite add Zeta Labs.');
  });

  it('for a third company is confirmed by everybody who is in, and counts as a partner only then', async () => {
    const { house, say, ask, confirm } = await begin(openStore);
    const code = codeIn(await say(mark, 'invite add  Zeta Labs'));
    expect(sentence(await say(lena, 'invite add Mira  Pharma'))).toContain('Mira Pharma is in this alliance already.');
    const alliance = (await house.store.read.select().from(allianceTables(house.store.read).joins))[0]?.allianceId;
    const partners = async () =>
      (await directoryOf(house.store.read, house.clock.at).partners(alliance as AllianceId)).map(({ name }) => name);
    await ask(code, olaf, 'Zeta Labs');
    const half = await confirm(lena, 'workspace T90ORIO');
    expect(sentence(half)).toBe('You confirmed workspace T90ORIO for Lyra Labs. What is missing is Mira Pharma.');
    expect(sentence(await confirm(lena, 'workspace T90ORIO'))).toContain('Lena Ott has confirmed for Lyra Labs.');
    expect(textOf((await say(lena, '')).view)).not.toContain('asks to join');
    expect((await say(olaf, '')).view.kind).toBe('notice');
    expect(await partners()).toEqual(['Lyra Labs', 'Mira Pharma']);
    expect(sentence(await confirm(mark, 'workspace T90ORIO'))).toContain('Zeta Labs is in');
    expect(await partners()).toEqual(['Lyra Labs', 'Mira Pharma', 'Zeta Labs']);
    codeIn(await say(olaf, 'invite add Vega'));
    expect(sentence(await say(olaf, 'invite add Nemo'))).toContain('An alliance has at most four companies');
    expect(await findBrokenEntry(house.store.read, alliance as AllianceId)).toBeUndefined();
  });

  it('brings a further workspace of a company that is in, which that company confirms too', async () => {
    const { say, ask, confirm } = await begin(openStore);
    const invited = await say(lena, 'invite Lyra');
    expect(sentence(invited)).toContain(
      'Lyra Labs is in already: this code lets a further workspace of it ask to join.',
    );
    await ask(codeIn(invited), vera, 'Lyra Labs');
    await confirm(mark, 'workspace T95VEGA');
    expect((await say(vera, '')).view.kind).toBe('notice');
    await confirm(lena, 'workspace T95VEGA');
    expect(textOf((await say(vera, '')).view)).toContain('Vera Lind, Lyra Labs');
  });

  it('stands in the database as a fingerprint only, in answers that were kept too', async () => {
    const { house, say, setUp, ask } = await start(openStore);
    const code = codeIn(await setUp());
    await ask(code);
    await say(lena, 'invite');
    const kept: string[] = [];
    for (const table of [receiptTables(house.store.read).receipts, ...Object.values(allianceTables(house.store.read))])
      kept.push(JSON.stringify(await house.store.read.select().from(table as never)));
    for (const pair of [code.split(' ')[0]!, code.split(/[ -]/).slice(0, 3).join(' ')])
      expect(kept.join('')).not.toContain(pair);
  });

  it('of one alliance is nothing to the professionals of another', async () => {
    const { house, setUp, press, requests, ask } = await start(openStore);
    const code = codeIn(await setUp());
    const show = button(await requests(), 'Show the code');
    const ana = house.call('ana').caller;
    expect(sentence(await press(ana, show))).toContain('not of your alliance');
    await ask(code);
    expect(sentence(await press(ana, button(await requests(), 'Decline')))).toContain('not in your alliance');
  });

  it('leaves a history that names who did what', async () => {
    const { house } = await begin(openStore);
    const [join] = await house.store.read.select().from(allianceTables(house.store.read).joins);
    const entries = await listHistory(house.store.read, join?.allianceId as AllianceId, {
      feature: 'alliances',
      id: join!.id,
    });
    expect(entries.map(({ verb }) => verb)).toEqual(['confirmed', 'joined']);
    expect(entries.every(({ person }) => person === join?.decidedBy)).toBe(true);
  });
});
