import { DeliveryError } from '../../core/errors.js';

/** Where each tenant is reached. */
export interface Entries {
  /** As the tenant last said itself. */
  saw(tenant: string, serviceUrl: string): void;
  /** Stored addresses may lack a service URL: then the one that the tenant last came from serves. @throws DeliveryError */
  of(tenant: string, known?: string): string;
}

/** `fallback` is for tenants that have not said theirs. */
export const createEntries = (fallback?: string): Entries => {
  const entries = new Map<string, string>();
  return {
    saw: (tenant, serviceUrl) => void entries.set(tenant, serviceUrl),
    of(tenant, known) {
      const url = known ?? entries.get(tenant) ?? fallback;
      if (url === undefined) throw new DeliveryError('later', 'teams:no-service-url');
      return url;
    },
  };
};
