import { daysInMonth, monthOf } from '../../../../shared/kernel/dates.ts';
import { divideRounded, formatMicros, MICROS, parseMicros } from '../../../../shared/kernel/decimal.ts';
import type { Output } from '../../app/api/contract.ts';
import { traceOf } from '../../shared/evidence/trace.ts';

/** Quantity × price ÷ base as they are multiplied; decimal texts. */
export interface PriceSum {
  quantity: string;
  unitPrice: string;
  baseQuantity: string;
  /** Before rounding, with up to 6 places. */
  exact: string;
}

/** How the price of a charge is worked out; nothing where only the month says it, or where there is no price. */
export function priceSum(charge: Output<'GET /charges/{id}'>): PriceSum | undefined {
  const { price, unitPrice: share } = traceOf(charge.trace);
  const unitPrice = share ?? unitPriceOf(price);
  if (!price || unitPrice === undefined) return undefined;
  const baseQuantity =
    price.type !== 'perUnit'
      ? '1'
      : price.perDaysOfMonth
        ? String(daysInMonth(monthOf(charge.serviceDate)))
        : (price.baseQuantity ?? '1');
  const [quantity, each, base] = [charge.quantity, unitPrice, baseQuantity].map(parseMicros) as [
    bigint,
    bigint,
    bigint,
  ];
  const exact = formatMicros(divideRounded(quantity * each, base === MICROS ? MICROS : base));
  return { quantity: charge.quantity, unitPrice, baseQuantity, exact };
}

function unitPriceOf(price: ReturnType<typeof traceOf>['price']): string | undefined {
  switch (price?.type) {
    case 'flat':
      return price.amount;
    case 'package':
      return price.unitPrice;
    case 'perUnit':
      return price.freeQuantity === undefined ? price.unitPrice : undefined;
    default:
      return undefined;
  }
}
