import { expect, test } from '@jest/globals';
import type { IssuedDocument } from '../../../services/billing/domain/exports/issued-document.ts';
import { monthsOf } from '../../../services/billing/domain/exports/periods.ts';
import { changedSinceExport } from '../../../services/billing/domain/exports/changed-periods.ts';
import {
  reportedVatIds,
  salesListEntries,
  salesListFile,
  salesListRows,
} from '../../../services/billing/domain/exports/sales-list.ts';

let serial = 0;
/** @param months  net by month of supply */
const document = (
  vatId: string | null,
  months: Record<string, number>,
  overrides: Partial<IssuedDocument> = {},
): IssuedDocument => ({
  ...{
    id: `document ${(serial += 1)}`,
    kind: 'invoice',
    number: `RE-${serial}`,
    issueDate: '2026-11-02',
    periodTo: '2026-10-31',
    dueDate: null,
  },
  ...{ correctsNumber: null, merchantId: 'm', merchantNumber: 'M001', merchantName: 'Alpen GmbH', vatId },
  ...{ netMinor: 0, vatMinor: 0, grossMinor: 0, document: { state: 'ready', pdf: null, xml: null } },
  vat: [
    {
      category: 'AE',
      rateBasisPoints: 0,
      vatMinor: 0,
      remainder: false,
      months: Object.entries(months).map(([month, netMinor]) => ({ month, netMinor })),
    },
    {
      category: 'S',
      rateBasisPoints: 1900,
      vatMinor: 19,
      remainder: false,
      months: [{ month: '2026-10', netMinor: 100 }],
    },
  ],
  ...overrides,
});
const linesOf = (documents: IssuedDocument[], period: string, reported: string[] = []) => {
  const { entries, findings } = salesListEntries(documents, monthsOf(period));
  const { file, nothing } = salesListFile(entries, new Set(reported));
  const [version, titles, ...lines] = file.toString('utf8').trimEnd().split('\r\n');
  expect([version, titles]).toEqual(['#v3.0', 'USt-IdNr.,Betrag (Euro),Art der Leistung']);
  const rows = salesListRows(entries, new Set(reported));
  const shown = rows.filter(({ reportedMinor }) => reportedMinor !== null);
  // what is shown before it is sent is what the file says
  expect(shown.map(({ vatId, reportedMinor }) => `${vatId},${reportedMinor! / 100},S`)).toEqual(lines);
  return { lines, findings, nothing, rows };
};
const AUSTRIAN = 'ATU13585627';

test('I11 services of a month are summed per VAT id in whole euros, rounded once', () => {
  const documents = [
    document(AUSTRIAN, { '2026-09': 7_00, '2026-10': 100_30 }),
    document(AUSTRIAN, { '2026-10': 100_20 }, { issueDate: '2026-10-16' }),
    document('EL123456789', { '2026-10': 99_49 }),
    document('DK12345678', { '2026-10': 30 }),
  ];
  const { lines, nothing, rows } = linesOf(documents, '2026-10');
  expect(lines).toEqual([`${AUSTRIAN},201,S`, 'EL123456789,99,S']);
  expect(nothing.map((entry) => entry.document.vatId)).toEqual(['DK12345678']);
  expect(rows.map(({ vatId, reportedMinor, netMinor }) => [vatId, reportedMinor, netMinor])).toEqual([
    [AUSTRIAN, 201_00, 200_50],
    ['DK12345678', null, 30],
    ['EL123456789', 99_00, 99_49],
  ]);
  const issued = rows.flatMap(({ vatId, issued }) => issued.map(({ month, netMinor }) => [vatId, month, netMinor]));
  expect(issued).toEqual([
    [AUSTRIAN, '2026-10', 100_20],
    [AUSTRIAN, '2026-11', 100_30],
    ['DK12345678', '2026-11', 30],
    ['EL123456789', '2026-11', 99_49],
  ]);
  expect(linesOf(documents, '2026-09').lines).toEqual([`${AUSTRIAN},7,S`]);
  expect(linesOf(documents, '2026-Q4').lines).toEqual([`${AUSTRIAN},201,S`, 'EL123456789,99,S']);
  expect(linesOf(documents, '2026-Q3').lines).toEqual([`${AUSTRIAN},7,S`]);
});

