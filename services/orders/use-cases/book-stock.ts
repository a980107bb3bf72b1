import { instantOf, localDateOf } from '../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { firstRow, sql } from '../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { stockActions } from '../../../shared/protocol/orders/stock-actions.ts';
import { plausibleTime } from '../domain/plausible-time.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { knowMerchant } from './know-merchant.ts';

type Action = (typeof stockActions)['bookStock'];
type View = OutputOf<Action>;

/** Kinds by the way goods go; a correction goes both. */
const LEAVES = ['disposed', 'rtv'];

const VIEW = sql`id, merchant_id as "merchantId", sku, name, quantity, quality, kind, source, source_id as "sourceId",
  source_number as "sourceNumber", to_char(service_date, 'YYYY-MM-DD') as "serviceDate", occurred_at as "occurredAt"`;

/**
 * Books goods by hand, from the day they moved. Days of storage that are recorded already stay as they are.
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws InvalidInput   an unknown merchant, a day to come, a sign the kind does not allow
 * @throws RuleViolation  `STOCK_BOOKED` when the id is taken by another booking
 */
export async function bookStock(deps: OrdersDeps, input: InputOf<Action>, actor: Actor): Promise<View> {
  assertHouse(actor);
  const now = deps.now();
  const today = localDateOf(now, deps.config.KONTOR_ZONE);
  const { merchantId, sku, name, kind, quantity, reference, reason, bookedOn = today } = input;
  if (bookedOn > today) throw invalidField('bookedOn', 'DAY_IN_FUTURE', `${bookedOn} has not come yet`);
  if (kind !== 'correction' && quantity < 0 !== LEAVES.includes(kind))
    throw invalidField('quantity', 'WRONG_SIGN', 'What comes in is positive, what leaves is negative');
  await knowMerchant(deps, merchantId, actor);
  const id = input.id ?? uuidv7(now);
  const occurredAt =
    bookedOn === today
      ? now
      : plausibleTime(instantOf(bookedOn, '12:00', deps.config.KONTOR_ZONE).toISOString(), 'bookedOn', now);
  return transact(deps, actor, async (em, _announce, audit) => {
    const booked = await firstRow<View>(
      em,
      sql`insert into stock_movement (id, merchant_id, sku, name, quantity, quality, kind, source, source_id, source_number,
            source_item_id, revision, service_date, occurred_at, recorded_at)
          values (${id}, ${merchantId}, ${sku}, ${name}, ${quantity}, 'a', ${kind}, 'booking', ${id}, ${reference}, ${id}, 0,
            ${bookedOn}, ${occurredAt.toISOString()}, ${now.toISOString()})
          on conflict (id) do nothing returning ${VIEW}`,
    );
    if (booked) {
      const view = viewOf(booked);
      audit({
        ...{ action: 'stock.booked' as const, entity: 'stock-movement', entityId: id, merchantId, after: view },
        ...(reason === undefined ? {} : { reason }),
      });
      return view;
    }
    const known = await firstRow<View>(
      em,
      sql`select ${VIEW} from stock_movement
          where id = ${id} and merchant_id = ${merchantId} and sku = ${sku} and name = ${name} and kind = ${kind}
            and quantity = ${quantity} and source_number = ${reference} and ${input.bookedOn ?? null}::date is not distinct from
            case when ${input.bookedOn === undefined} then null else service_date end`,
    );
    if (!known) throw new RuleViolation('STOCK_BOOKED', 'There is another booking with this id');
    return asRepeated(viewOf(known));
  });
}

const viewOf = (row: View): View => ({ ...row, occurredAt: new Date(row.occurredAt).toISOString() });
