import { expect, test } from '@jest/globals';
import { GOODS, goodsOf, SALES } from '../../../demo/today/goods.ts';
import { demoMerchants } from '../../../demo/merchants.ts';
import { hasRightCheckDigit } from '../../../shared/kernel/gtin.ts';

test('the autumn range can be scanned, and each article is there once', () => {
  for (const { ean } of GOODS) expect([ean, hasRightCheckDigit(ean)]).toEqual([ean, true]);
  expect(new Set(GOODS.map(({ sku }) => sku)).size).toBe(GOODS.length);
  expect(new Set(GOODS.map(({ ean }) => ean)).size).toBe(GOODS.length);
});

test('every sale is of goods of its merchant, once per number, to somebody with a plain address', () => {
  const merchants = new Set(demoMerchants().map(({ number }) => number));
  for (const { merchant, lines, consumer } of SALES) {
    expect(merchants).toContain(merchant);
    expect(new Set(lines.map(([sku]) => goodsOf(sku).merchant))).toEqual(new Set([merchant]));
    expect(consumer.email).toMatch(/^[a-z]+(\.[a-z]+)+@post\.example$/);
  }
  expect(new Set(SALES.map(({ number }) => number)).size).toBe(SALES.length);
});

test('no two articles of a merchant look alike', () => {
  const looks = GOODS.map(({ merchant, motif }) => `${merchant} ${motif}`);
  expect(new Set(looks).size).toBe(looks.length);
});
