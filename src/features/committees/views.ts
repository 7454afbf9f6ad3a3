import { whichCommittee } from '../../core/acting.js';
import type { Committee, Partner } from '../../core/context.js';
import type { Channel } from '../../core/directory/channels.js';
import { type CommitteeId, type PartnerId, platformNames } from '../../core/ids.js';
import { KEY_MAX } from '../../core/naming.js';
import { audienceLine, namesOf } from '../../core/sentences.js';
import {
  type Button,
  type FormView,
  type ListItem,
  type ListView,
  type NoticeView,
  notice,
  type Subject,
} from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import { NAME_MAX } from './rules.js';

export const subjectOf = (id: CommitteeId): Subject => ({ feature: 'committees', id });

interface Placed {
  readonly committee: Committee;
  /** How many stand above it. */
  readonly depth: number;
}

/** Each after the one that it stands under; one whose parent is closed stands at the top. */
export const treeOf = (committees: readonly Committee[]): readonly Placed[] => {
  const known = new Set(committees.map((one) => one.id));
  const above = ({ parent }: Committee) => (parent !== undefined && known.has(parent) ? parent : undefined);
  const under = (parent: CommitteeId | undefined, depth: number): readonly Placed[] =>
    committees
      .filter((one) => above(one) === parent)
      .flatMap((committee) => [{ committee, depth }, ...under(committee.id, depth + 1)]);
  return under(undefined, 0);
};

export interface Listed {
  readonly committee: Committee;
  /** How many sit there, by company. */
  readonly seats: ReadonlyMap<PartnerId, number>;
  /** As far as they may be named here. */
  readonly channels: readonly Channel[];
}

const channelName = ({ platform, name }: Channel): string => {
  if (name === undefined) return `a ${platformNames[platform]} channel`;
  return platform === 'slack' ? `#${name}` : name;
};

const laneOf = ({ internal, shared }: Channel): string => {
  if (internal) return shared ? ' (internal, but others can read it)' : ' (internal)';
  return shared ? ' (shared)' : '';
};

const seatsLine = (seats: Listed['seats'], partners: readonly Partner[]): string =>
  `Seats: ${partners.map(({ id, name }) => `${name} ${seats.get(id) ?? 0}`).join(', ')}`;

/** What a committee has set for itself. */
const quorumLine = ({ quorum }: Committee): readonly string[] =>
  quorum === undefined ? [] : [`Quorum: ${quorum} ${quorum === 1 ? 'vote' : 'votes'} of each company`];

/** A company's own lanes last, since the others are what everybody looks for. */
const byLane = (a: Channel, b: Channel): number =>
  Number(a.internal) - Number(b.internal) || (a.name ?? '').localeCompare(b.name ?? '', 'en');

const channelsLine = (channels: readonly Channel[]): string => {
  const lanes = [...channels].sort(byLane).map((channel) => `${channelName(channel)}${laneOf(channel)}`);
  return lanes.length === 0 ? 'No channel yet' : `Channels: ${lanes.join(', ')}`;
};

const itemButtons = ({ id }: Committee, mayBind: boolean): readonly Button[] => {
  const carry = { committee: id };
  return [
    { id: 'seats.roster', label: 'Roster', carry, opensWindow: true },
    ...(mayBind ? [{ id: 'committees.bind', label: 'Bind this channel', carry } satisfies Button] : []),
    { id: 'committees.edit', label: 'Rename', carry, opensWindow: true },
    { id: 'committees.ask-close', label: 'Close', carry },
  ];
};

const addButton: Button = { id: 'committees.form', label: 'Add a committee', opensWindow: true };

export interface Around {
  readonly alliance: string;
  readonly partners: readonly Partner[];
  /** Whose channels are named. */
  readonly own: Partner;
  /** The conversation they are asked for in is free. */
  readonly mayBind: boolean;
}

const itemOf = ({ committee, depth }: Placed, { seats, channels }: Listed, around: Around): ListItem => ({
  title: `${'– '.repeat(depth)}${committee.key} · ${committee.name}`,
  text: [seatsLine(seats, around.partners), ...quorumLine(committee), channelsLine(channels)].join('\n'),
  buttons: itemButtons(committee, around.mayBind),
});

export const committeeList = (listed: readonly Listed[], around: Around): ListView => {
  const byId = new Map(listed.map((one) => [one.committee.id, one]));
  return {
    kind: 'list',
    title: `Committees of ${around.alliance}`,
    intro: `${namesOf(around.partners)} see the committees and seats; channels are those of ${around.own.name}.`,
    items: treeOf(listed.map((one) => one.committee)).flatMap((placed) => {
      const one = byId.get(placed.committee.id);
      return one ? [itemOf(placed, one, around)] : [];
    }),
    empty: "There is no committee yet. Add the first one: 'committee add JSC Joint Steering Committee'.",
    buttons: [addButton],
  };
};

