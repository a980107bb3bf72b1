import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { RowState, Stream } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { Step } from './run-rows.ts';

/** Makes the rows of a run that do not exist yet. @returns how many */
export async function insertRows(
  em: EntityManager,
  run: { id: string; cutoff: string },
  newRows: readonly { id: string; merchantId: string }[],
  { streams, startedBy }: { streams: readonly Stream[] | null; startedBy: string },
): Promise<number> {
  return affected(
    em,
    sql`insert into run_merchant (id, run_id, merchant_id, cutoff, streams, state, wanted, wanted_by)
        select n.id, ${run.id}, n.merchant_id, ${run.cutoff}, ${streams}::text[], 'scheduled', 'draft', ${startedBy}
        from unnest(${newRows.map(({ id }) => id)}::uuid[], ${newRows.map(({ merchantId }) => merchantId)}::uuid[]) as n (id, merchant_id)
        order by n.merchant_id
        on conflict (run_id, merchant_id) do nothing`,
  );
}

/** Merchants that a run of this cut-off may concern: a contract that had begun, or something unbilled. */
export async function concernedMerchants(em: EntityManager, cutoff: string): Promise<string[]> {
  const found = await rows<{ merchantId: string }>(
    em,
    sql`select m.merchant_id as "merchantId" from merchant_ref m
        where exists (select 1 from contract_ref c where c.merchant_id = m.merchant_id and c.starts_on <= ${cutoff})
           or exists (select 1 from charge c where c.merchant_id = m.merchant_id and c.line_id is null and c.state <> 'waived' and c.service_date <= ${cutoff})
        order by m.number`,
  );
  return found.map(({ merchantId }) => merchantId);
}

/** Asks for a step on rows in one of the given states. Returns the merchants concerned. */
export async function requestStep(
  em: EntityManager,
  runId: string,
  {
    step,
    from,
    by,
    merchantIds,
    exceptMerchantIds = [],
  }: {
    step: Step;
    from: readonly RowState[];
    by: string;
    merchantIds: readonly string[] | undefined;
    exceptMerchantIds?: readonly string[];
  },
): Promise<string[]> {
  const found = await rows<{ merchantId: string }>(
    em,
    sql`update run_merchant set wanted = ${step}, wanted_by = ${by}, next_at = clock_timestamp(), attempts = 0, version = version + 1, updated_at = now()
        where run_id = ${runId} and state = any(${[...from]}::text[]) and (wanted is null or wanted = 'draft')
          and (${merchantIds === undefined} or merchant_id = any(${[...(merchantIds ?? [])]}::uuid[]))
          and merchant_id <> all(${[...exceptMerchantIds]}::uuid[])
        returning merchant_id as "merchantId"`,
  );
  return found.map(({ merchantId }) => merchantId);
}

/** Asks for new drafts in place of those that wait for approval and were made before an instant. @returns how many */
export async function redraftOlderThan(em: EntityManager, before: Date, by: string): Promise<number> {
  return affected(
    em,
    sql`update run_merchant m set wanted = 'draft', wanted_by = ${by}, next_at = clock_timestamp(), attempts = 0, version = m.version + 1, updated_at = now()
        where m.state = 'draft' and m.wanted is null
          and exists (select 1 from invoice i where i.run_id = m.run_id and i.merchant_id = m.merchant_id and i.state = 'draft'
                      and i.created_at < ${before.toISOString()})`,
  );
}

/** Remembers which findings finance lets pass in these rows. */
export async function acceptFindings(
  em: EntityManager,
  runId: string,
  merchantIds: readonly string[],
  codes: readonly string[],
): Promise<void> {
  await rows(
    em,
    sql`update run_merchant set accepted = ${[...codes]}::text[], accepted_gross_minor = gross_minor where run_id = ${runId} and merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
}
