import type { TransactDeps } from '../../shared/messaging/transact.ts';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { Contract } from './persistence/contract.ts';
import { Merchant } from './persistence/merchant.ts';

/** Merchants need nothing but their tables. */
export type MerchantsDeps = TransactDeps;

export const MERCHANTS_ENTITIES = [Merchant, Contract];

export const merchantsDeps = (platform: Platform): Promise<BaseDeps> =>
  baseDeps(platform, 'merchants', MERCHANTS_ENTITIES);
