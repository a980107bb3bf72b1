import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';

/** What the use cases of orders need. */
export type OrdersDeps = Pick<BaseDeps, 'service' | 'orm' | 'now' | 'wake' | 'call' | 'log'> & {
  config: Pick<BaseDeps['config'], 'KONTOR_ZONE'>;
};

// rows are read and written in sets, so there are no entities
export const ordersDeps = (platform: Platform): Promise<BaseDeps> => baseDeps(platform, 'orders', []);
