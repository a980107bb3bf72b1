import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { NewClaim } from './claims.ts';
import { timeGiven, type LetterDays } from './time-given.ts';

export interface OpenClaim extends NewClaim {
  id: string;
  /** Until when the letters that it stands on give time; `null` for a charge of the bank that stands on none yet. */
  demandedUntil: LocalDate | null;
}

/**
 * What of earlier letters a merchant still owes beside its invoices: nothing of an invoice that is disputed or cancelled
 * now, and no fee of a letter that was only about such.
 */
export const openClaims = (em: EntityManager, merchantId: string, days: LetterDays): Promise<OpenClaim[]> =>
  rows<OpenClaim>(
    em,
    sql`select c.id, c.invoice_id as "invoiceId", c.kind, c.amount_minor::float8 as "amountMinor",
          (select max(${timeGiven(days)}) from dunning_letter l where l.merchant_id = c.merchant_id and (l.id = c.letter_id
             or l.id in (select d.letter_id from dunning_letter_claim d where d.claim_id = c.id))) as "demandedUntil"
        from dunning_claim c
        where c.merchant_id = ${merchantId} and c.state = 'open' and exists (
          select 1 from invoice i join invoice_status s on s.invoice_id = i.id
          where (i.id = c.invoice_id or (c.invoice_id is null and i.id in (select t.invoice_id from dunning_step t where t.letter_id = c.letter_id)))
            and i.state <> 'cancelled' and s.dispute <> 'open')`,
  );

/** Keeps that a letter demands these claims of earlier ones once more. */
export async function insertDemanded(
  em: EntityManager,
  { merchantId, letterId }: { merchantId: string; letterId: string },
  claims: readonly { id: string }[],
): Promise<void> {
  if (!claims.length) return;
  await rows(
    em,
    sql`insert into dunning_letter_claim (letter_id, claim_id, merchant_id)
        select ${letterId}, claim_id, ${merchantId} from unnest(${claims.map(({ id }) => id)}::uuid[]) as demanded (claim_id)`,
  );
}
