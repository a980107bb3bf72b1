import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { CollectionRunView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import type { Creditor } from '../../documents/collection/collection-model.ts';
import type { Sequence } from '../../domain/direct-debits/mandates.ts';

export interface NewItem {
  invoiceId: string;
  merchantId: string;
  mandateId: string;
  amountMinor: number;
  sequence: Sequence;
  collectOn: string;
  endToEndId: string;
}

/** The one proposal there is, or a new one; nobody else makes it until the commit. @returns its id */
export async function openProposal(
  em: EntityManager,
  run: { number: (id: string) => string; collectUntil: string; by: string; at: Date },
): Promise<string> {
  const id = uuidv7(run.at);
  const found = await firstRow<{ id: string }>(
    em,
    sql`insert into collection_run (id, number, state, collect_until, created_by, created_at)
        values (${id}, ${run.number(id)}, 'proposed', ${run.collectUntil}, ${run.by}, ${run.at.toISOString()})
        on conflict ((true)) where state = 'proposed' do update set collect_until = excluded.collect_until, version = collection_run.version + 1
        returning id`,
  );
  return found!.id;
}

/** Fills a proposal anew; what is not among the items any more is taken out of it. */
export async function fillProposal(
  em: EntityManager,
  runId: string,
  items: readonly NewItem[],
  at: Date,
): Promise<void> {
  await rows(em, sql`update collection_item set state = 'removed' where run_id = ${runId} and state = 'open'`);
  const values = items.map((item) => ({ id: uuidv7(at), ...item }));
  await rows(
    em,
    sql`insert into collection_item (id, run_id, merchant_id, invoice_id, mandate_id, amount_minor, sequence, collect_on, end_to_end_id, state)
        select (v ->> 'id')::uuid, ${runId}, (v ->> 'merchantId')::uuid, (v ->> 'invoiceId')::uuid, (v ->> 'mandateId')::uuid, (v ->> 'amountMinor')::bigint,
          v ->> 'sequence', (v ->> 'collectOn')::date, v ->> 'endToEndId', 'open'
        from jsonb_array_elements(${JSON.stringify(values)}::jsonb) v
        on conflict (run_id, invoice_id) do update set mandate_id = excluded.mandate_id, amount_minor = excluded.amount_minor,
          sequence = excluded.sequence, collect_on = excluded.collect_on, end_to_end_id = excluded.end_to_end_id, state = 'open'`,
  );
}

export interface LockedRun {
  id: string;
  number: string;
  state: CollectionRunView['state'];
  creditor: Creditor | null;
  approvedAt: string | null;
  objectKey: string | null;
}

/** Nobody else takes a step with it until the commit. @throws NotFound */
export const lockRun = (em: EntityManager, id: string): Promise<LockedRun> => findRun(em, id, sql`for update`);

/** @throws NotFound */
export async function findRun(em: EntityManager, id: string, how = sql``): Promise<LockedRun> {
  const found = await firstRow<LockedRun>(
    em,
    sql`select id, number, state, creditor, to_char(approved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "approvedAt",
          object_key as "objectKey" from collection_run where id = ${id} ${how}`,
  );
  if (!found) throw new NotFound('collection run');
  return found;
}

export interface LockedItem {
  id: string;
  invoiceId: string;
  merchantId: string;
  mandateId: string;
  amountMinor: number;
  openMinor: number;
  collectOn: string;
  endToEndId: string;
  debtorName: string;
  iban: string;
  /** Nothing speaks against collecting it: not held, not disputed, mandate in force. */
  sound: boolean;
}

/** The open items of a run with what is open now; nobody settles their documents until the commit. */
export async function lockItems(em: EntityManager, runId: string, today: string): Promise<LockedItem[]> {
  await rows(
    em,
    sql`select billing.lock_settlement(merchant_id)
        from (select distinct merchant_id from collection_item where run_id = ${runId} and state = 'open' order by merchant_id) t`,
  );
  return rows<LockedItem>(
    em,
    sql`select c.id, c.invoice_id as "invoiceId", c.merchant_id as "merchantId", c.mandate_id as "mandateId", c.amount_minor::float8 as "amountMinor",
          o.open_minor::float8 as "openMinor", c.collect_on as "collectOn", c.end_to_end_id as "endToEndId", m.debtor_name as "debtorName", m.iban,
          d.held_at is null and s.dispute <> 'open' and m.state = 'active' as sound
        from collection_item c join direct_debit d on d.invoice_id = c.invoice_id join mandate m on m.id = c.mandate_id
        join billing.open_item(${today}) o on o.invoice_id = c.invoice_id join billing.invoice_status s on s.invoice_id = c.invoice_id
        where c.run_id = ${runId} and c.state = 'open' order by c.merchant_id, c.id for update of c, m`,
  );
}

export async function markApproved(
  em: EntityManager,
  id: string,
  creditor: Creditor,
  by: string,
  at: Date,
): Promise<void> {
  await rows(
    em,
    sql`update collection_run set state = 'approved', creditor = ${JSON.stringify(creditor)}::jsonb, approved_by = ${by},
          approved_at = ${at.toISOString()}, version = version + 1 where id = ${id}`,
  );
}

/** Keeps where the file is; once kept it is never another one. */
export async function keepFile(
  em: EntityManager,
  id: string,
  file: { key: string; sha256: string; bytes: number },
): Promise<void> {
  await rows(
    em,
    sql`update collection_run set object_key = ${file.key}, sha256 = ${file.sha256}, bytes = ${file.bytes}, version = version + 1
        where id = ${id} and state = 'approved' and object_key is null`,
  );
}

export async function discard(em: EntityManager, id: string): Promise<void> {
  await rows(em, sql`update collection_item set state = 'removed' where run_id = ${id} and state = 'open'`);
  await rows(em, sql`update collection_run set state = 'discarded', version = version + 1 where id = ${id}`);
}

/** The bank has the file: its mandates are used, as of the day of their latest collection. */
export async function markSubmitted(em: EntityManager, id: string, by: string, at: Date): Promise<void> {
  await rows(
    em,
    sql`with submitted as (
          update collection_run set state = 'submitted', submitted_by = ${by}, submitted_at = ${at.toISOString()}, version = version + 1 where id = ${id}),
        uses as (select mandate_id, merchant_id, max(collect_on) as day from collection_item where run_id = ${id} and state = 'open' group by 1, 2),
        used as (
          update mandate m set last_used_on = greatest(m.last_used_on, u.day), version = m.version + 1 from uses u where m.id = u.mandate_id)
        insert into mandate_event (id, mandate_id, merchant_id, action, by_whom, at)
        select gen_random_uuid(), mandate_id, merchant_id, 'used', ${by}, ${at.toISOString()} from uses`,
  );
}

/** Mandates that end with what a run collects. */
export const endingMandates = (em: EntityManager, runId: string): Promise<{ id: string; merchantId: string }[]> =>
  rows(
    em,
    sql`select distinct mandate_id as id, merchant_id as "merchantId" from collection_item
        where run_id = ${runId} and state = 'open' and sequence in ('OOFF', 'FNAL') order by mandate_id`,
  );
