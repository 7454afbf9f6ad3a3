/* Who runs a committee's meetings. Pure. */
import type { Actor, Committee } from '../../core/context.js';
import { anyOf, checkPermission, organisers, stewards } from '../../core/permission.js';

/** Its co-chairs, and the alliance professionals of the alliance and of the committee. */
export const runners = anyOf(stewards, organisers);

export const mayRun = (actor: Actor, committee: Committee): boolean => runners.allows({ actor, committee });

/** @throws Refusal for everybody else */
export const checkRuns = (actor: Actor, committee: Committee): void => checkPermission(runners, { actor, committee });
