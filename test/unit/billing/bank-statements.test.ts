import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { returnCharge } from '../../../services/billing/domain/payments/return-charge.ts';
import { readStatements as readOn } from '../../../services/billing/camt/read-statements.ts';

const OWN = 'DE89370400440532013000';
const TODAY = '2026-11-15';
const readStatements = (bytes: Buffer, iban: string) => readOn(bytes, iban, TODAY);
const sample = (name: string) => readFileSync(new URL(`../../support/camt/${name}.xml`, import.meta.url));
const day = sample('day-001.02').toString();
const refused = (bytes: Buffer | string) => {
  try {
    return readStatements(Buffer.from(bytes), OWN);
  } catch (error) {
    return (error as { data: { errors: { path: string; code: string }[] } }).data.errors.map(
      ({ path, code }) => `${path} ${code}`,
    );
  }
};

const NOTHING = {
  ...{
    reference: null,
    counterpartyName: null,
    counterpartyIban: null,
    remittance: '',
    endToEndId: null,
    mandateId: null,
  },
  ...{ returnReason: null, reversal: false, bookingText: null, chargeMinor: null },
};
const DAY = { bookingDate: '2026-11-10', valueDate: '2026-11-10' };

describe('I2 statements are read as banks write them', () => {
  test('version 001.02: a transfer, a batch that is one entry each, a fee', () => {
    const batch = { ...NOTHING, reference: '2026111000002', bookingText: 'Sammler Lastschriften' };
    expect(readStatements(Buffer.from(day), OWN)).toEqual([
      {
        ...{ statementId: '2026-11-10-0215', iban: OWN, fromDate: '2026-11-10', toDate: '2026-11-10' },
        ...{ openingMinor: 100000, closingMinor: 118739, pending: 0 },
        entries: [
          {
            ...{
              ...NOTHING,
              ...DAY,
              reference: '2026111000001',
              amountMinor: 11900,
              counterpartyName: 'Müller & Söhne GmbH',
            },
            ...{ counterpartyIban: 'DE02120300000000202051', remittance: 'Rechnung re 2026 1 vom 02.11. vielen Dank' },
            bookingText: 'SEPA-Überweisung',
          },
          {
            ...{ ...batch, bookingDate: '2026-11-10', valueDate: '2026-11-11', amountMinor: 5000, endToEndId: 'DD-1' },
            ...{ mandateId: 'M-851', counterpartyName: 'Alpha GmbH', counterpartyIban: 'DE02100500000054540402' },
            remittance: 'RE-2026-00002',
          },
          {
            ...{ ...batch, bookingDate: '2026-11-10', valueDate: '2026-11-11', amountMinor: 2130, endToEndId: 'DD-2' },
            ...{ mandateId: 'M-852', counterpartyName: 'Beta GmbH', remittance: 'RF18539007547034' },
          },
          { ...NOTHING, ...DAY, amountMinor: -291, bookingText: 'Entgelt' },
        ],
      },
    ]);
  });

  test('version 001.04: a direct debit that came back with its reason, and a booking taken back', () => {
    const [statement] = readStatements(sample('returns-001.04'), OWN);
    expect(statement).toMatchObject({ openingMinor: -1200, closingMinor: null, fromDate: null });
    expect(statement!.entries).toEqual([
      {
        ...{
          ...NOTHING,
          reference: '2026111200009',
          amountMinor: -5000,
          bookingDate: '2026-11-12',
          valueDate: '2026-11-10',
        },
        ...{ counterpartyName: 'Alpha GmbH', counterpartyIban: 'DE02100500000054540402', remittance: 'RE-2026-00002' },
        ...{ endToEndId: 'DD-1', mandateId: 'M-851', returnReason: 'AC04' },
      },
      {
        ...{ ...NOTHING, amountMinor: -11900, bookingDate: '2026-11-12', valueDate: '2026-11-12' },
        ...{ remittance: 'RE-2026-00001', reversal: true },
      },
    ]);
  });

  test('a booking that is taken back is told by a word or a digit', () => {
    const told = (value: string) =>
      readStatements(
        Buffer.from(sample('returns-001.04').toString().replace('<RvslInd>true<', `<RvslInd>${value}<`)),
        OWN,
      )[0]!.entries.map(({ reversal }) => reversal);
    expect([told('true'), told('1'), told('0')]).toEqual([
      [false, true],
      [false, true],
      [false, false],
    ]);
  });

  describe('what the bank took for a return', () => {
    const returned = sample('returns-001.04')
      .toString()
      .replace(
        '<Amt Ccy="EUR">50.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>',
        '<Amt Ccy="EUR">53.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>',
      );
    const OWN_AMOUNT = '<Amt Ccy="EUR">50.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>\n          <RltdPties>';
    const original = '<AmtDtls><InstdAmt><Amt Ccy="EUR">50.00</Amt></InstdAmt></AmtDtls>';
    const record = '<Chrgs><Rcrd><Amt Ccy="EUR">3.00</Amt></Rcrd></Chrgs>';
    test.each([
      ['the original amount', original, 300],
      ['the original amount of the transaction', original.replaceAll('InstdAmt', 'TxAmt'), 300],
      ['the charge', record, 300],
      ['both', original + record, 300],
      ['charges one by one', '<Chrgs><Amt Ccy="EUR">2.00</Amt></Chrgs><Chrgs><Amt Ccy="EUR">1.00</Amt></Chrgs>', 300],
      ['their sum', '<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">3.00</TtlChrgsAndTaxAmt></Chrgs>', 300],
      ['nothing', '', null],
      [
        'an original amount that is all of it, with a charge booked by itself',
        `${original.replace('50', '53')}${record}`,
        null,
      ],
      [
        'a charge that is not part of the amount',
        record.replace('</Amt>', '</Amt><ChrgInclInd>false</ChrgInclInd>'),
        null,
      ],
      [
        'a sum of charges that are not part of the amount',
        `<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">5.00</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy="EUR">3.00</Amt><ChrgInclInd>0</ChrgInclInd></Rcrd><Rcrd><Amt Ccy="EUR">2.00</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>`,
        200,
      ],
      ['more than there is', record.replace('3.00', '60.00'), null],
      ['dollars', record.replace('EUR', 'USD'), null],
    ])('is told by %s', (_what, told, expected) => {
      const xml = returned.replace(OWN_AMOUNT, `${told}\n          <RltdPties>`);
      const [entry] = readStatements(Buffer.from(xml), OWN)[0]!.entries;
      expect([entry!.amountMinor, entry!.chargeMinor]).toEqual([-5300, expected]);
    });

    test('is none of an entry of just what was paid', () => {
      expect(returnCharge({ amountMinor: -5000, chargeMinor: 300 }, 5000)).toBe(0);
      expect(returnCharge({ amountMinor: -5300, chargeMinor: 300 }, 5000)).toBe(300);
      expect(returnCharge({ amountMinor: -5300, chargeMinor: 300 }, 9000)).toBe(300);
      expect(returnCharge({ amountMinor: -5300, chargeMinor: null }, 5000)).toBe(300);
      expect(returnCharge({ amountMinor: -4000, chargeMinor: null }, 5000)).toBe(0);
    });

    test('also of several that are booked as one', () => {
      const detail = (id: string, amount: string) =>
        `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs><AmtDtls><InstdAmt><Amt Ccy="EUR">${amount}</Amt></InstdAmt></AmtDtls>${record}</TxDtls>`;
      const xml = returned
        .replace('>53.00<', '>126.00<')
        .replace(/<NtryDtls>[^]*?<\/NtryDtls>/, `<NtryDtls>${detail('A', '50.00')}${detail('B', '70.00')}</NtryDtls>`);
      expect(
        readStatements(Buffer.from(xml), OWN)[0]!
          .entries.slice(0, 2)
          .map(({ endToEndId, amountMinor, chargeMinor }) => [endToEndId, amountMinor, chargeMinor]),
      ).toEqual([
        ['A', -5300, 300],
        ['B', -7300, 300],
      ]);
    });
  });

  test('version 001.08: prefixes, parties one level deeper, what is pending, a day without entries', () => {
    const statements = readStatements(sample('prefixed-001.08'), OWN);
    expect(statements.map(({ statementId, pending }) => [statementId, pending])).toEqual([
      ['2026-11-13', 1],
      ['2026-11-14', 0],
    ]);
    expect(statements.flatMap(({ entries }) => entries)).toEqual([
      {
        ...{ ...NOTHING, amountMinor: 30000, bookingDate: '2026-11-13', valueDate: '2026-11-13' },
        ...{ counterpartyName: 'Gamma KG', counterpartyIban: 'AT611904300234573201', endToEndId: 'RE-2026-00003' },
      },
    ]);
  });

  test('a batch whose details do not add up is one entry with all their texts', () => {
    const short = day.replace('<Amt Ccy="EUR">21.30</Amt></TxAmt>', '<Amt Ccy="EUR">20.00</Amt></TxAmt>');
    const [, batch, fee] = readStatements(Buffer.from(short), OWN)[0]!.entries;
    expect(batch).toMatchObject({ amountMinor: 7130, remittance: 'RE-2026-00002', counterpartyName: null });
    expect(fee).toMatchObject({ amountMinor: -291 });
  });

  test('an umlaut of an older encoding', () => {
    const latin = Buffer.from(day.replace('UTF-8', 'ISO-8859-1'), 'latin1');
    expect(readStatements(latin, OWN)[0]!.entries[0]!.counterpartyName).toBe('Müller & Söhne GmbH');
  });

  test('signs of XML are read, and what nobody may print is left out', () => {
    const odd = day.replace('Müller &amp; Söhne GmbH', 'A&#38;B &#x1F4E6;&#0;&#55296; &amp;lt; &unknown;');
    expect(readStatements(Buffer.from(odd), OWN)[0]!.entries[0]!.counterpartyName).toBe('A&B 📦 \ufffd &lt; &unknown;');
  });
});

