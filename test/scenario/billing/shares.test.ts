import { expect, test } from '@jest/globals';
import {
  amountMinor,
  billedQuantity,
  priceParts,
  sharePriceMicros,
} from '../../../services/billing/domain/rate-models.ts';
import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import { rateModel, type RateModel } from '../../../shared/protocol/billing/rate-model.ts';

/** Percentage and cost-plus: each event is a line of one unit at a price of its own, exact to six places. */
const percentage = (percent: string, bounds: { minimum?: string; maximum?: string } = {}): RateModel =>
  rateModel.parse({ type: 'percentage', percent, ...bounds });
const costPlus = (percent: string, minimumMargin?: string): RateModel =>
  rateModel.parse({ type: 'costPlus', percent, ...(minimumMargin === undefined ? {} : { minimumMargin }) });

test.each<[title: string, model: RateModel, amount: number, price: string, cents: number]>([
  ['3 % of 100.00', percentage('3'), 10_000, '3', 300],
  ['3.5 % of 21.75 is 0.76125', percentage('3.5'), 2_175, '0.76125', 76],
  ['0.01 % of 50.00 is half a cent, and so one', percentage('0.01'), 5_000, '0.005', 1],
  ['0.01 % of 49.99 is less', percentage('0.01'), 4_999, '0.004999', 0],
  ['12.34 % of a cent has six places', percentage('12.34'), 1, '0.001234', 0],
  ['100 % of 12.34', percentage('100'), 1_234, '12.34', 1_234],
  ['250 % of 12.34', percentage('250'), 1_234, '30.85', 3_085],
  ['of nothing nothing', percentage('5'), 0, '0', 0],
  ['never below its minimum', percentage('5', { minimum: '2.50' }), 4_999, '2.5', 250],
  ['at its minimum', percentage('5', { minimum: '2.50' }), 5_000, '2.5', 250],
  ['above its minimum', percentage('5', { minimum: '2.50' }), 5_001, '2.5005', 250],
  ['never above its maximum', percentage('5', { maximum: '2.50' }), 5_001, '2.5', 250],
  ['between both', percentage('5', { minimum: '1.00', maximum: '2.50' }), 4_000, '2', 200],
  ['both the same: a fixed price', percentage('5', { minimum: '2.00', maximum: '2.00' }), 99_999, '2', 200],
  ['cost plus 10 %', costPlus('10'), 2_000, '22', 2_200],
  ['cost plus 12.5 % of 4.35 is 4.89375', costPlus('12.5'), 435, '4.89375', 489],
  ['cost plus 7.5 % of 0.02 is 0.0215', costPlus('7.5'), 2, '0.0215', 2],
  ['a margin of at least 1.50', costPlus('10', '1.50'), 1_000, '11.5', 1_150],
  ['a margin of just 1.50', costPlus('10', '1.50'), 1_500, '16.5', 1_650],
  ['a margin above it', costPlus('10', '1.50'), 1_501, '16.511', 1_651],
  ['a cost of nothing costs the margin', costPlus('10', '1.50'), 0, '1.5', 150],
])('E2 shares: %s', (_title, model, amount, price, cents) => {
  expect(formatMicros(sharePriceMicros(model, amount)!)).toBe(price);
  const position = { serviceMonth: '2027-03', amountMinor: amount };
  expect(amountMinor(priceParts(model, billedQuantity(model, parseMicros('7')), position))).toBe(cents);
  // taken back, it is the same the other way round, whatever was measured; of nothing nothing is taken back
  expect(amountMinor(priceParts(model, billedQuantity(model, parseMicros('-7')), position)) + cents).toBe(0);
});
