import type { Clock } from '../../shared/kernel/clock.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { hasType } from '../../shared/kernel/errors.ts';
import type { TransactDeps } from '../../shared/messaging/transact.ts';
import { serviceActor } from '../../shared/protocol/actor.ts';
import { ACCESS_CHANGED } from '../../shared/protocol/identity/actions.ts';
import { merchantsActions } from '../../shared/protocol/merchants/actions.ts';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { ApiKey } from './persistence/api-key.ts';
import { UserAccount } from './persistence/user-account.ts';

/** What identity's use cases need. */
export interface IdentityDeps extends TransactDeps {
  /** For lifetimes and lock-outs: the system's clock, because business time is moved by tests and demonstrations. */
  securityNow: Clock;
  accessTokenKey: Uint8Array;
  passwords: Passwords;
  /** Tells whoever caches rights; called after the commit, and losing it costs the life of a cache entry. */
  accessChanged: (id: string) => void;
  /** Which of these merchants do not exist. */
  unknownMerchants: (ids: readonly string[], requestId: string) => Promise<string[]>;
}

export const IDENTITY_ENTITIES = [UserAccount, ApiKey];

export async function identityDeps(platform: Platform): Promise<BaseDeps & IdentityDeps> {
  const base = await baseDeps(platform, 'identity', IDENTITY_ENTITIES);
  return {
    ...base,
    securityNow: systemClock,
    accessTokenKey: platform.keys.accessToken,
    passwords: await createPasswords(),
    accessChanged: (id) =>
      void base.broker
        .broadcast(ACCESS_CHANGED, { id })
        .catch((error: unknown) => base.log.warn({ err: error, id }, 'changed access was not broadcast')),
    unknownMerchants: async (ids, requestId) => {
      const known = await Promise.all(ids.map((id) => merchantExists(base, id, requestId)));
      return ids.filter((_, index) => !known[index]);
    },
  };
}

async function merchantExists({ call }: BaseDeps, id: string, requestId: string): Promise<boolean> {
  try {
    await call(merchantsActions.getMerchantSnapshot, { id }, serviceActor('identity', requestId));
    return true;
  } catch (error) {
    if (hasType(error, 'MERCHANT_NOT_FOUND')) return false;
    throw error;
  }
}
