import { expect, test } from '@jest/globals';
import {
  assertArticle,
  assertMayChange,
  bareArticle,
  withFields,
  type ArticleFields,
} from '../../../services/orders/domain/articles.ts';
import type { Role } from '../../../shared/protocol/define.ts';
import { ean } from '../../../shared/protocol/orders/articles.ts';

const bare = bareArticle({ id: 'a', merchantId: 'm', sku: 'SET', name: 'Set' }, 'entered', new Date(0));
const refusal = (work: () => void) => {
  try {
    work();
  } catch (error) {
    return (error as { data: { errors: { path: string; code: string }[] } }).data.errors.map(
      ({ path, code }) => `${path} ${code}`,
    );
  }
  return [];
};

test.each<[ArticleFields, string[]]>([
  [{ eans: ['036000291452', '4006381333931'] }, []],
  [{ eans: ['036000291452', '4006381333931', '0036000291452'] }, ['articles.3.eans.2 DUPLICATE']],
  [{ components: [{ sku: 'CUP', quantity: 2 }] }, []],
  [
    {
      components: [
        { sku: 'CUP', quantity: 2 },
        { sku: 'CUP', quantity: 1 },
      ],
    },
    ['articles.3.components.1.sku DUPLICATE'],
  ],
  [{ components: [{ sku: 'SET', quantity: 1 }] }, ['articles.3.components.0.sku BUNDLE_CYCLE']],
])('J30 an article with %j: %j', (fields, refused) =>
  expect(refusal(() => assertArticle(withFields(bare, fields), 'articles.3.'))).toEqual(refused),
);

test.each([
  [null, 'a', []],
  ['x', 'b', []],
  [null, 'b', ['condition CONDITION_MISMATCH']],
  ['x', 'a', ['condition CONDITION_MISMATCH']],
] as const)('B11 a variant of %s in condition %s: %j', (variantOf, condition, refused) =>
  expect(refusal(() => assertArticle({ ...bare, variantOf, condition }, ''))).toEqual(refused),
);

test.each<[Role[], object, string[]]>([
  [['merchantDecider'], { name: 'x', eans: [], dimensions: null, weightGrams: 1 }, []],
  [['merchantDecider'], { name: 'x', hygiene: true }, ['hygiene FIELD_NOT_ALLOWED']],
  [
    ['merchantDecider'],
    { components: [], active: false },
    ['components FIELD_NOT_ALLOWED', 'active FIELD_NOT_ALLOWED'],
  ],
  [['lead'], { hygiene: true, active: false }, []],
  [['api'], { group: 'x' }, []],
])('J30 %j changes %j: %j', (roles, fields, refused) =>
  expect(refusal(() => assertMayChange(roles, fields))).toEqual(refused),
);

test('fields that are left out stay, null empties, and nothing but fields changes', () => {
  const full = withFields(bare, { weightGrams: 100, group: 'g' });
  expect(withFields(full, { weightGrams: null, name: undefined })).toEqual({ ...full, weightGrams: null });
  expect(withFields(bare, { sku: 'OTHER', merchantId: 'x', version: 9 } as never)).toEqual(bare);
});

test.each([
  ['4006381333931', true],
  ['4006381333932', false],
  ['LAGER-0815/7', true],
  ['', false],
  ['4006381 333931', false],
  ['4006381333931\n', false],
  ['＝SUM(A1)', false],
  ['=1+1', false],
  ['x'.repeat(49), false],
])('the code %j is taken: %s', (code, taken) => expect(ean.safeParse(code).success).toBe(taken));
