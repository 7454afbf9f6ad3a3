import type { Express } from 'express';
import type { Instant, PlatformId } from '../core/ids.js';
import type { Installations } from '../core/installations.js';
import type { Log } from '../core/log.js';

/** What a platform is given besides its own configuration. */
export interface Surroundings {
  /** The one web server; a platform mounts its webhook on it when it starts, before the server listens. */
  readonly http: Express;
  readonly log: Log;
  readonly now: () => Instant;
  /** What tokens and signatures are dated by, where `now` is a clock of its own; the SDKs check them by it anyway. */
  readonly realNow?: () => Instant;
  /** True for a workspace or tenant that takes part in an alliance; others get no answer that says anything. */
  readonly allows: (platform: PlatformId, workspace: string) => Promise<boolean>;
  /** Where Entente is installed, with the tokens that each installation brought. */
  readonly installations: Installations;
  /** 32 bytes that only the secret of this deployment gives for this purpose. */
  readonly derive: (purpose: string) => Uint8Array;
  /** False turns off our own pacing (the platform's limits still hold): for measuring only. */
  readonly paced: boolean;
}
