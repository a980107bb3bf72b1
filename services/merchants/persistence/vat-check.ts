import {
  addDays,
  instantOf,
  lastDayOf,
  monthOf,
  type LocalDate,
  type LocalMonth,
} from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { VatCheckView } from '../../../shared/protocol/merchants/vat-check-actions.ts';

export interface VatCheckRow extends Omit<VatCheckView, 'askedAt'> {
  merchantId: string;
  askedAt: Date;
  /** Set by the worker: one definite answer is kept for each month. */
  forMonth: LocalMonth | null;
}

const COLUMNS = sql`id, merchant_id as "merchantId", vat_id as "vatId", state, register, asked_at as "askedAt", asked_by as "askedBy",
  asked_by_id as "askedById", for_month as "forMonth", checked_on::text as "checkedOn", consultation_number as "consultationNumber",
  registered_name as "registeredName", registered_address as "registeredAddress", name_matches as "nameMatches",
  address_matches as "addressMatches", error`;

export async function findVatCheck(em: EntityManager, id: string): Promise<VatCheckRow | undefined> {
  const found = await firstRow<VatCheckRow>(em, sql`select ${COLUMNS} from merchants.vat_check where id = ${id}`);
  return found && fromRow(found);
}

/** Newest first, from after `[asked at, id]`. */
export async function findVatChecks(
  em: EntityManager,
  merchantId: string,
  after: string[] | undefined,
  limit: number,
): Promise<VatCheckRow[]> {
  const [at = null, id = null] = after ?? [];
  const found = await rows<VatCheckRow>(
    em,
    sql`select ${COLUMNS} from merchants.vat_check where merchant_id = ${merchantId}
          and (${id}::uuid is null or (asked_at, id) < (${at}::timestamptz, ${id}::uuid))
        order by asked_at desc, id desc limit ${limit}`,
  );
  return found.map(fromRow);
}

/** @returns false when this check, or another answer for its month, is there already */
export async function insertVatCheck(em: EntityManager, check: VatCheckRow): Promise<boolean> {
  const inserted = await affected(
    em,
    sql`insert into merchants.vat_check (id, merchant_id, vat_id, state, register, asked_at, asked_by, asked_by_id, for_month,
          checked_on, consultation_number, registered_name, registered_address, name_matches, address_matches, error)
        values (${check.id}, ${check.merchantId}, ${check.vatId}, ${check.state}, ${check.register}, ${check.askedAt.toISOString()},
          ${check.askedBy}, ${check.askedById}, ${check.forMonth}, ${check.checkedOn}, ${check.consultationNumber}, ${check.registeredName},
          ${check.registeredAddress}, ${check.nameMatches}, ${check.addressMatches}, ${check.error})
        on conflict do nothing`,
  );
  return inserted > 0;
}

/** Whether the register ever said yes or no to this id of the merchant. */
export const hasAnswer = async (em: EntityManager, { merchantId, vatId }: VatCheckRow): Promise<boolean> =>
  (await firstRow(
    em,
    sql`select 1 from merchants.vat_check
        where merchant_id = ${merchantId} and vat_id = ${vatId} and state <> 'unavailable' limit 1`,
  )) !== undefined;

/** Days before the end of a month from which ids are checked again. */
const DAYS_BEFORE_END = 6;
/** A register that does not answer is asked again after this. */
const PAUSE_MS = 6 * 3_600_000;

/** The first day of a month on which its ids are checked again. */
export const recheckFrom = (month: LocalMonth): LocalDate => addDays(lastDayOf(month), -DAYS_BEFORE_END);

/** A reverse-charge merchant whose id was not confirmed or denied in the last days of this month. */
export async function findDueForRecheck(
  em: EntityManager,
  { today, now, zone }: { today: LocalDate; now: Date; zone: string },
): Promise<string | undefined> {
  const month = monthOf(today);
  const from = recheckFrom(month);
  if (today < from) return undefined;
  const found = await firstRow<{ id: string }>(
    em,
    sql`select m.id from merchants.merchant m
        where m.status <> 'terminated' and m.tax_treatment = 'reverseCharge' and m.vat_id is not null
          and not exists (select 1 from merchants.vat_check v where v.merchant_id = m.id and v.vat_id = m.vat_id
            and case when v.state = 'unavailable' then v.asked_at > ${new Date(now.getTime() - PAUSE_MS).toISOString()}::timestamptz
                     else v.for_month = ${month} or v.asked_at >= ${instantOf(from, '00:00', zone).toISOString()}::timestamptz end)
        order by m.id limit 1`,
  );
  return found?.id;
}

/** The place of a check in its list. */
export const vatCheckCursor = ({ askedAt, id }: VatCheckRow): string[] => [askedAt.toISOString(), id];

export const vatCheckView = ({ merchantId: _, forMonth: __, askedAt, ...check }: VatCheckRow): VatCheckView => ({
  ...check,
  askedAt: askedAt.toISOString(),
});

const fromRow = (row: VatCheckRow): VatCheckRow => ({ ...row, askedAt: new Date(row.askedAt) });
