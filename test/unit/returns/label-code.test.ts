import { expect, test } from '@jest/globals';
import { labelCode, readLabelCode } from '../../../services/returns/domain/label-code.ts';
import { hintOf } from '../../../services/returns/domain/label-hint.ts';

test.each([
  ['item', 1n, /^KI-00001[0-9A-X]$/],
  ['batch', 1n, /^KB-00001[0-9A-X]$/],
  ['item', 20_511_148n, /^KI-XXXXX[0-9A-X]$/],
  ['item', 20_511_149n, /^KI-100000[0-9A-X]$/],
  ['item', 2n ** 62n, /^KI-[0-9A-X]{13,15}$/],
] as const)('A15 the code of %s %s is short, and says the same when it is read', (kind, number, form) => {
  const code = labelCode(kind, number);
  expect(code).toMatch(form);
  expect(readLabelCode(code)).toEqual({ kind, number });
});

test('A15 what people and scanners make of a code is understood', () => {
  const code = labelCode('item', 29n * 29n + 1n);
  const signs = code.slice(3);
  for (const typed of [
    code.toLowerCase(),
    ` ${code} `,
    `KI${signs}`,
    `KI ${signs}`,
    `KIß${signs}`,
    `ki'${signs}`,
    code.replaceAll('0', 'O'),
    `KI-${signs.replaceAll('1', 'l')}`,
    `KI-${signs.slice(0, 3)} ${signs.slice(3)}`,
  ])
    expect({ typed, read: readLabelCode(typed) }).toEqual({ typed, read: { kind: 'item', number: 842n } });
});

test('A15 every single wrong sign and every swap of neighbours is noticed', () => {
  const signs = '0123456789ABCDEFGHJKMNPRSTVWX';
  for (const number of [1n, 842n, 123_456n, 20_511_149n, 700_000_001n]) {
    const code = labelCode('item', number);
    for (let at = 3; at < code.length; at += 1) {
      for (const sign of signs)
        if (sign !== code[at]) expect(readLabelCode(code.slice(0, at) + sign + code.slice(at + 1))).toBeUndefined();
      const swapped = code.slice(0, at) + (code[at + 1] ?? '') + code[at] + code.slice(at + 2);
      if (at + 1 < code.length && swapped !== code) expect(readLabelCode(swapped)).toBeUndefined();
    }
    expect(readLabelCode(code.replace('KI', 'KB'))).toBeUndefined();
  }
});

test.each([
  '',
  'KI-',
  'KI-0',
  'KI-00000',
  'KI-000000',
  'KX-00001X',
  'RT-2026-00123',
  '4006381333931',
  `KI-${'9'.repeat(40)}`,
])('A15 %j is no code of a label', (text) => expect(readLabelCode(text)).toBeUndefined());

test.each([
  ['expected', null, 'expected'],
  ['received', null, 'inspect'],
  ['disposition_proposed', 'rtv', 'rtv'],
  ['on_hold', 'hold', 'hold'],
  ['on_hold', 'restock', 'hold'],
  ['refurbishing', 'refurbish', 'refurbish'],
  ['restocked', 'restock_b', 'restock_b'],
] as const)('an item that is %s with %s goes to: %s', (state, disposition, hint) =>
  expect(hintOf({ state, disposition })).toBe(hint),
);

test('no number is a mistake of ours', () => expect(() => labelCode('item', 0n)).toThrow(RangeError));
