import { BILLING_ANSWER_INVARIANTS } from './billing-answers.ts';
import { BILLING_CHARGE_INVARIANTS } from './billing-charges.ts';
import { BILLING_DUNNING_INVARIANTS } from './billing-dunning.ts';
import { BILLING_EXPORT_INVARIANTS } from './billing-exports.ts';
import { BILLING_CORRECTION_INVARIANTS } from './billing-corrections.ts';
import { BILLING_DISPUTE_INVARIANTS } from './billing-disputes.ts';
import { BILLING_AMOUNT_INVARIANTS } from './billing-invoices.ts';
import { BILLING_LINE_INVARIANTS } from './billing-lines.ts';
import { BILLING_PAYMENT_INVARIANTS } from './billing-payments.ts';
import { BILLING_RUN_INVARIANTS } from './billing-runs.ts';
import type { Invariant } from './invariant.ts';
import { NOTIFICATIONS_INVARIANTS } from './notifications.ts';
import { MERCHANTS_INVARIANTS, ORDERS_INVARIANTS } from './orders.ts';
import { PLATFORM_INVARIANTS } from './platform.ts';
import { RETURNS_INVARIANTS } from './returns.ts';

/** Every invariant by the service whose tables it is about; what concerns all of them is looked at by `sync`. */
export const INVARIANTS = {
  billing: [
    ...BILLING_CHARGE_INVARIANTS,
    ...BILLING_LINE_INVARIANTS,
    ...BILLING_AMOUNT_INVARIANTS,
    ...BILLING_RUN_INVARIANTS,
    ...BILLING_CORRECTION_INVARIANTS,
    ...BILLING_DISPUTE_INVARIANTS,
    ...BILLING_ANSWER_INVARIANTS,
    ...BILLING_PAYMENT_INVARIANTS,
    ...BILLING_DUNNING_INVARIANTS,
    ...BILLING_EXPORT_INVARIANTS,
  ],
  returns: RETURNS_INVARIANTS,
  orders: ORDERS_INVARIANTS,
  merchants: MERCHANTS_INVARIANTS,
  notifications: NOTIFICATIONS_INVARIANTS,
  sync: PLATFORM_INVARIANTS,
} as const satisfies Record<string, readonly Invariant[]>;

export type CheckedService = keyof typeof INVARIANTS;

/** The same as one list, in the order they are shown. */
export const ALL_INVARIANTS: readonly (Invariant & { service: CheckedService })[] = Object.entries(INVARIANTS).flatMap(
  ([service, list]) => list.map((invariant) => ({ ...(invariant as Invariant), service: service as CheckedService })),
);
