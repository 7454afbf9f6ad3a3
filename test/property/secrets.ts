/*
 * What people type, as words that are found again in any bytes, and who may read each of them.
 */

/** A company of a world, or somebody who is of none. */
export type Side = string;

/** Who may read a secret. */
export type Scope =
  /** Whoever typed it, in what is answered to them. */
  | { readonly kind: 'typer'; readonly account: string }
  /** One company's people; `internal` also says: in a channel only where it is that company's own lane. */
  | { readonly kind: 'company'; readonly side: Side; readonly internal: boolean }
  | { readonly kind: 'sides'; readonly sides: ReadonlySet<Side> }
  /** It was refused where others read along, and must be kept nowhere. */
  | { readonly kind: 'nobody' };

/** Where bytes go. */
export type Reader =
  /** `host` is whose chat it is: its company can read along. */
  | { readonly kind: 'person'; readonly account: string; readonly side: Side; readonly host: Side }
  | { readonly kind: 'channel'; readonly name: string; readonly sides: ReadonlySet<Side>; readonly lane: boolean };

const shape = /zq\d+qz/gi;

const within = (sides: ReadonlySet<Side>, allowed: ReadonlySet<Side>): boolean =>
  [...sides].every((side) => allowed.has(side));

export const mayRead = (scope: Scope, reader: Reader): boolean => {
  const sides = reader.kind === 'person' ? new Set([reader.side, reader.host]) : reader.sides;
  switch (scope.kind) {
    case 'typer':
      return reader.kind === 'person' && reader.account === scope.account;
    case 'company':
      return within(sides, new Set([scope.side])) && (reader.kind === 'person' || reader.lane || !scope.internal);
    case 'sides':
      return within(sides, scope.sides);
    case 'nobody':
      return false;
    default:
      return scope satisfies never;
  }
};

export interface Secrets {
  make(scope: Scope): string;
  /** What somebody typed is recorded now; what was refused, or recorded before, stays as it is. */
  settle(said: string, scope: Scope): void;
  /** The secrets in `bytes` that `reader` may not read, each with whom it is for. */
  leaksIn(bytes: string, reader: Reader): { readonly secret: string; readonly scope: Scope | undefined }[];
  /** Everything that was typed and is in `bytes`. */
  foundIn(bytes: string, which?: Scope['kind']): string[];
}

export const createSecrets = (): Secrets => {
  const scopes = new Map<string, Scope>();
  const found = (bytes: string): string[] => [
    ...new Set((bytes.match(shape) ?? []).map((secret) => secret.toLowerCase())),
  ];
  return {
    make: (scope) => {
      const secret = `zq${scopes.size + 1}qz`;
      scopes.set(secret, scope);
      return secret;
    },
    settle: (said, scope) => {
      for (const secret of found(said)) if (scopes.get(secret)?.kind === 'typer') scopes.set(secret, scope);
    },
    leaksIn: (bytes, reader) =>
      found(bytes).flatMap((secret) => {
        const scope = scopes.get(secret);
        return scope && mayRead(scope, reader) ? [] : [{ secret, scope }];
      }),
    foundIn: (bytes, which) =>
      found(bytes).filter((secret) => which === undefined || scopes.get(secret)?.kind === which),
  };
};
