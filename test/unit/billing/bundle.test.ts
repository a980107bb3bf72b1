import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { namedFiles } from '../../../services/billing/use-cases/exports/bundle-index.ts';
import type { IssuedDocument } from '../../../services/billing/domain/exports/issued-document.ts';
import { zipDocuments } from '../../../services/billing/use-cases/exports/bundle.ts';
import { diskStore } from '../../../shared/storage/disk-store.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { readZip } from '../../support/zip.ts';

let folder = '';
let store: ObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-bundle-'));
  store = diskStore(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const archive = async (content: string, extension: string) => {
  const { key, ...stored } = await store.putContent('invoices', Buffer.from(content), extension);
  return { objectKey: key, ...stored };
};
const document = (
  number: string,
  files: Partial<IssuedDocument['document']>,
  overrides: Partial<IssuedDocument> = {},
): IssuedDocument => ({
  ...{
    id: number,
    kind: 'invoice',
    number,
    issueDate: '2026-11-02',
    periodTo: '2026-10-31',
    dueDate: null,
    correctsNumber: null,
  },
  ...{ merchantId: 'm', merchantNumber: 'M001', merchantName: 'Öl; "Süß" GmbH', vatId: null, vat: [] },
  ...{
    netMinor: 100_00,
    vatMinor: 19_00,
    grossMinor: 119_00,
    document: { state: 'ready', pdf: null, xml: null, ...files },
  },
  ...overrides,
});
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = async (documents: IssuedDocument[]) =>
  Buffer.concat(await zipDocuments(store, documents, '2026-11-30').toArray());

test('I6 a bundle has every file as archived and an index with its hash, and the same documents give the same bytes', async () => {
  const large = 'x'.repeat(300_000);
  const documents = [
    document('RE-2026-00042', { pdf: await archive(large, 'pdf'), xml: await archive('<xml/>', 'xml') }),
    document(
      'ST/2026/1',
      { pdf: await archive('two', 'pdf') },
      {
        kind: 'cancellation',
        issueDate: '2026-11-05',
        netMinor: -5,
        vatMinor: -1,
        grossMinor: -6,
        merchantName: '=cmd',
      },
    ),
  ];
  const zip = await bytesOf(documents);
  const entries = readZip(zip);
  expect(entries.map(({ name, day, extra, bytes }) => [name, day, extra, bytes.length])).toEqual([
    ['index.csv', '2026-11-30', 0, expect.any(Number)],
    ['RE-2026-00042.pdf', '2026-11-02', 0, 300_000],
    ['RE-2026-00042.xml', '2026-11-02', 0, 6],
    ['ST-2026-1.pdf', '2026-11-05', 0, 3],
  ]);
  expect(entries[1]!.bytes.toString()).toBe(large);
  expect(entries[0]!.bytes.toString().split('\r\n')).toEqual([
    '\ufeffNummer;Art;Datum;Händlernummer;Händler;Netto;USt;Brutto;PDF;SHA-256 der PDF;XML;SHA-256 der XML',
    `RE-2026-00042;Rechnung;2026-11-02;M001;"Öl; ""Süß"" GmbH";"100,00";"19,00";"119,00";RE-2026-00042.pdf;${sha256(large)};RE-2026-00042.xml;${sha256('<xml/>')}`,
    `ST/2026/1;Stornorechnung;2026-11-05;M001;"'=cmd";"-0,05";"-0,01";"-0,06";ST-2026-1.pdf;${sha256('two')};;`,
    '',
  ]);
  expect(sha256(await bytesOf(documents))).toBe(sha256(zip));
});

test('I6 names of files are no paths, and differ where case does not count', () => {
  const pdf = { objectKey: 'a', sha256: 'b', bytes: 1 };
  const names = ['../../etc/x', '.hidden', 'RE-1', 're-1', 'RE/1', 'C:\\x'].map((number) => document(number, { pdf }));
  expect(namedFiles(names).map(({ files }) => files[0]!.name)).toEqual([
    ...['----etc-x.pdf', '-hidden.pdf', 'RE-1.pdf', 're-1_2.pdf', 'RE-1_3.pdf', 'C--x.pdf'],
  ]);
});

test('I6 a file that is missing or not as archived fails the bundle', async () => {
  const good = await archive('good', 'pdf');
  const missing = document('RE-1', { pdf: { ...good, objectKey: 'invoices/aa/none.pdf' } });
  await expect(bytesOf([document('RE-0', { pdf: good }), missing])).rejects.toMatchObject({ type: 'FILE_NOT_FOUND' });
  const other = document('RE-2', { pdf: { ...good, sha256: sha256('other') } });
  await expect(bytesOf([other])).rejects.toThrow('RE-2.pdf is not what was archived');
});
