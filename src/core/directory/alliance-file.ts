import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { roles } from '../context.js';
import { isOneLine, isSeen } from '../naming.js';

/*
 * ALLIANCE_FILE: an alliance declared in one YAML file. Keys are for references inside the file; ids are the platforms'.
 */
const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'is not an IANA time zone, such as Europe/Zurich');

const name = z
  .string()
  .trim()
  .refine(
    (text) => isSeen(text) && isOneLine(text) && [...text].length <= 200,
    'is not a name: one line of 1 to 200 characters that can be seen',
  );

const id = z.string().regex(/^[^\s\p{Cc}\p{Cs}]{1,300}$/u, 'is not an id: copy it from the platform, without blanks');
const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Teams writes them in small letters, some of Azure's pages do not. */
const teamsId = id.transform((text) => (guid.test(text) ? text.toLowerCase() : text));

const slackWorkspace = z.strictObject({ team: id });
const teamsWorkspace = z.strictObject({ tenant: teamsId });

const holiday = z.strictObject({ on: z.iso.date('is not a day, such as 2026-12-25'), name });

const partner = z
  .strictObject({
    key: z.string(),
    name,
    slack: slackWorkspace.optional(),
    teams: teamsWorkspace.optional(),
    // Without a default: files from before there were holidays must not look changed.
    holidays: z.array(holiday).optional(),
  })
  .refine((value) => value.slack || value.teams, 'needs slack: { team } or teams: { tenant }');

const person = z
  .strictObject({
    key: z.string(),
    name,
    partner: z.string(),
    slack: id.optional(),
    teams: teamsId.optional(),
    timeZone: zone.optional(),
    professional: z.boolean().default(false),
  })
  .refine((value) => value.slack || value.teams, 'needs a slack or a teams user id');

/** Others read there too. */
const shared = z.boolean().default(false);
/** The company's own lane. */
const internal = z.boolean().default(false);

const channel = z.union(
  [
    z.strictObject({
      slack: z.strictObject({ team: id, channel: id, shared, internal }),
    }),
    z.strictObject({
      teams: z.strictObject({
        tenant: teamsId,
        conversation: id,
        serviceUrl: z.url(),
        shared,
        internal,
      }),
    }),
  ],
  'is not a channel: slack: { team, channel } or teams: { tenant, conversation, serviceUrl }',
);

const committee = z.strictObject({
  key: name,
  name,
  seats: z.array(
    z.strictObject({
      person: z.string(),
      role: z.enum(roles),
    }),
  ),
  channels: z.array(channel),
});

type Partner = z.output<typeof partner>;
type Person = z.output<typeof person>;

const keysOf = (rows: readonly { readonly key: string }[]): string[] => rows.map((row) => row.key);

const homesOf = ({ slack, teams }: Partner): string[] => [
  ...(slack ? [`slack ${slack.team}`] : []),
  ...(teams ? [`teams ${teams.tenant}`] : []),
];

const accountsOf = ({ slack, teams }: Person, home: Partner | undefined): string[] => [
  ...(slack && home?.slack ? [`slack ${home.slack.team} ${slack}`] : []),
  ...(teams && home?.teams ? [`teams ${home.teams.tenant} ${teams}`] : []),
];

const placeOf = (place: z.output<typeof channel>): string =>
  'slack' in place
    ? `slack ${place.slack.team} ${place.slack.channel}`
    : `teams ${place.teams.tenant} ${place.teams.conversation}`;

export const allianceFile = z
  .strictObject({
    alliance: z.strictObject({ name, timeZone: zone }),
    partners: z.array(partner).min(2, 'needs two partners or more'),
    people: z.array(person),
    committees: z.array(committee),
  })
  .superRefine((file, context) => {
    const unknown = (path: (string | number)[], key: string, what: string) =>
      context.addIssue({ code: 'custom', path, message: `names ${what} '${key}', which the file does not declare` });
    const repeated = (keys: readonly string[], path: string, why = '') => {
      for (const key of new Set(keys.filter((candidate, at) => keys.indexOf(candidate) !== at)))
        context.addIssue({ code: 'custom', path: path.split('.'), message: `declares '${key}' twice${why}` });
    };
    repeated(keysOf(file.partners), 'partners');
    repeated(keysOf(file.people), 'people');
    repeated(keysOf(file.committees), 'committees');
    repeated(file.partners.flatMap(homesOf), 'partners', ': each partner needs its own workspace');
    const partners = new Map(file.partners.map((row) => [row.key, row]));
    file.people.forEach((row, at) => {
      const home = partners.get(row.partner);
      if (!home) unknown(['people', at, 'partner'], row.partner, 'the partner');
      else if ((row.slack && !home.slack) || (row.teams && !home.teams))
        context.addIssue({
          code: 'custom',
          path: ['people', at],
          message: `has an id on a platform that '${row.partner}' is not on`,
        });
    });
    const accounts = file.people.flatMap((row) => accountsOf(row, partners.get(row.partner)));
    repeated(accounts, 'people', ': each person needs an id of their own');
    const placed = file.committees.flatMap((row) => row.channels.map(placeOf));
    repeated(placed, 'committees', ': a channel belongs to one committee');
    const people = new Set(keysOf(file.people));
    const homes = new Set(file.partners.flatMap(homesOf));
    file.committees.forEach((row, at) => {
      repeated(
        row.seats.map((seat) => seat.person),
        `committees.${at}.seats`,
        ': one seat holds one role',
      );
      row.seats.forEach((seat, index) => {
        if (!people.has(seat.person)) unknown(['committees', at, 'seats', index], seat.person, 'the person');
      });
      row.channels.forEach((place, index) => {
        const home = 'slack' in place ? `slack ${place.slack.team}` : `teams ${place.teams.tenant}`;
        if (!homes.has(home)) unknown(['committees', at, 'channels', index], home, 'the workspace');
      });
    });
  });

export type AllianceFile = z.output<typeof allianceFile>;

/** The parser's own message quotes the file, which may be another one than was meant. */
const parseYaml = (yaml: string): unknown => {
  try {
    return parse(yaml);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new Error(`The alliance file is not YAML: line ${error.linePos?.[0].line ?? '?'} cannot be read.`);
  }
};

/** Reads the YAML of an alliance file. @throws Error whose message names every mistake in it. */
export const parseAlliance = (yaml: string): AllianceFile => {
  const result = allianceFile.safeParse(parseYaml(yaml));
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `- ${issue.path.join('.') || 'the file'} ${issue.message}`);
  throw new Error(['The alliance file has mistakes:', ...lines].join('\n'));
};
