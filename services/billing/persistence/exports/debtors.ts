import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';

/** The numbers a merchant has as a debtor. */
export interface DebtorNumbers {
  merchantId: string;
  merchant: MerchantSnapshot;
  /** As its record says; it goes before the one that was given here. */
  own: string | null;
  /** The own one was given to somebody else, or documents of somebody else stand on it in the books. */
  ownIsTaken: boolean;
  given: string | null;
}

/** On which accounts the latest exports of documents posted them, and for whom. */
const STANDING = sql`
  select distinct account, merchant_id from (
    select distinct on (e.invoice_id) e.account, e.merchant_id from export_document e join export x on x.id = e.export_id
    where e.account is not null order by e.invoice_id, x.made_at desc, x.id desc) latest`;

/** @param digits  of personal accounts */
export const debtorNumbers = (
  em: EntityManager,
  merchantIds: readonly string[],
  digits: number,
): Promise<DebtorNumbers[]> =>
  rows(
    em,
    sql`with taken as materialized (${STANDING} union select account, merchant_id from debtor_account)
        select m.merchant_id as "merchantId", m.snapshot as merchant, m.snapshot ->> 'debtorNumber' as own, a.account as given,
          exists (select from taken o where o.account = m.snapshot ->> 'debtorNumber' and o.merchant_id <> m.merchant_id) as "ownIsTaken"
        from merchant_ref m left join debtor_account a on a.merchant_id = m.merchant_id and a.digits = ${digits}
        where m.merchant_id = any(${merchantIds as string[]}) order by m.number`,
  );

/** One at a time gives numbers, so that two never give the same. */
export const lockDebtorAccounts = async (em: EntityManager): Promise<void> =>
  void (await rows(em, sql`select pg_advisory_xact_lock(hashtextextended('billing.debtor-accounts', 0))`));

/**
 * Numbers of this length that are somebody's, given or by their own record, and those on which an export ever posted:
 * open items may hang on them, also where the merchant has another number since or all shared one.
 */
export async function accountsInUse(em: EntityManager, digits: number): Promise<Set<string>> {
  const found = await rows<{ account: string }>(
    em,
    sql`select account from debtor_account where digits = ${digits}
        union select snapshot ->> 'debtorNumber' from merchant_ref where length(snapshot ->> 'debtorNumber') = ${digits}
        union select account from export_document where length(account) = ${digits}`,
  );
  return new Set(found.map(({ account }) => account));
}

export async function giveDebtorAccounts(
  em: EntityManager,
  given: readonly { merchantId: string; account: string }[],
  now: Date,
): Promise<void> {
  await rows(
    em,
    sql`insert into debtor_account (merchant_id, account, created_at)
        select merchant_id, account, ${now.toISOString()} from unnest(${given.map(({ merchantId }) => merchantId)}::uuid[], ${given.map(({ account }) => account)}::text[]) as t (merchant_id, account)`,
  );
}
