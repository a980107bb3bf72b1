import { addDays, instantOf, localDateOf, type LocalDate } from '../../../shared/kernel/dates.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { quarantineAccruedV1 } from '../../../shared/protocol/returns/events.ts';
import { chargeDay, lockWatch, merchantsToWatch, moveWatch } from '../persistence/quarantine.ts';
import { isForeign } from '../domain/not-theirs.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { oneByOne } from './one-by-one.ts';

const MERCHANTS_AT_ONCE = 100;

/**
 * Tells which goods lay in quarantine as each day began, after their free days (C11). Every day is looked at once per
 * merchant and in order, so a clock that stood still for a week catches up, and a policy that comes late charges
 * nothing of the time before it.
 * One whose days cannot be told holds up no other.
 * @returns how many merchants were looked at
 */
export async function accrueQuarantine(deps: ReturnsDeps): Promise<number> {
  const zone = deps.config.KONTOR_ZONE;
  const today = localDateOf(deps.now(), zone);
  const merchants = await inTransaction(deps.orm, 'staff', (em) =>
    merchantsToWatch(em, { today, zone, limit: MERCHANTS_AT_ONCE }),
  );
  return oneByOne(deps, merchants, 'quarantine', async (merchantId) => {
    while (await accrueNextDay(deps, merchantId, today));
    return true;
  });
}

/** One day of one merchant is one transaction. @returns whether there may be another one */
async function accrueNextDay(deps: ReturnsDeps, merchantId: string, today: LocalDate): Promise<boolean> {
  const zone = deps.config.KONTOR_ZONE;
  const clock = serviceActor('returns', `clock-quarantine-${today}`);
  return transact(deps, clock, async (em, announce) => {
    const through = await lockWatch(em, merchantId);
    if (through === undefined || through >= today) return false;
    const day = addDays(through, 1);
    const begins = instantOf(day, '00:00', zone);
    for (const { origin, ...goods } of await chargeDay(em, merchantId, { day, begins, zone }))
      announce(
        quarantineAccruedV1,
        { ...goods, ...(isForeign({ origin }) ? { sku: null, name: '' } : {}), merchantId, day },
        { eventId: uuidOf(quarantineAccruedV1.type, goods.itemId, day), occurredAt: begins },
      );
    await moveWatch(em, merchantId, day);
    return day < today;
  });
}