describe('I2 files that are no statement of the account are refused with the place', () => {
  const bomb = `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
  test.each([
    ['nothing', '', 'file NOT_XML'],
    ['a PDF', '%PDF-1.7', 'file NOT_XML'],
    ['half a file', day.slice(0, 2_000), 'file NOT_XML'],
    ['another message', '<Document><BkToCstmrAcctRpt/></Document>', 'file NOT_CAMT_053'],
    ['the namespace of a report of the day', day.replace('camt.053.', 'camt.052.'), 'file NOT_CAMT_053'],
    [
      'the namespace of another message behind a prefix and a comment',
      sample('prefixed-001.08')
        .toString()
        .replace(
          /<ns2:Document xmlns:ns2="[^"]*"/,
          `<!-- <a xmlns="camt.053." --><ns2:Document xmlns:ns2='urn:pain.008.001.08'`,
        ),
      'file NOT_CAMT_053',
    ],
    [
      'an entity of a file',
      day.replace('<Document', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Document'),
      'file XML_DOCTYPE',
    ],
    ['entities in entities', day.replace('<Document', `${bomb}<Document`), 'file XML_DOCTYPE'],
    ['a thousand levels', `${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}`, 'file NOT_XML'],
    ['UTF-8 that is none', Buffer.from(day, 'latin1'), 'file NOT_XML'],
    ['an unknown encoding', day.replace('UTF-8', 'EBCDIC'), 'file NOT_XML'],
    [
      'another account',
      day.replace('DE89370400440532013000', 'DE02120300000000202051'),
      'statements.0.account ANOTHER_ACCOUNT',
    ],
    ['an account in francs', day.replace('<Ccy>EUR</Ccy>', '<Ccy>CHF</Ccy>'), 'statements.0.currency CURRENCY'],
    [
      'an entry in dollars',
      day.replace('<Amt Ccy="EUR">2.91', '<Amt Ccy="USD">2.91'),
      'statements.0.entries.2.amount CURRENCY',
    ],
    [
      'an entry without currency',
      day.replace('<Amt Ccy="EUR">2.91', '<Amt>2.91'),
      'statements.0.entries.2.amount CURRENCY',
    ],
    ['parts of a cent', day.replace('>2.91<', '>2.915<'), 'statements.0.entries.2.amount AMOUNT'],
    ['a sign in the amount', day.replace('>2.91<', '>-2.91<'), 'statements.0.entries.2.amount AMOUNT'],
    ['more than there is', day.replace('>2.91<', '>999999999999.00<'), 'statements.0.entries.2.amount AMOUNT'],
    [
      'neither in nor out',
      day.replace('<CdtDbtInd>DBIT</CdtDbtInd><Sts>', '<Sts>'),
      'statements.0.entries.2.creditDebit DIRECTION',
    ],
    [
      '30 February',
      day.replaceAll(
        '<BookgDt><Dt>2026-11-10</Dt></BookgDt><ValDt><Dt>2026-11-10</Dt></ValDt>\n        <AddtlNtryInf>',
        '<BookgDt><Dt>2026-02-30</Dt></BookgDt><AddtlNtryInf>',
      ),
      'statements.0.entries.2.bookingDate DATE',
    ],
    [
      'a day that is long to come',
      day.replaceAll(
        '<BookgDt><Dt>2026-11-10</Dt></BookgDt><ValDt><Dt>2026-11-10</Dt></ValDt>\n        <AddtlNtryInf>',
        '<BookgDt><Dt>2026-11-23</Dt></BookgDt><AddtlNtryInf>',
      ),
      'statements.0.entries.2.bookingDate DAY_TO_COME',
    ],
    [
      'a booking day that nobody can read, beside a value date',
      day.replace('<BookgDt><Dt>2026-11-10<', '<BookgDt><Dt>10.11.2026<'),
      'statements.0.entries.0.bookingDate DATE',
    ],
    [
      'a value date that there never was',
      day.replace('<ValDt><Dt>2026-11-11<', '<ValDt><Dt>2026-11-31<'),
      'statements.0.entries.1.valueDate DATE',
    ],
    ['no id', day.replace('<Id>2026-11-10-0215</Id>', ''), 'statements.0.id ID_MISSING'],
  ])('%s', (_what, bytes, error) => expect(refused(bytes)).toEqual([error]));

  test('a crafted file is refused in a few words, however many elements it leaves open', () => {
    expect(() => readStatements(Buffer.from('<a>'.repeat(100_000)), OWN)).toThrow(
      'This is not an XML file: line 1, the file ends within an element',
    );
    const named = `<Document><${'b'.repeat(100_000)}></c></Document>`;
    expect(() => readStatements(Buffer.from(named), OWN)).toThrow(/^file: This is not an XML file: line 1, .{0,200}$/);
  });

  test.each([
    ['behind the outermost element', (signs: string) => `<Document/>${signs}`, 'file NOT_XML'],
    ['in a text', (signs: string) => `<Document><![CDATA[${signs}]]></Document>`, 'file NOT_CAMT_053'],
    ['before it', (signs: string) => `<?xml version="1.0"?>${signs}`, 'file NOT_XML'],
    ['as a comment each', (signs: string) => `${signs.replaceAll('<!--', '<!---->')}<a/>`, 'file NOT_CAMT_053'],
  ])('comments without end, as many as a file holds, are read through once: %s', (_where, file, error) =>
    expect(refused(file('<!--'.repeat(1_250_000)))).toEqual([error]),
  );

  test('what a bank books on the next working day, and a namespace as some banks write it, is taken', () => {
    const later = day
      .replace('urn:iso:std:iso:20022:tech:xsd:camt.053', 'ISO:camt.053')
      .replaceAll('2026-11-10</Dt></BookgDt>', '2026-11-22</Dt></BookgDt>');
    expect(refused(later)).toMatchObject([{ entries: { length: 4 } }]);
    expect(refused(day.replace(/ xmlns="[^"]*"/, ''))).toMatchObject([{ entries: { length: 4 } }]);
  });
});
