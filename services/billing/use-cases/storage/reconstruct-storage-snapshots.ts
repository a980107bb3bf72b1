import { addDays, daysBetween, eachDay, localDateOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import { stockActions } from '../../../../shared/protocol/orders/stock-actions.ts';
import type { storageActions } from '../../../../shared/protocol/billing/storage-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { rebuildDay, type StockMove } from '../../domain/storage/rebuild-day.ts';
import { covers, type StorageDay } from '../../domain/storage/storage-day.ts';
import { otherWarehouses } from '../../persistence/other-warehouses.ts';
import { sourcesOfDays } from '../../persistence/storage.ts';
import { findDays, findStorageTerms, lastDayUpTo, type Place } from '../../persistence/storage-days.ts';
import { findMerchantOr404 } from '../merchants/ensure-merchant.ts';
import { refuseSecondSource, storeSnapshots } from './record-storage-snapshots.ts';

type Action = (typeof storageActions)['reconstructStorageSnapshots'];

/** A quarter: whoever missed more than that should count the shelves. */
const MOST_DAYS = 92;

/**
 * Rebuilds the days of a warehouse that were missed, from the nearest earlier recorded day and what moved since (F8).
 * Only when somebody asks for it, and marked as such; days that are recorded stay. Moves are of a merchant, not of a
 * warehouse: where its goods lay in several, nobody can say which of them moved.
 * @throws NotFound      no such merchant
 * @throws InvalidInput  days to come, an order that is turned round, or too many days
 * @throws RuleViolation when no earlier day is recorded to start from, goods moved that may lie in another warehouse, or
 *   a day is the ledger's, which tells of it by itself
 */
export async function reconstructStorageSnapshots(
  deps: BillingDeps,
  { merchantId, warehouse, from, to }: InputOf<Action>,
  actor: Actor,
): Promise<{ reconstructed: LocalDate[] }> {
  if (to < from) throw invalidField('to', 'ENDS_BEFORE_START', 'The last day lies before the first');
  if (to > localDateOf(deps.now(), deps.config.KONTOR_ZONE))
    throw invalidField('to', 'DAY_IN_FUTURE', `${to} has not come yet`);
  if (daysBetween(from, to) >= MOST_DAYS)
    throw invalidField('to', 'TOO_MANY_DAYS', `At most ${MOST_DAYS} days can be rebuilt at once`);
  await findMerchantOr404(deps, merchantId, actor);
  const place = { merchantId, warehouse };
  const { start, recorded, contracts } = await read(deps, actor, async (em) => {
    const first = await lastDayUpTo(em, place, addDays(from, -1));
    return {
      start: first,
      recorded: await findDays(em, { ...place, from: first ?? from, to }),
      contracts: (await findStorageTerms(em, [merchantId])).get(merchantId) ?? [],
    };
  });
  const known = new Map(recorded.map((day) => [day.day, day]));
  const missing = eachDay(from, to).filter((day) => !known.has(day) && contracts.some((terms) => covers(terms, day)));
  await assertNotOfLedger(deps, place, missing, actor);
  const base = start ?? recorded[0]?.day;
  if (missing[0] !== undefined && (base === undefined || base > missing[0]))
    throw new RuleViolation('NOTHING_TO_START_FROM', `No day before ${missing[0]!} is recorded for this warehouse`);
  const { moves } = await deps.call(
    stockActions.getStockMoves,
    { merchantId, from: base ?? from, to },
    serviceActor('billing', actor.requestId),
  );
  const rebuilt = missing.map((day) => rebuiltDay(place, day, recorded, moves));
  if (rebuilt.some(({ rebuiltFrom }) => rebuiltFrom.movedPieces > 0))
    await assertOnlyWarehouse(deps, place, base!, actor);
  return storeSnapshots(deps, rebuilt, actor, 'reconstructed', () => ({ reconstructed: missing }));
}

function rebuiltDay(
  place: Place,
  day: LocalDate,
  recorded: readonly StorageDay[],
  moves: readonly (StockMove & { day: LocalDate })[],
) {
  const source = recorded.findLast((earlier) => earlier.day < day)!;
  // what moved on a day shows as the next one begins
  const since = moves.filter((move) => move.day >= source.day && move.day < day);
  const movedPieces = since.reduce((sum, { quantity }) => sum + Math.abs(quantity), 0);
  return {
    ...{ ...place, day, lines: rebuildDay(source.lines, since) },
    rebuiltFrom: { day: source.day, movedPieces },
  };
}

/** Asked before all else: what these days lack is a movement, not a day to start from. */
async function assertNotOfLedger(
  deps: BillingDeps,
  place: Place,
  missing: readonly LocalDate[],
  actor: Actor,
): Promise<void> {
  const days = missing.map((day) => ({ ...place, day }));
  const sources = await read(deps, actor, (em) => sourcesOfDays(em, days));
  days.forEach((day, index) => refuseSecondSource(day, sources[index]!, 'reconstructed'));
}

async function assertOnlyWarehouse(deps: BillingDeps, place: Place, base: LocalDate, actor: Actor): Promise<void> {
  const others = await read(deps, actor, (em) => otherWarehouses(em, place, base));
  if (others.length)
    throw new RuleViolation(
      'MOVES_OF_SEVERAL_WAREHOUSES',
      `Goods moved since ${base}, and the ledger does not say whether in ${place.warehouse} or in ${others.join(', ')}: record the days that are missing`,
      { since: base, warehouses: others },
    );
}
