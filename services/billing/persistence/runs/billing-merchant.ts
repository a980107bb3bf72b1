import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { ContractTerms, MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';

/** A merchant as a run sees it. */
export interface BillingMerchant {
  snapshot: MerchantSnapshot;
  /** The contract in force on the day, or the latest one before it. */
  contract: ContractTerms | undefined;
}

export async function findBillingMerchant(
  em: EntityManager,
  merchantId: string,
  day: string,
): Promise<BillingMerchant> {
  const found = await firstRow<{ snapshot: MerchantSnapshot }>(
    em,
    sql`select snapshot from merchant_ref where merchant_id = ${merchantId}`,
  );
  if (!found) throw new Error(`Merchant ${merchantId} is not known to billing`);
  return billingMerchant(found.snapshot, day);
}

/** @param stored  as it was announced; of earlier days it knows nothing of earlier treatments */
export const billingMerchant = (
  stored: Omit<MerchantSnapshot, 'taxBefore'> & Partial<Pick<MerchantSnapshot, 'taxBefore'>>,
  day: string,
): BillingMerchant => ({
  snapshot: { ...stored, taxBefore: stored.taxBefore ?? [] },
  contract: stored.contracts
    .filter(({ startsOn }) => startsOn <= day)
    .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))[0],
});
