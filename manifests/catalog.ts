import type { Feature } from '../src/core/feature.js';

/** A command as both platforms' menus show it. */
export interface CatalogCommand {
  /** Lower case, no slash. */
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** Said only after 'entente': no slash command of its own, since a workspace has one name for all its apps. */
  readonly within?: 'entente';
  /** Where people begin who take part in nothing yet. */
  readonly first?: true;
  /** Another word says it too: the last that a menu makes room for. */
  readonly echo?: true;
  /** Label in the menu of a message. */
  readonly menu?: string;
}

export type Catalog = readonly CatalogCommand[];

/** What people can say, in the features' order. The platforms add their own word for everything else. */
export const catalogOf = (features: readonly Feature[]): Catalog =>
  features
    .flatMap((feature) => feature.commands ?? [])
    .map(({ name, summary, usage, within, menu, visit, echo }) => ({
      name,
      summary,
      usage,
      ...(within && { within }),
      ...(visit && { first: true as const }),
      ...(echo && { echo }),
      ...(menu && { menu }),
    }));

/** The menu entry's id on both platforms: 'menu.decision'. */
export const menuId = (command: CatalogCommand): string => `menu.${command.name}`;
