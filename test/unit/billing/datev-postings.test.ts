import { describe, expect, test } from '@jest/globals';
import { postingsFile } from '../../../services/billing/datev/postings-file.ts';
import { usualAccounts } from '../../../services/billing/domain/exports/accounts.ts';
import type { IssuedDocument } from '../../../services/billing/domain/exports/issued-document.ts';
import { postingsOf, referenceOf } from '../../../services/billing/domain/exports/postings.ts';
import type { AccountingSettings } from '../../../shared/protocol/billing/accounting-settings.ts';
import { readPostings } from '../../support/extf.ts';

const SETTINGS: AccountingSettings = {
  ...{ consultantNumber: 29098, clientNumber: 55003, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR03' },
  ...usualAccounts('SKR03', 4),
  ...{
    debtors: { mode: 'collective', account: '10000' },
    locked: false,
    initials: 'WD',
    correctionReference: 'original',
  },
};
const HEAD = { madeAt: '20240130140440439', from: '2026-11-01', to: '2026-11-30', title: 'Rechnungen 11/2026' };

const document = (overrides: Partial<IssuedDocument>): IssuedDocument => ({
  ...{
    id: 'one',
    kind: 'invoice',
    number: 'RE-2026-00042',
    issueDate: '2026-11-02',
    periodTo: '2026-10-31',
    dueDate: null,
  },
  ...{ correctsNumber: null, merchantId: 'm', merchantNumber: 'M001', merchantName: 'Herzlicht GmbH', vatId: null },
  ...{ netMinor: 0, vatMinor: 0, grossMinor: 0, vat: [], document: { state: 'ready', pdf: null, xml: null } },
  ...overrides,
});
/** @param months  net by month of supply */
const taxed = (category: string, rateBasisPoints: number, vatMinor: number, months: Record<string, number>) => ({
  ...{ category, rateBasisPoints, vatMinor, remainder: false },
  months: Object.entries(months).map(([month, netMinor]) => ({ month, netMinor })),
});

const fileOf = (documents: IssuedDocument[], settings = SETTINGS) => {
  const { posted, findings } = postingsOf(documents, settings, () => ({ account: '10000' }));
  const file = readPostings(
    postingsFile(
      { ...HEAD, settings },
      posted.flatMap(({ postings }) => postings),
    ),
  );
  return { ...file, findings };
};

describe('I5 postings for DATEV', () => {
  test('the head has the 31 fields of the format', () => {
    const file = postingsFile(
      {
        ...HEAD,
        from: '2024-01-01',
        to: '2024-08-31',
        title: 'Buchungsstapel',
        settings: { ...SETTINGS, locked: false },
      },
      [],
    );
    expect(file.toString('latin1').split('\r\n')[0]).toBe(
      '"EXTF";700;21;"Buchungsstapel";13;20240130140440439;;"RE";"";"";29098;55003;20240101;4;20240101;20240831;"Buchungsstapel";"WD";1;0;0;"EUR";;"";;;"03";;;"";""',
    );
  });

  test('a row has 125 fields, texts quoted', () => {
    const { lines, columns } = fileOf([document({ vat: [taxed('S', 1900, 1900, { '2026-10': 10000 })] })]);
    expect(columns).toHaveLength(125);
    const filled = '119,00;"S";"EUR";;;"";10000;8400;"";0211;"RE-2026-00042";"";;"Leistung 10/2026 Herzlicht GmbH";';
    expect(lines).toEqual([
      `${filled};"";;;;"";${'"";'.repeat(16)}"";"";;"";;"";;;;;;${'"";'.repeat(40)};;;"";;;;"";"";;"";;;;"";"";;"";;"";;"";"";;"";;0;31102026;31102026;;"";;"";"";;"";;`,
    ]);
  });

  const CASES: [what: string, document: Partial<IssuedDocument>, rows: string[]][] = [
    [
      '19 %',
      { vat: [taxed('S', 1900, 1900, { '2026-10': 10000 })] },
      ['119,00;"S";10000;8400;0211;RE-2026-00042;Leistung 10/2026 Herzlicht GmbH;;31102026;31102026'],
    ],
    [
      'a month that is not over is supplied up to the end of what is billed',
      { issueDate: '2026-11-16', periodTo: '2026-11-15', vat: [taxed('S', 1900, 1, { '2026-11': 5 })] },
      ['0,06;"S";10000;8400;1611;RE-2026-00042;Leistung 11/2026 Herzlicht GmbH;;15112026;15112026'],
    ],
    [
      'a late month goes to its own month, and the cents of both add up to the VAT',
      { vat: [taxed('S', 1900, 2, { '2026-09': 5, '2026-10': 4 })] },
      [
        '0,06;"S";10000;8400;0211;RE-2026-00042;Leistung 09/2026 Herzlicht GmbH;;30092026;30092026',
        '0,05;"S";10000;8400;0211;RE-2026-00042;Leistung 10/2026 Herzlicht GmbH;;31102026;31102026',
      ],
    ],
    [
      'reverse charge names the VAT id',
      { vatId: 'ATU13585627', vat: [taxed('AE', 0, 0, { '2026-10': 10000 })] },
      ['100,00;"S";10000;8336;0211;RE-2026-00042;Leistung 10/2026 Herzlicht GmbH;ATU13585627;31102026;31102026'],
    ],
    [
      'a third country has its own account',
      { vatId: 'CHE-136.695.976 MWST', vat: [taxed('O', 0, 0, { '2026-10': 123456789 })] },
      ['1234567,89;"S";10000;8338;0211;RE-2026-00042;Leistung 10/2026 Herzlicht GmbH;;31102026;31102026'],
    ],
    [
      'exempt',
      { vat: [taxed('E', 0, 0, { '2026-10': 1 })] },
      ['0,01;"S";10000;8100;0211;RE-2026-00042;Leistung 10/2026 Herzlicht GmbH;;31102026;31102026'],
    ],
    [
      '19 and 16 % on one document',
      { vat: [taxed('S', 1900, 190, { '2020-06': 1000 }), taxed('S', 1600, 160, { '2020-07': 1000 })] },
      [
        '11,90;"S";10000;8400;0211;RE-2026-00042;Leistung 06/2020 Herzlicht GmbH;;30062020;30062020',
        '11,60;"S";10000;8400;0211;RE-2026-00042;Leistung 07/2020 Herzlicht GmbH;;31072020;31072020',
      ],
    ],
    [
      'a cancellation turns the side, in the month of supply',
      {
        ...{ kind: 'cancellation', number: 'ST-2026-00001', correctsNumber: 'RE-2026-00042', issueDate: '2026-11-05' },
        vat: [taxed('S', 1900, -2, { '2026-09': -5, '2026-10': -4 })],
      },
      [
        '0,06;"H";10000;8400;0511;RE-2026-00042;Storno ST-2026-00001 Herzlicht GmbH;;30092026;30092026',
        '0,05;"H";10000;8400;0511;RE-2026-00042;Storno ST-2026-00001 Herzlicht GmbH;;31102026;31102026',
      ],
    ],
    [
      'a credit note changes the VAT in the month it is issued in (§ 17 UStG)',
      {
        ...{ kind: 'creditNote', number: 'RK-2026-00001', correctsNumber: 'RE-2026-00042', issueDate: '2026-11-05' },
        vat: [taxed('S', 1900, -190, { '2026-10': -1000 })],
      },
      ['11,90;"H";10000;8400;0511;RE-2026-00042;Korrektur RK-2026-00001 Herzlicht GmbH;;31102026;05112026'],
    ],
    [
      'a credit note that takes the rest of a tax is a cent beside its rate',
      {
        ...{ kind: 'creditNote', number: 'RK-2026-00001', correctsNumber: 'RE-2026-00042', issueDate: '2026-11-05' },
        vat: [{ ...taxed('S', 1900, -193, { '2026-10': -1013 }), remainder: true }],
      },
      ['12,06;"H";10000;8400;0511;RE-2026-00042;Korrektur RK-2026-00001 Herzlicht GmbH;;31102026;05112026'],
    ],
    [
      'a negative total that was issued belongs to its months',
      { kind: 'creditNote', number: 'RK-2026-00002', vat: [taxed('S', 1900, -190, { '2026-10': -1000 })] },
      ['11,90;"H";10000;8400;0211;RK-2026-00002;Korrektur Herzlicht GmbH;;31102026;31102026'],
    ],
    [
      'months that come to nothing are no posting, and a month may have the other side',
      { vat: [taxed('S', 1900, 95, { '2026-08': 0, '2026-09': -500, '2026-10': 1000 })] },
      [
        '5,95;"H";10000;8400;0211;RE-2026-00042;Leistung 09/2026 Herzlicht GmbH;;30092026;30092026',
        '11,90;"S";10000;8400;0211;RE-2026-00042;Leistung 10/2026 Herzlicht GmbH;;31102026;31102026',
      ],
    ],
    [
      'names keep umlauts, quotes and semicolons; what 1252 lacks is written plainly or marked, and the text ends at 60',
      {
        merchantName: 'Łódź „Öl“; "Süß" 👩‍👩‍👧 & Žižek–Þór 日本 Vertriebsgesellschaft',
        vat: [taxed('S', 1900, 19, { '2026-10': 100 })],
      },
      [
        '1,19;"S";10000;8400;0211;RE-2026-00042;Leistung 10/2026 Lódz „Öl“; "Süß" ? & Žižek–Þór ?? Vertriebs;;31102026;31102026',
      ],
    ],
  ];
  test.each(CASES)('%s', (_, overrides, expected) => {
    const { rows } = fileOf([document(overrides)]);
    const cells = [
      'Umsatz (ohne Soll/Haben-Kz)',
      'Soll/Haben-Kennzeichen',
      'Konto',
      'Gegenkonto (ohne BU-Schlüssel)',
      'Belegdatum',
      'Belegfeld 1',
    ];
    const rest = ['Buchungstext', 'EU-Land u. UStID (Bestimmung)', 'Leistungsdatum', 'Datum Zuord. Steuerperiode'];
    const line = (row: Record<string, string>) =>
      [...cells, ...rest].map((name) => (name.startsWith('Soll') ? `"${row[name]}"` : (row[name] ?? ''))).join(';');
    expect(rows.map(line)).toEqual(expected);
  });

  const correction: Partial<IssuedDocument> = {
    ...{ kind: 'cancellation', number: 'ST/2026.1', correctsNumber: 'RE.2026.42' },
    vat: [taxed('S', 1900, -190, { '2026-10': -1000 })],
  };
  test.each([
    ['original', 'RE-2026-42', 'Storno ST/2026.1 Herzlicht GmbH', 'RE-2026-42'],
    ['own', 'ST/2026-1', 'Storno RE.2026.42 Herzlicht GmbH', 'ST/2026-1'],
  ] as const)('Belegfeld 1 of a correction can be %s', (correctionReference, reference, text, changed) => {
    const { rows, findings } = fileOf([document(correction)], { ...SETTINGS, correctionReference });
    expect(rows).toMatchObject([{ 'Belegfeld 1': reference, Buchungstext: text }]);
    expect(findings).toMatchObject([{ code: 'NUMBER_CHANGED', detail: changed }]);
  });

  test('an invoice says in every row when it is due, in eight digits; a correction is never due', () => {
    const vat = [taxed('S', 1900, 2, { '2026-09': 5, '2026-10': 4 })];
    const { rows } = fileOf([document({ dueDate: '2026-12-16', vat }), document(correction)]);
    expect(rows.map((row) => row['Fälligkeit'])).toEqual(['16122026', '16122026', undefined]);
  });

  test('what has no account or debtor is left out and named; what is only odd is posted and named', () => {
    const accounts = SETTINGS.accounts.filter(({ category }) => category !== 'E');
    const vat = [taxed('S', 1900, 19, { '2026-10': 100 })];
    const documents = [
      document({ id: 'exempt', vat: [taxed('E', 0, 0, { '2026-10': 100 })] }),
      document({ id: 'pending', vat, document: { state: 'parked', pdf: null, xml: null } }),
      document({ id: 'dotted', number: 'RE.2026.1', vat }),
      document({ id: 'nameless', vat: [taxed('AE', 0, 0, { '2026-10': 100 })] }),
    ];
    const { rows, findings } = fileOf(documents, { ...SETTINGS, accounts, locked: true });
    expect(rows.map((row) => [row['Belegfeld 1'], row['Festschreibung']])).toEqual([
      ['RE-2026-00042', '1'],
      ['RE-2026-1', '1'],
      ['RE-2026-00042', '1'],
    ]);
    expect(findings.map(({ invoiceId, code, excluded, detail }) => [invoiceId, code, excluded, detail])).toEqual([
      ['exempt', 'ACCOUNT_MISSING', true, 'E 0 %'],
      ['pending', 'DOCUMENT_NOT_READY', false, 'parked'],
      ['dotted', 'NUMBER_CHANGED', false, 'RE-2026-1'],
      ['nameless', 'VAT_ID_MISSING', false, null],
    ]);
    const unfit = postingsOf([document({ vat })], SETTINGS, () => ({ unfit: '4711' }));
    expect(unfit).toMatchObject({
      posted: [],
      findings: [{ code: 'DEBTOR_NUMBER_INVALID', excluded: true, detail: '4711' }],
    });
  });

  test.each([
    ['RE-2026-00042', 'RE-2026-00042'],
    ['RE/26.11_7', 'RE/26-11_7'],
    [`A-${'0'.repeat(40)}1`, `${'0'.repeat(35)}1`],
  ])('the number %s is %s in Belegfeld 1', (number, reference) => expect(referenceOf(number)).toBe(reference));
});
