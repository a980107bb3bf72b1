import { answerInvariants } from '../../services/billing/persistence/self-check/answer-invariants.ts';
import { chargeInvariants } from '../../services/billing/persistence/self-check/charge-invariants.ts';
import { dunningInvariants } from '../../services/billing/persistence/self-check/dunning-invariants.ts';
import { exportInvariants } from '../../services/billing/persistence/self-check/export-invariants.ts';
import { correctionInvariants } from '../../services/billing/persistence/self-check/correction-invariants.ts';
import { disputeInvariants } from '../../services/billing/persistence/self-check/dispute-invariants.ts';
import { invoiceInvariants } from '../../services/billing/persistence/self-check/invoice-invariants.ts';
import { lineInvariants } from '../../services/billing/persistence/self-check/line-invariants.ts';
import { paymentInvariants } from '../../services/billing/persistence/self-check/payment-invariants.ts';
import { merchantsInvariants } from '../../services/merchants/persistence/invariants.ts';
import { notificationsInvariants } from '../../services/notifications/persistence/invariants.ts';
import { ordersInvariants } from '../../services/orders/persistence/invariants.ts';
import { returnsInvariants } from '../../services/returns/persistence/invariants.ts';
import { platformInvariants } from '../../services/sync/persistence/invariants.ts';
import { checkInvariant, type InvariantQuery } from '../../shared/persistence/invariants.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { violations } from '../../shared/protocol/self-check/invariant.ts';
import type { CheckedService } from '../../shared/protocol/self-check/index.ts';
import type { TestDatabase } from './database.ts';

/** The queries of every service, as their wiring gives them to the self-check. */
export const QUERIES: Record<CheckedService, Readonly<Record<string, InvariantQuery>>> = {
  billing: {
    ...chargeInvariants,
    ...lineInvariants,
    ...invoiceInvariants,
    ...disputeInvariants,
    ...answerInvariants,
    ...paymentInvariants,
    ...dunningInvariants,
    ...exportInvariants,
    ...correctionInvariants,
  },
  returns: returnsInvariants,
  orders: ordersInvariants,
  merchants: merchantsInvariants,
  notifications: notificationsInvariants,
  sync: platformInvariants,
};

/** What each service finds, run with its own role: invariants with the ids of their rows; those that hold are left out. */
export async function findings(
  database: TestDatabase,
  now: Date,
  services: readonly CheckedService[],
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const service of services) {
    const orm = await openOrm({ service, url: database.url, entities: [], poolSize: 2 });
    try {
      for (const id of Object.keys(QUERIES[service])) {
        // as the service answers: a row without words would hide all that the invariant found
        const answer = await checkInvariant({ orm, now: () => now }, QUERIES[service], id);
        const { count, examples } = violations.parse(answer);
        if (count) found[id] = examples.map((row) => row.id).toSorted();
      }
    } finally {
      await orm.close();
    }
  }
  return found;
}

/** Changes rows as only a superuser can: past triggers, and with them past foreign keys. */
export const corrupt = (database: TestDatabase, statements: string): Promise<unknown> =>
  database.query(`set local session_replication_role = replica; ${statements}`);
