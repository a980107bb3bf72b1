import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { RunRow } from './run-rows.ts';

export interface PreviewedMerchant {
  merchantId: string;
  number: string;
  name: string;
}

/** Merchants that a run of the cut-off would concern, by number; or the named ones that are known. */
export async function merchantsToPreview(
  em: EntityManager,
  {
    cutoff,
    merchantIds,
    after,
    limit,
  }: {
    cutoff: string;
    merchantIds: readonly string[] | undefined;
    after: readonly string[] | undefined;
    limit: number;
  },
): Promise<PreviewedMerchant[]> {
  return rows(
    em,
    sql`select m.merchant_id as "merchantId", m.number, m.name from merchant_ref m
        where ${after ? sql`(m.number, m.merchant_id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
          and ${
            merchantIds
              ? sql`m.merchant_id = any(${[...merchantIds]}::uuid[])`
              : sql`(exists (select 1 from contract_ref c where c.merchant_id = m.merchant_id and c.starts_on <= ${cutoff})
                  or exists (select 1 from charge c where c.merchant_id = m.merchant_id and c.line_id is null and c.state <> 'waived' and c.service_date <= ${cutoff}))`
          }
        order by m.number, m.merchant_id limit ${limit}`,
  );
}

/** Which of some merchants are not known. */
export async function unknownMerchants(em: EntityManager, merchantIds: readonly string[]): Promise<string[]> {
  const known = await rows<{ id: string }>(
    em,
    sql`select merchant_id as id from merchant_ref where merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
  return merchantIds.filter((merchantId) => !known.some(({ id }) => id === merchantId));
}

/** The merchant's row of a cut-off as far as it decides what is collected. */
export async function findRowTerms(
  em: EntityManager,
  merchantId: string,
  cutoff: string,
): Promise<Omit<RunRow, 'wanted' | 'wantedBy' | 'merchantFrozen' | 'attempts'> | undefined> {
  return firstRow(
    em,
    sql`select id, run_id as "runId", merchant_id as "merchantId", cutoff, final, streams, done_streams as "doneStreams", state, findings, accepted,
          accepted_gross_minor::float8 as "acceptedGrossMinor", version, waiting_since as "waitingSince", issue_credit as "issueCredit"
        from run_merchant where merchant_id = ${merchantId} and cutoff = ${cutoff}`,
  );
}
