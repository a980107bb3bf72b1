import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { ACCOUNT_TOPICS } from '../../../web/src/shared/account/account.ts';

test('K24 X4 every screen with a running account asks again when charges, invoices or recorded stock change', () => {
  expect(ACCOUNT_TOPICS).toEqual(expect.arrayContaining(['charges', 'invoices', 'storage-snapshots']));
  const web = path.resolve(import.meta.dirname, '../../../web/src');
  const asking = fs
    .readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, text: fs.readFileSync(path.join(web, file), 'utf8') }))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/useApi\(\s*'GET \/merchants\/\{id\}\/account',[^)]*\)/g)].map(([call]) => ({ file, call })),
    );
  expect(asking.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['finance/pages/account-page.tsx', 'merchant/pages/account-page.tsx']),
  );
  expect(asking.filter(({ call }) => !call.includes('live: ACCOUNT_TOPICS'))).toEqual([]);
});
