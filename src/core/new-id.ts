import { randomUUID } from 'node:crypto';
import type { Instant } from './ids.js';

/**
 * A UUID of version 7: it begins with the time, so that rows made together stand together in every index. With random
 * ones each new row lands on another page, all of which a commit must write.
 */
export const newIdAt = (now: Instant): string => {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
};