/** Stands for no parent: a choice needs a value. */
export const TOP = 'top';

export interface Draft {
  readonly key?: string;
  readonly name?: string;
  readonly parent?: CommitteeId;
}

export const addForm = (draft: Draft, open: readonly Committee[], partners: readonly Partner[]): FormView => ({
  kind: 'form',
  id: 'committees.add',
  title: 'Add a committee',
  submit: 'Add',
  audience: audienceLine(SHARED, partners),
  fields: [
    ...namingFields(draft),
    ...(open.length === 0
      ? []
      : [
          {
            kind: 'choice',
            name: 'parent',
            label: 'Under',
            value: draft.parent ?? TOP,
            options: [
              { value: TOP, label: 'None, it stands at the top' },
              ...open.map(({ id, key, name }) => ({ value: id, label: `${key}, ${name}` })),
            ],
          } as const,
        ]),
  ],
});

const namingFields = ({ key, name }: Draft): FormView['fields'] => [
  {
    kind: 'text',
    name: 'key',
    label: 'Key',
    hint: 'What people say: JDC',
    lines: 'one',
    max: KEY_MAX,
    required: true,
    ...(key !== undefined && { value: key }),
  },
  {
    kind: 'text',
    name: 'name',
    label: 'Name',
    hint: 'Joint Development Committee',
    lines: 'one',
    max: NAME_MAX,
    required: true,
    ...(name !== undefined && { value: name }),
  },
];

export const renameForm = ({ id, key, name }: Committee, partners: readonly Partner[]): FormView => ({
  kind: 'form',
  id: 'committees.rename',
  title: 'Rename a committee',
  submit: 'Rename',
  audience: audienceLine(SHARED, partners),
  carry: { committee: id },
  fields: namingFields({ key, name }),
});

export const closeQuestion = ({ id, key, name }: Committee): NoticeView => ({
  kind: 'notice',
  title: `Close the ${key}?`,
  text: `The ${name} would decide nothing more, and its seats end. Its record stays readable. This cannot be undone.`,
  buttons: [{ id: 'committees.close', label: `Close the ${key}`, style: 'danger', carry: { committee: id } }],
});

/** The line in the committee's channels after it was renamed or closed, as it is now. */
export const committeeCard = ({ key, name, closedAt }: Committee): NoticeView => ({
  kind: 'notice',
  text:
    closedAt === undefined
      ? `This committee is called ${name} now, ${key} for short.`
      : `The ${key}, ${name}, is closed. What it recorded stays readable.`,
});

export const whichToBind = (committees: readonly Committee[], internal: boolean): NoticeView =>
  whichCommittee(
    committees,
    { id: 'committees.bind', ...(internal && { carry: { internal: 'yes' } }) },
    internal ? 'Which committee is this internal lane for?' : 'Which committee is this channel for?',
  );

const whoReads = (
  channel: Pick<Channel, 'shared' | 'internal'>,
  own: Partner,
  partners: readonly Partner[],
): string => {
  if (channel.internal) return `What is recorded here is for ${own.name} alone, and only ${own.name} sees it.`;
  if (channel.shared)
    return `${namesOf(partners)} can read this channel, so its cards say only what ${partners.length > 2 ? 'all' : 'both'} may see.`;
  return `Only people of ${own.name} read it.`;
};

export const boundNotice = (
  channel: Pick<Channel, 'id' | 'shared' | 'internal'>,
  committee: Committee,
  own: Partner,
  partners: readonly Partner[],
): NoticeView => {
  const what = channel.internal ? `is the internal lane of ${own.name} for` : `is bound for ${own.name} to`;
  return notice(
    `This channel ${what} the ${committee.key}. ${whoReads(channel, own, partners)} What is recorded from now on is shown here; what was before is not posted again.`,
    [{ id: 'committees.unbind', label: 'Undo', carry: { channel: channel.id } }],
  );
};

export const unboundNotice = (committee: Committee, internal: boolean): NoticeView =>
  notice(
    `This channel is no longer bound to the ${committee.key}. Cards here say that what stood is no longer kept here; the record itself stays.`,
    [
      {
        id: 'committees.bind',
        label: 'Bind it again',
        carry: { committee: committee.id, ...(internal && { internal: 'yes' }) },
      },
    ],
  );
