import { expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { schemaFindings } from '../../../services/billing/documents/collection/check-file.ts';
import type { Collection, CollectionFile } from '../../../services/billing/documents/collection/collection-model.ts';
import { pain008 } from '../../../services/billing/documents/collection/pain008.ts';

const collection = (more: Partial<Collection> = {}): Collection => ({
  ...{ endToEndId: 'RE-2026-00001', amountMinor: 11_990, scheme: 'CORE', sequence: 'RCUR', collectOn: '2026-11-27' },
  ...{
    mandateReference: 'MANDAT-851-1',
    signedOn: '2026-01-05',
    debtorName: 'Käthe & Söhne',
    iban: 'DE02120300000000202051',
  },
  address: { street: 'Seestraße 1', postalCode: '8002', city: 'Zürich', country: 'CH' },
  ...{ bic: null, invoiceNumber: 'RE-2026-00001', merchantNumber: 'M851', ...more },
});
const file = (...collections: Collection[]): CollectionFile => ({
  ...{ number: 'LS-20261123-ABC123', createdAt: new Date('2026-11-23T08:00:00.123Z'), collections },
  creditor: {
    ...{ name: 'Nordlager Fülfillment GmbH', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
    creditorId: 'DE98ZZZ09999999999',
  },
});
const parsed = (xml: string) =>
  new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    isArray: (name) => ['PmtInf', 'DrctDbtTxInf'].includes(name),
  }).parse(xml).Document.CstmrDrctDbtInitn;

interface Group {
  PmtInfId: string;
  NbOfTxs: string;
  CtrlSum: string;
  ReqdColltnDt: string;
  PmtTpInf: { LclInstrm: { Cd: string }; SeqTp: string };
}

test('I3 a file of direct debits says who collects what from whom, when, and by which mandate', () => {
  const [group] = parsed(pain008(file(collection()))).PmtInf;
  expect(group).toEqual({
    PmtInfId: 'LS-20261123-ABC123-1',
    ...{ PmtMtd: 'DD', BtchBookg: 'true', NbOfTxs: '1', CtrlSum: '119.90' },
    PmtTpInf: { SvcLvl: { Cd: 'SEPA' }, LclInstrm: { Cd: 'CORE' }, SeqTp: 'RCUR' },
    ReqdColltnDt: '2026-11-27',
    Cdtr: { Nm: 'Nordlager Fuelfillment GmbH' },
    CdtrAcct: { Id: { IBAN: 'DE89370400440532013000' } },
    CdtrAgt: { FinInstnId: { BICFI: 'COBADEFFXXX' } },
    ChrgBr: 'SLEV',
    CdtrSchmeId: { Id: { PrvtId: { Othr: { Id: 'DE98ZZZ09999999999', SchmeNm: { Prtry: 'SEPA' } } } } },
    DrctDbtTxInf: [
      {
        PmtId: { EndToEndId: 'RE-2026-00001' },
        InstdAmt: { '#text': '119.90', '@_Ccy': 'EUR' },
        DrctDbtTx: { MndtRltdInf: { MndtId: 'MANDAT-851-1', DtOfSgntr: '2026-01-05' } },
        DbtrAgt: { FinInstnId: { Othr: { Id: 'NOTPROVIDED' } } },
        Dbtr: { Nm: 'Kaethe + Soehne' },
        DbtrAcct: { Id: { IBAN: 'DE02120300000000202051' } },
        // the reference that the invoice announces
        RmtInf: { Ustrd: 'RE-2026-00001 / M851' },
      },
    ],
  });
});

