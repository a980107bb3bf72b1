import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { StoredObject } from '../../../../shared/storage/object-store.ts';
import type { DunningLetterModel } from '../../documents/dunning/dunning-letter-model.ts';
import type { DocumentFailure } from '../runs/documents.ts';

/**
 * By merchant and count, up to what is free: a merchant may have had the number of another one before. Whoever asks has
 * the lock of the merchant's settlement.
 */
export async function nextLetterNumber(em: EntityManager, merchantId: string, merchantNumber: string): Promise<string> {
  const found = await firstRow<{ count: number }>(
    em,
    sql`select count(*)::integer as count from dunning_letter where merchant_id = ${merchantId}`,
  );
  for (let next = found!.count + 1; ; next += 1) {
    const number = `MA-${merchantNumber}-${String(next).padStart(3, '0')}`;
    if (!(await firstRow(em, sql`select 1 from dunning_letter where number = ${number}`))) return number;
  }
}

export async function insertLetter(
  em: EntityManager,
  { id, runId, merchantId, model }: { id: string; runId: string; merchantId: string; model: DunningLetterModel },
): Promise<void> {
  await rows(
    em,
    sql`insert into dunning_letter (id, run_id, merchant_id, number, level, as_of, issue_date, pay_by, language, open_minor, claims_minor, total_minor, model, state)
        values (${id}, ${runId}, ${merchantId}, ${model.number}, ${model.level}, ${model.asOf}, ${model.issueDate}, ${model.payBy}, ${model.language},
          ${model.openMinor}, ${model.claimsMinor}, ${model.totalMinor}, ${JSON.stringify(model)}::jsonb, 'pending')`,
  );
}

export interface IssuedStep {
  invoiceId: string;
  level: number;
  openMinor: number;
  interestMinor: number;
}

/** The level history. A level an invoice has been to, or a second one on a day, is refused by the keys. */
export async function insertSteps(
  em: EntityManager,
  { merchantId, letterId, on, payBy }: { merchantId: string; letterId: string; on: string; payBy: string },
  steps: readonly IssuedStep[],
): Promise<void> {
  await rows(
    em,
    sql`insert into dunning_step (invoice_id, merchant_id, level, letter_id, on_day, pay_by, open_minor, interest_minor)
        select (v ->> 'invoiceId')::uuid, ${merchantId}, (v ->> 'level')::integer, ${letterId}, ${on}, ${payBy}, (v ->> 'openMinor')::bigint, (v ->> 'interestMinor')::bigint
        from jsonb_array_elements(${JSON.stringify(steps)}::jsonb) v`,
  );
}

export interface PendingLetter {
  id: string;
  merchantId: string;
  attempts: number;
  /** Of these, how often the process that draws it died or hung over it. */
  crashes: number;
  model: unknown;
  /** The invoices on it, in the order of the letter. */
  invoiceIds: string[];
}

/** A letter whose document is still to be drawn; leased, so that another worker takes it up when this one dies. */
export const claimLetter = (em: EntityManager, leaseMs: number): Promise<PendingLetter | undefined> =>
  firstRow<PendingLetter>(
    em,
    sql`update dunning_letter l set attempts = l.attempts + 1, next_at = clock_timestamp() + ${leaseMs} * interval '1 ms'
        from (select id from dunning_letter where state = 'pending' and next_at <= clock_timestamp() order by next_at limit 1 for update skip locked) due
        where l.id = due.id
        returning l.id, l.merchant_id as "merchantId", l.attempts, l.crashes, l.model,
          (select jsonb_agg(s.invoice_id order by i.due_date, i.number) from dunning_step s join invoice i on i.id = s.invoice_id where s.letter_id = l.id) as "invoiceIds"`,
  );

/** @returns whether this was the first to archive it */
export async function archiveLetter(em: EntityManager, id: string, stored: StoredObject, at: Date): Promise<boolean> {
  const changed = await affected(
    em,
    sql`update dunning_letter set state = 'ready', object_key = ${stored.key}, sha256 = ${stored.sha256}, bytes = ${stored.bytes},
          ready_at = ${at.toISOString()}, error = null, finding = null where id = ${id} and state = 'pending'`,
  );
  return changed > 0;
}

export async function noteLetterFailure(
  em: EntityManager,
  id: string,
  failure: DocumentFailure & { parked: boolean },
): Promise<void> {
  await rows(
    em,
    sql`update dunning_letter set state = ${failure.parked ? 'parked' : 'pending'}, error = ${failure.error}, crashes = ${failure.crashes},
          finding = ${failure.finding ? JSON.stringify(failure.finding) : null}::jsonb, next_at = clock_timestamp() + ${failure.waitMs} * interval '1 ms' where id = ${id} and state = 'pending'`,
  );
}

/** Puts a parked letter back to work, with these parties. @returns whether it was parked */
export async function unparkLetter(
  em: EntityManager,
  id: string,
  parties: Pick<DunningLetterModel, 'rendererVersion' | 'seller' | 'buyer'>,
): Promise<boolean> {
  const changed = await affected(
    em,
    sql`update dunning_letter set state = 'pending', attempts = 0, crashes = 0, next_at = clock_timestamp(), error = null, finding = null,
          model = model || ${JSON.stringify(parties)}::jsonb
        where id = ${id} and state = 'parked'`,
  );
  return changed > 0;
}
