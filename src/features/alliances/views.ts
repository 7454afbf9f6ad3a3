import type { Partner } from '../../core/context.js';
import { type Instant, type PersonId, platformNames, type Zone } from '../../core/ids.js';
import { KEY_MAX } from '../../core/naming.js';
import { nameIn, seenLine } from '../../core/sentences.js';
import {
  type Button,
  type FormView,
  type ListItem,
  type ListView,
  type NoticeView,
  type RecordView,
  type Span,
  type Subject,
  secretNotice,
  type Text,
} from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import { type Confirmation, type Invitation, type Join, type Setup, textLimits } from './rules.js';

export const subjectOf = (id: string): Subject => ({ feature: 'alliances', id });

export const beginButton: Button = { id: 'alliances.begin', label: 'Set up an alliance', opensWindow: true };
export const enterButton: Button = { id: 'alliances.enter', label: 'Join with a code', opensWindow: true };

export interface SetupDraft {
  readonly name?: string;
  readonly own?: string;
  readonly zone?: Zone;
}

const line = (name: string, label: string, max: number, more: { value?: string; hint?: string } = {}) =>
  ({ kind: 'text', name, label, lines: 'one', max, required: true, ...more }) as const;

const ZONE_HINT = 'Days begin and end in it. Europe/Zurich, for example';

export const setupForm = ({ own, name, zone }: SetupDraft): FormView => ({
  kind: 'form',
  id: 'alliances.setup',
  title: 'Set up an alliance',
  submit: 'Set up',
  audience: 'Your partner’s company will see this, once it has the code',
  fields: [
    line('own', 'Our company', textLimits.company, { value: own }),
    line('partner', 'Our partner’s company', textLimits.company),
    {
      ...line('name', 'Alliance', textLimits.name, { value: name, hint: 'Left empty: the names of both companies' }),
      required: false,
    },
    line('zone', 'Time zone', textLimits.zone, { value: zone, hint: ZONE_HINT }),
    line('key', 'First committee', KEY_MAX, { value: 'JSC', hint: 'Its key: one short word' }),
    line('committee', 'Its whole name', textLimits.committee, { value: 'Joint Steering Committee' }),
  ],
});

export const codeForm = (): FormView => ({
  kind: 'form',
  id: 'alliances.look',
  title: 'Join with a code',
  submit: 'Look',
  audience: 'Only you see what comes of it; nothing is joined yet',
  fields: [line('code', 'The code', 200, { hint: 'Eight words that your partner’s company sent you' })],
});

/** What goes along with a code, ready to copy. */
export interface Sending {
  readonly code: string;
  readonly company: string;
  readonly until: Instant;
  readonly zone: Zone;
}

/** Two sentences for the other side, between blank lines so that they can be copied. */
export const sendAlong = ({ code, company, until, zone }: Sending): readonly Span[] => [
  `Send this to ${company}:\n\n`,
  `Add Entente to your Slack or Teams, and say this to it on your side: @Entente join ${code}\n`,
  'I confirm your workspace when it asks, and then we can begin; the code works once, until ',
  { moment: until, zone },
  '.',
];

/** What was set up, the code, and what comes next. */
export const setUpNotice = (setup: Setup, sending: Sending, buttons: readonly Button[]): NoticeView =>
  secretNotice(
    [
      `"${setup.name}" is set up, and you run it for ${setup.own}. `,
      ...sendAlong(sending),
      `\n\nNext:\n1. Say bind ${setup.key} in your committee’s channel.\n2. Seat your people: seat @person member ${setup.key}.\n3. Confirm ${setup.partner} when it asks to join.`,
    ],
    buttons,
  );

/** What somebody with the code is told, and nothing else of the alliance. */
export interface Offer {
  readonly alliance: string;
  readonly company: string;
  readonly by: string;
  /** The workspace that they invite from. */
  readonly origin?: string;
  readonly workspaceName: string;
  /** As it was said; it comes back with the press. */
  readonly code: string;
}

export const offerNotice = ({ alliance, company, by, origin, workspaceName, code }: Offer): NoticeView =>
  secretNotice(
    `${by} invites you to "${alliance}" as ${company}.${origin ? ` The invitation comes from ${origin}: make sure that this is theirs.` : ''} Joining asks them to confirm ${workspaceName}; until they have, nothing of the alliance is shown here.`,
    [{ id: 'alliances.join', label: `Join as ${company}`, style: 'primary', carry: { code } }],
  );

/** What a request's card needs besides the request. */
export interface Around {
  readonly alliance: string;
  readonly company: string;
  readonly joined: readonly Partner[];
  readonly confirmations: readonly Confirmation[];
  readonly invitedBy?: PersonId;
  readonly names: ReadonlyMap<PersonId, string>;
  readonly zone: Zone;
}

const whoOf = ({ profile, workspaceName, caller }: Join): string =>
  `${profile.name} of ${workspaceName} (${platformNames[caller.platform]})`;

