import { addDays, eachDay, instantOf, localDateOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { divideRounded, formatMicros } from '../../../../shared/kernel/decimal.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import type { OutputOf } from '../../../../shared/protocol/define.ts';
import { stockActions } from '../../../../shared/protocol/orders/stock-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { StorageLine } from '../../domain/storage/storage-day.ts';
import { storeSnapshots } from './record-storage-snapshots.ts';

/** The ledger knows no place. */
const WAREHOUSE = 'main';
const BIN = 'ledger';
/** What happened on the day before has been told by then; the run of a month end is drafted later. */
const MAKES_AT = '03:00';
/** Days of one merchant in one round. */
const MOST_DAYS = 31;

type Stock = OutputOf<(typeof stockActions)['getStockAt']>['stock'];

/**
 * Records each day's stock from the ledger for merchants whose contract says so (F9), also the days of a downtime: the
 * ledger knows them as well as it did then. A day on which the ledger holds less than nothing stays a gap, which
 * blocks the run until somebody has booked what is missing.
 * @returns how many days were recorded
 */
export async function recordLedgerDays(deps: BillingDeps): Promise<number> {
  const actor = serviceActor('billing', uuidv7(deps.now()));
  const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  const last = instantOf(today, MAKES_AT, deps.config.KONTOR_ZONE) <= deps.now() ? today : addDays(today, -1);
  let recorded = 0;
  for (const { merchantId, days } of await read(deps, actor, (em) => missingDays(em, last))) {
    let made = 0;
    for (const day of days) {
      if (made === MOST_DAYS) break;
      const { stock } = await deps.call(stockActions.getStockAt, { merchantId, day }, actor);
      const wrong = stock.filter(({ quantity }) => quantity < 0).map(({ sku }) => sku);
      if (wrong.length) {
        deps.log.warn({ merchantId, day, skus: wrong.slice(0, 10) }, 'the stock ledger holds less than nothing');
        continue;
      }
      const snapshot = { merchantId, warehouse: WAREHOUSE, day, lines: stock.map(lineOf) };
      made += await storeSnapshots(deps, [snapshot], actor, 'ledger', (answer) => answer.recorded);
    }
    recorded += made;
  }
  return recorded;
}

/** Days under a contract that goes by the ledger and without a header of any warehouse, since billing began. */
async function missingDays(
  em: Parameters<typeof rows>[0],
  last: LocalDate,
): Promise<{ merchantId: string; days: LocalDate[] }[]> {
  const contracts = await rows<{ merchantId: string; first: LocalDate; last: LocalDate; recorded: LocalDate[] | null }>(
    em,
    sql`select c.merchant_id as "merchantId", to_char(greatest(c.starts_on, i.billing_starts_on), 'YYYY-MM-DD') as first,
               to_char(least(coalesce(c.ends_on, ${last}::date), ${last}::date), 'YYYY-MM-DD') as last,
               (select array_agg(to_char(h.day, 'YYYY-MM-DD')) from storage_header h
                where h.merchant_id = c.merchant_id and h.day >= c.starts_on) as recorded
        from contract_ref c cross join issuer i
        where c.storage_source = 'ledger' and c.storage_method is not null and c.starts_on <= ${last}
        order by c.merchant_id, c.starts_on`,
  );
  return contracts.map(({ merchantId, first, last: to, recorded }) => {
    const known = new Set(recorded);
    return { merchantId, days: eachDay(first, to).filter((day) => !known.has(day)) };
  });
}

/** Cubic millimetres to cubic metres with six places. */
function lineOf({ sku, quantity, cubicMillimetres }: Stock[number]): StorageLine {
  const volume = cubicMillimetres === null ? null : divideRounded(BigInt(cubicMillimetres) * BigInt(quantity), 1_000n);
  return {
    bin: BIN,
    sku,
    storageType: 'bin',
    quantity: String(quantity),
    volumeM3: volume === null ? null : formatMicros(volume),
  };
}
