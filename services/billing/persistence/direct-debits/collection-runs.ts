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

/** Takes an item out of a proposal: its invoice stays open, so nothing else of its mandate is the last collection. */
export async function removeItem(em: EntityManager, id: string): Promise<void> {
  await rows(em, sql`update collection_item set state = 'removed' where id = ${id} and state = 'open'`);
  await rows(
    em,
    sql`update collection_item c set sequence = case when m.last_used_on is null and not exists (
            select 1 from collection_item x where x.run_id = c.run_id and x.mandate_id = c.mandate_id and x.state = 'open' and x.id <> c.id)
          then 'FRST' else 'RCUR' end
        from collection_item gone join mandate m on m.id = gone.mandate_id
        where gone.id = ${id} and c.run_id = gone.run_id and c.mandate_id = gone.mandate_id and c.state = 'open' and c.sequence = 'FNAL'`,
  );
}

export async function discard(em: EntityManager, id: string): Promise<void> {
  await rows(em, sql`update collection_item set state = 'removed' where run_id = ${id} and state = 'open'`);
  await rows(em, sql`update collection_run set state = 'discarded', version = version + 1 where id = ${id}`);
}

/** The bank has the file: its mandates are used, as of the day of their latest collection. */
export async function markSubmitted(
  em: EntityManager,
  id: string,
  { by, at, handedInOn }: { by: string; at: Date; handedInOn: string },
): Promise<void> {
  await rows(
    em,
    sql`with submitted as (
          update collection_run set state = 'submitted', submitted_by = ${by}, submitted_at = ${at.toISOString()}, handed_in_on = ${handedInOn},
            version = version + 1 where id = ${id}),
        uses as (select mandate_id, merchant_id, max(collect_on) as day from collection_item where run_id = ${id} and state <> 'removed' group by 1, 2),
        used as (
          update mandate m set last_used_on = greatest(m.last_used_on, u.day), version = m.version + 1 from uses u where m.id = u.mandate_id)
        insert into mandate_event (id, mandate_id, merchant_id, action, by_whom, at)
        select gen_random_uuid(), mandate_id, merchant_id, 'used', ${by}, ${at.toISOString()} from uses`,
  );
}

/** The bank evidently has the file of a run: an entry of it collected something. */
export async function wasCollected(em: EntityManager, runId: string): Promise<boolean> {
  const found = await firstRow(
    em,
    sql`select 1 from collection_item where run_id = ${runId} and state in ('collected', 'returned') limit 1`,
  );
  return found !== undefined;
}

/** Mandates that end with what a run collects. */
export const endingMandates = (em: EntityManager, runId: string): Promise<{ id: string; merchantId: string }[]> =>
  rows(
    em,
    sql`select m.id, m.merchant_id as "merchantId" from mandate m
        where m.state in ('active', 'blocked') and m.id in (
          select i.mandate_id from collection_item i where i.run_id = ${runId} and i.state <> 'removed' and i.sequence in ('OOFF', 'FNAL'))
        order by m.id for update`,
  );