test('I11 a cancellation takes back the months of supply, so that what replaces it is not reported twice', () => {
  const original = document(AUSTRIAN, { '2026-10': 500_00 });
  const cancellation = document(
    AUSTRIAN,
    { '2026-10': -500_00 },
    { kind: 'cancellation', correctsNumber: original.number, issueDate: '2026-12-03' },
  );
  const again = document(AUSTRIAN, { '2026-10': 450_00 }, { issueDate: '2026-12-03' });
  expect(linesOf([original, cancellation, again], '2026-10').lines).toEqual([`${AUSTRIAN},450,S`]);
  expect(linesOf([original, cancellation, again], '2026-12').lines).toEqual([]);
});

test('I11 a reduction belongs to the month in which it is made known', () => {
  const reduction = document(
    AUSTRIAN,
    { '2026-09': -10_00, '2026-10': -20_00 },
    { kind: 'creditNote', correctsNumber: 'RE-1', issueDate: '2026-12-03' },
  );
  expect(linesOf([reduction], '2026-10').lines).toEqual([]);
  expect(linesOf([reduction], '2026-12').lines).toEqual([`${AUSTRIAN},-30,S`]);
  // a negative total that was issued corrects no document: its lines are of their months
  expect(linesOf([{ ...reduction, correctsNumber: null }], '2026-10').lines).toEqual([`${AUSTRIAN},-20,S`]);
});

test('I11 what was reported and comes to nothing is reported with 0, and what never was is no line', () => {
  const original = document(AUSTRIAN, { '2026-10': 500_00 });
  const small = document('DK12345678', { '2026-10': 30 });
  const gone = document(AUSTRIAN, { '2026-10': -500_00 }, { kind: 'cancellation', correctsNumber: original.number });
  const { entries } = salesListEntries([original, small, gone], ['2026-10']);
  const had = (exportId: string, ...documents: IssuedDocument[]) =>
    documents.map(({ id }) => ({ exportId, invoiceId: id, month: '2026-10' }));
  const reported = reportedVatIds(entries, [...had('first', original, small), ...had('second', original, small, gone)]);
  expect([...reported]).toEqual([AUSTRIAN]);
  const list = linesOf([original, small, gone], '2026-10', [...reported]);
  expect(list.lines).toEqual([`${AUSTRIAN},0,S`]);
  expect(list.nothing.map((entry) => entry.document.vatId)).toEqual(['DK12345678']);
  // an export that was made after both had nothing to say of it
  expect(reportedVatIds(entries, had('late', original, gone)).size).toBe(0);
});

test('I11 a document that a reported month lacks is told, whichever month is looked at', () => {
  const listed = document(AUSTRIAN, { '2026-10': 500_00 });
  const late = document(AUSTRIAN, { '2026-09': 10_00, '2026-10': 20_00 }, { issueDate: '2026-12-01' });
  const free = document(AUSTRIAN, { '2026-10': 0 });
  const unfit = document('DE136695976', { '2026-10': 500_00 });
  const found = (months: string[]) =>
    changedSinceExport([listed, late, free, unfit], ['2026-10'], (id) => id === listed.id, months).map(
      ({ code, number, excluded, detail }) => [code, number, excluded, detail],
    );
  expect(found(['2026-11'])).toEqual([['CHANGED_SINCE_EXPORT', late.number, true, '2026-10']]);
  expect(found(['2026-10'])).toEqual([['CHANGED_SINCE_EXPORT', late.number, false, '2026-10']]);
});

test.each([
  [null, 'VAT_ID_MISSING'],
  ['DE136695976', 'VAT_ID_INVALID'],
  ['CHE-136.695.976 MWST', 'VAT_ID_INVALID'],
  ['XI123456789', 'VAT_ID_INVALID'],
  ['AT U13585627', 'VAT_ID_INVALID'],
])('I11 the VAT id %s is named, not skipped in silence', (vatId, code) => {
  const { lines, findings } = linesOf([document(vatId, { '2026-10': 500_00 })], '2026-10');
  expect(lines).toEqual([]);
  expect(findings).toMatchObject([{ code, excluded: true, merchantName: 'Alpen GmbH', detail: vatId }]);
});
