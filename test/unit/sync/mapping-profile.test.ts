import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { mappingProfile } from '../../../services/sync/domain/mapping-profile.ts';
import { germanProfile } from './profile-fixture.ts';

test('the documented profile of the data set is valid', () => {
  const text = readFileSync(new URL('../../../services/sync/profiles/online-retail.json', import.meta.url), 'utf8');
  expect(mappingProfile.parse(JSON.parse(text)).merchant).toEqual({
    from: 'pattern',
    field: 'articleCode',
    pattern: '^(\\d{3})',
  });
});

test.each<[string, Record<string, unknown>, string]>([
  ['an unknown key', { dryRun: true }, ''],
  ['a name with spaces', { name: 'my shop' }, 'name'],
  ['a slow pattern', { documents: { order: '(a+)+$' } }, 'documents.order'],
  [
    'a merchant pattern without a group',
    { merchant: { from: 'pattern', field: 'document', pattern: '^x' } },
    'merchant.pattern',
  ],
  ['both weights', { constants: { carrier: 'X', weightGrams: 1, weightGramsPerPiece: 1 } }, 'constants'],
  ['no weight', { constants: { carrier: 'X' } }, 'constants'],
  ['country from both', { constants: { carrier: 'X', weightGrams: 1, country: 'DE' } }, 'columns.country'],
  ['a country name as code', { valueMaps: { country: { Germany: 'Germany' } } }, 'valueMaps.country.Germany'],
  ['an unknown zone', { time: { format: 'YYYY-MM-DD', zone: 'Europe/Atlantis' } }, 'time'],
  ['a fixed offset', { time: { format: 'YYYY-MM-DD', zone: '+01:00' } }, 'time.zone'],
  ['an unknown format', { time: { format: 'D.M.YYYY H:m', zone: 'UTC' } }, 'time'],
  ['the same decimal and group sign', { numbers: { decimal: ',', group: ',' } }, 'numbers.group'],
  ['a filter with two tests', { filters: [{ field: 'country', equals: 'a', notEquals: 'b' }] }, 'filters.0'],
  ['a delimiter of two characters', { delimiter: '::' }, 'delimiter'],
])('refuses %s', (_what, changes, path) => {
  const result = mappingProfile.safeParse({ ...germanProfile, ...changes });
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
});