test.each(['CH9300762011623852957', 'GB29NWBK60161331926819', 'MC5811222000010123456789030'])(
  'I3 of an account outside the EEA, %s, a file names bank and address',
  (iban) => {
    const xml = pain008(file(collection({ iban, bic: 'UBSWCHZH80A' })));
    expect(schemaFindings(xml)).toEqual([]);
    expect(parsed(xml).PmtInf[0].DrctDbtTxInf[0]).toMatchObject({
      DbtrAgt: { FinInstnId: { BICFI: 'UBSWCHZH80A' } },
      Dbtr: {
        Nm: 'Kaethe + Soehne',
        PstlAdr: { StrtNm: 'Seestrasse 1', PstCd: '8002', TwnNm: 'Zuerich', Ctry: 'CH' },
      },
    });
  },
);

test('I3 collections are grouped by scheme, sequence and day, each with its count and sum', () => {
  const message = parsed(
    pain008(
      file(
        collection({ amountMinor: 1 }),
        collection({ amountMinor: 10 }),
        collection({ amountMinor: 20, sequence: 'FRST' }),
        collection({ amountMinor: 30, scheme: 'B2B' }),
        collection({ amountMinor: 40, collectOn: '2026-11-30' }),
        collection({ amountMinor: 50, sequence: 'OOFF', bic: 'BYLADEM1001' }),
        collection({ amountMinor: 60, sequence: 'FNAL' }),
      ),
    ),
  );
  expect(message.GrpHdr).toEqual({
    ...{ MsgId: 'LS-20261123-ABC123', CreDtTm: '2026-11-23T08:00:00Z', NbOfTxs: '7', CtrlSum: '2.11' },
    InitgPty: { Nm: 'Nordlager Fuelfillment GmbH' },
  });
  const group = ({ PmtInfId, NbOfTxs, CtrlSum, PmtTpInf, ReqdColltnDt }: Group) =>
    [PmtInfId, ReqdColltnDt, PmtTpInf.LclInstrm.Cd, PmtTpInf.SeqTp, NbOfTxs, CtrlSum].join(' ');
  expect(message.PmtInf.map(group)).toEqual([
    'LS-20261123-ABC123-1 2026-11-27 B2B RCUR 1 0.30',
    'LS-20261123-ABC123-2 2026-11-27 CORE FNAL 1 0.60',
    'LS-20261123-ABC123-3 2026-11-27 CORE FRST 1 0.20',
    'LS-20261123-ABC123-4 2026-11-27 CORE OOFF 1 0.50',
    'LS-20261123-ABC123-5 2026-11-27 CORE RCUR 2 0.11',
    'LS-20261123-ABC123-6 2026-11-30 CORE RCUR 1 0.40',
  ]);
});

test.each([
  [
    'of all sequences',
    file(collection(), collection({ sequence: 'FRST', bic: 'BYLADEM1001' }), collection({ scheme: 'B2B' })),
  ],
  ['with signs that no bank takes', file(collection({ debtorName: '<東京> "Ł" & Ümläut\u0000' }))],
  ['of large and small amounts', file(collection({ amountMinor: 99_999_999_999 }), collection({ amountMinor: 1 }))],
  ['with the longest names', file(collection({ debtorName: 'ß'.repeat(70), mandateReference: 'M'.repeat(35) }))],
])('I3 a file %s is valid by the schema', (_, content) => expect(schemaFindings(pain008(content))).toEqual([]));

test.each([
  [
    'an identifier that is too long',
    (xml: string) => xml.replace('<EndToEndId>RE', `<EndToEndId>${'X'.repeat(30)}`),
    'EndToEndId',
  ],
  ['an unknown sequence', (xml: string) => xml.replace('RCUR', 'RCRR'), 'SeqTp'],
  ['a missing mandate day', (xml: string) => xml.replace(/<ReqdColltnDt>[^<]*<\/ReqdColltnDt>/, ''), 'Cdtr'],
  ['another currency format', (xml: string) => xml.replace('Ccy="EUR"', 'Ccy="eur"'), 'Ccy'],
  ['nothing', () => '', ''],
])('I3 the schema refuses %s', (_, change, named) => {
  const findings = schemaFindings(change(pain008(file(collection()))));
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.join(' ')).toContain(named);
});
