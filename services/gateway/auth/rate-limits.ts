import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../../shared/kernel/errors.ts';

/** How often somebody may ask. Counted in this process: with n gateways the limits are up to n times as high. */
export interface RateLimits {
  /** 300 requests a second of one principal, or of one address without one. @throws AppError 429 */
  request: (who: string) => Promise<void>;
  /**
   * Runs a log-in. 10 that fail with 401 within 15 minutes lock the account and, apart from it, the address; the
   * account is counted by its name, whether it exists or not (security.md 18).
   */
  login: <Result>(account: string, clientAddress: string, attempt: () => Promise<Result>) => Promise<Result>;
}

export interface RateLimitOptions {
  requestsPerSecond?: number;
  failedLogins?: number;
  lockedS?: number;
}

export function rateLimits(options: RateLimitOptions = {}): RateLimits {
  const { requestsPerSecond = 300, failedLogins = 10, lockedS = 900 } = options;
  const requests = new RateLimiterMemory({ points: requestsPerSecond, duration: 1 });
  const byAccount = new RateLimiterMemory({ points: failedLogins, duration: lockedS, keyPrefix: 'account' });
  const byAddress = new RateLimiterMemory({ points: failedLogins, duration: lockedS, keyPrefix: 'address' });
  return {
    request: (who) => take(requests, who),
    async login(account, clientAddress, attempt) {
      const key = createHash('sha256').update(account.normalize('NFKC').trim().toLowerCase()).digest('hex');
      // taken before the attempt, so that many at once cannot slip through, and given back unless it failed
      await take(byAddress, clientAddress);
      await take(byAccount, key);
      const giveBack = async () => {
        await Promise.all([byAddress.reward(clientAddress), byAccount.reward(key)]);
      };
      try {
        const result = await attempt();
        await giveBack();
        return result;
      } catch (error) {
        if ((error as { code?: unknown }).code !== 401) await giveBack();
        throw error;
      }
    },
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const retryAfterS = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
    throw new AppError(429, 'TOO_MANY_REQUESTS', 'Too many requests; wait and try again', { retryAfterS });
  }
}
