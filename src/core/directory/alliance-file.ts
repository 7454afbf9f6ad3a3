import { parse } from 'yaml';
import { z } from 'zod';

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

const slackWorkspace = z.strictObject({ team: z.string().min(1) });
const teamsWorkspace = z.strictObject({ tenant: z.string().min(1) });

const partner = z
  .strictObject({
    key: z.string(),
    name: z.string().min(1),
    slack: slackWorkspace.optional(),
    teams: teamsWorkspace.optional(),
  })
  .refine((value) => value.slack || value.teams, 'needs slack: { team } or teams: { tenant }');

const person = z
  .strictObject({
    key: z.string(),
    name: z.string().min(1),
    partner: z.string(),
    slack: z.string().optional(),
    teams: z.string().optional(),
    timeZone: zone.optional(),
    professional: z.boolean().default(false),
  })
  .refine((value) => value.slack || value.teams, 'needs a slack or a teams user id');

const channel = z.union(
  [
    z.strictObject({
      slack: z.strictObject({ team: z.string(), channel: z.string(), shared: z.boolean().default(false) }),
    }),
    z.strictObject({
      teams: z.strictObject({
        tenant: z.string(),
        conversation: z.string(),
        serviceUrl: z.url(),
        shared: z.boolean().default(false),
      }),
    }),
  ],
  'is not a channel: slack: { team, channel } or teams: { tenant, conversation, serviceUrl }',
);

const committee = z.strictObject({
  key: z.string().min(1),
  name: z.string().min(1),
  seats: z.array(
    z.strictObject({
      person: z.string(),
      role: z.enum(['co-chair', 'member', 'alternate', 'alliance professional', 'observer', 'guest']),
    }),
  ),
  channels: z.array(channel),
});

export const allianceFile = z
  .strictObject({
    alliance: z.strictObject({ name: z.string().min(1), timeZone: zone }),
    partners: z.array(partner).min(2, 'needs two partners or more'),
    people: z.array(person),
    committees: z.array(committee),
  })
  .superRefine((file, context) => {
    const unknown = (path: (string | number)[], key: string, what: string) =>
      context.addIssue({ code: 'custom', path, message: `names ${what} '${key}', which the file does not declare` });
    const repeated = (keys: readonly string[], path: string) => {
      for (const key of new Set(keys.filter((candidate, at) => keys.indexOf(candidate) !== at)))
        context.addIssue({ code: 'custom', path: [path], message: `declares '${key}' twice` });
    };
    repeated(
      file.partners.map((row) => row.key),
      'partners',
    );
    repeated(
      file.people.map((row) => row.key),
      'people',
    );
    repeated(
      file.committees.map((row) => row.key),
      'committees',
    );
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
    const people = new Set(file.people.map((row) => row.key));
    const homes = new Set(
      file.partners.flatMap((row) => [
        row.slack && `slack ${row.slack.team}`,
        row.teams && `teams ${row.teams.tenant}`,
      ]),
    );
    file.committees.forEach((row, at) => {
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

/** Reads the YAML of an alliance file. @throws Error whose message names every mistake in it. */
export const parseAlliance = (yaml: string): AllianceFile => {
  const result = allianceFile.safeParse(parse(yaml));
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `- ${issue.path.join('.') || 'the file'} ${issue.message}`);
  throw new Error(['The alliance file has mistakes:', ...lines].join('\n'));
};