const words: Readonly<Record<Join['state'], readonly [verb: string, status: string]>> = {
  asked: ['asks to join as', 'Waits for confirmation'],
  confirmed: ['has joined as', 'Confirmed'],
  declined: ['asked to join as', 'Declined'],
};

export const titleOf = (join: Join, company: string): string => `${whoOf(join)} ${words[join.state][0]} ${company}`;

/** Companies that were in when it was decided; who came later had nothing to say about it. */
const confirmedBy = (join: Join, around: Around): string =>
  around.joined
    .flatMap(({ id, name }) => {
      const own = around.confirmations.find(({ partner }) => partner === id);
      if (own) return [`${name} confirmed by ${nameIn(around.names, own.person)}`];
      return join.state === 'asked' ? [`${name} not yet`] : [];
    })
    .join(' · ');

const statusText = (join: Join, around: Around): Text => {
  const [, status] = words[join.state];
  if (join.state === 'asked' || join.decidedBy === undefined || join.decidedAt === undefined) return status;
  return [`${status} by ${nameIn(around.names, join.decidedBy)}, `, { moment: join.decidedAt, zone: around.zone }];
};

const pressed = (verb: string, label: string, id: string): Button => ({
  id: `alliances.${verb}`,
  label,
  subject: subjectOf(id),
});

const decisionButtons = ({ state, workspaceName, id }: Join): readonly Button[] =>
  state === 'asked'
    ? [{ ...pressed('confirm', `Confirm ${workspaceName}`, id), style: 'primary' }, pressed('decline', 'Decline', id)]
    : [];

const NEXT =
  'Say bind and a committee’s key in your channel, such as bind JSC, and seat your people: seat @person member JSC.';

const footerOf = (join: Join, { company, joined }: Around): readonly Text[] => {
  const seen = seenLine(SHARED, joined);
  if (join.state !== 'asked') return [seen];
  const rule = `One alliance professional of each company that is in confirms. It makes ${join.profile.name} the alliance professional of ${company}, whose people see nothing until then.`;
  return [rule, seen];
};

/** A request, as those see it who are in; `own` is drawn for the company that has joined with it. */
export const joinCard = (join: Join, around: Around, own: boolean): RecordView => {
  const { company, zone } = around;
  const confirmed = confirmedBy(join, around);
  const [, status] = words[join.state];
  const title = titleOf(join, company);
  return {
    kind: 'record',
    subject: subjectOf(join.id),
    label: 'Joining:',
    title,
    status,
    summary: `${title}. ${status}.${confirmed === '' ? '' : ` ${confirmed}.`}`,
    facts: [
      { label: 'Alliance', text: around.alliance },
      ...(join.profile.email && !own ? [{ label: 'E-mail', text: join.profile.email }] : []),
      ...(around.invitedBy ? [{ label: 'Invited by', text: nameIn(around.names, around.invitedBy) }] : []),
      { label: 'Asked', text: [{ moment: join.askedAt, zone }] },
      ...(confirmed === '' ? [] : [{ label: 'Confirmation', text: confirmed }]),
      { label: 'Status', text: statusText(join, around) },
      ...(own && join.state === 'confirmed' ? [{ label: 'Next', text: NEXT }] : []),
    ],
    footer: footerOf(join, around),
    buttons: decisionButtons(join),
  };
};

export const waitingItem = (join: Join, company: string): ListItem => ({
  title: titleOf(join, company),
  text: 'It sees nothing until you have confirmed its workspace.',
  buttons: decisionButtons(join),
});

/** A code that works, as those see it who may show it. */
export interface Open {
  readonly invitation: Invitation;
  readonly company: string;
  readonly by: string;
}

const openItem = ({ invitation: { id, expiresAt }, company, by }: Open, zone: Zone): ListItem => ({
  title: company,
  text: [`Made by ${by}. Works once, until `, { moment: expiresAt, zone }, '.'],
  buttons: [pressed('show', 'Show the code', id), pressed('renew', 'Renew', id), pressed('withdraw', 'Withdraw', id)],
});

/** What `invite` shows: requests first, then codes, then who could be invited. */
export const invitationList = (
  alliance: string,
  open: readonly Open[],
  asked: readonly ListItem[],
  uninvited: readonly Partner[],
  zone: Zone,
): ListView => ({
  kind: 'list',
  title: `Invitations to ${alliance}`,
  intro: 'Each code lets one workspace ask to join. It sees nothing until you have confirmed it.',
  items: [...asked, ...open.map((one) => openItem(one, zone))],
  empty: 'No invitation is open. Say invite and a company’s name, or invite add and the name of a further company.',
  buttons: uninvited.map(({ id, name }) => ({
    id: 'alliances.invite',
    label: `Invite ${name}`,
    carry: { partner: id },
  })),
});
