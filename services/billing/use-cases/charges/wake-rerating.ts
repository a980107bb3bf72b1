import type { BillingDeps } from '../../billing.deps.ts';

export const RERATING_WORKER = 'rerate-charges';

/** Lets the worker go on with what a change left to it; without the wake-up its poll does. */
export const wakeRerating = (deps: Pick<BillingDeps, 'wakers'>): void => deps.wakers.get(RERATING_WORKER)?.();
