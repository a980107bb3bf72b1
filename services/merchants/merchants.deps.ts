import { lookup } from 'node:dns/promises';
import type { TransactDeps } from '../../shared/messaging/transact.ts';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import type { VatIdRegister } from './domain/vat-id-register.ts';
import { Contract } from './persistence/contract.ts';
import { Merchant } from './persistence/merchant.ts';
import type { VatCheckDeps } from './use-cases/vat-checks/vat-checks.ts';
import { viesRegister } from './vat-register/vies.ts';

/** Merchants need their tables, and the zone of the house for what holds from a day. */
export type MerchantsDeps = TransactDeps & { config: Pick<BaseDeps['config'], 'KONTOR_ZONE'> };

export const MERCHANTS_ENTITIES = [Merchant, Contract];

/** For everything together: name, connection, answer; a member state behind the register may be slow. */
const REGISTER_DEADLINE_MS = 20_000;

export async function merchantsDeps(platform: Platform): Promise<BaseDeps & VatCheckDeps> {
  const base = await baseDeps(platform, 'merchants', MERCHANTS_ENTITIES);
  return { ...base, vatRegister: registerOf(base.config) };
}

/** None is asked where none is configured. */
function registerOf(config: BaseDeps['config']): VatIdRegister | null {
  if (!config.VAT_REGISTER_URL) return null;
  return viesRegister({
    url: config.VAT_REGISTER_URL,
    requester: config.VAT_REGISTER_REQUESTER,
    resolve: (host) => lookup(host, { all: true }),
    rules: { allowPrivate: config.WEBHOOK_ALLOW_PRIVATE === 'true' },
    deadlineMs: REGISTER_DEADLINE_MS,
  });
}
