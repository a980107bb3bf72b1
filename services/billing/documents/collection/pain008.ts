import { isInEea } from '../../../../shared/protocol/billing/eea.ts';
import { sepaText } from '../../domain/direct-debits/sepa-text.ts';
import { paymentReference } from '../invoice-payable.ts';
import type { Collection, CollectionFile, Creditor } from './collection-model.ts';

/** Lengths of the SEPA rulebooks, shorter than those of the schema. */
const NAME = 70;
const REMITTANCE = 140;
/** Those of the schema. */
const [POST_CODE, TOWN] = [16, 35];

type Node = [name: string, content: string | readonly Node[], attributes?: string];

/**
 * A file of direct debits for the bank, pain.008.001.08 (ISO 20022, EPC130-08 and EPC131-08): a group per scheme,
 * sequence and collection day. Amounts are added as integers, days are written as they are told.
 */
export function pain008(file: CollectionFile): string {
  const groups = [...Map.groupBy(file.collections, groupOf).entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const document: Node = [
    'Document',
    [
      [
        'CstmrDrctDbtInitn',
        [
          [
            'GrpHdr',
            [
              ['MsgId', file.number],
              ['CreDtTm', file.createdAt.toISOString().replace(/\.\d{3}Z$/, 'Z')],
              ...totals(file.collections),
              ['InitgPty', [['Nm', sepaText(file.creditor.name, NAME)]]],
            ],
          ],
          ...groups.map(([, members], index) => paymentInformation(file, members, index + 1)),
        ],
      ],
    ],
    ' xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"',
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(document, '')}`;
}

const groupOf = ({ collectOn, scheme, sequence }: Collection): string => `${collectOn} ${scheme} ${sequence}`;

function paymentInformation(file: CollectionFile, members: readonly Collection[], index: number): Node {
  const { scheme, sequence, collectOn } = members[0]!;
  const { creditor } = file;
  return [
    'PmtInf',
    [
      ['PmtInfId', `${file.number}-${index}`],
      ['PmtMtd', 'DD'],
      ['BtchBookg', 'true'],
      ...totals(members),
      [
        'PmtTpInf',
        [
          ['SvcLvl', [['Cd', 'SEPA']]],
          ['LclInstrm', [['Cd', scheme]]],
          ['SeqTp', sequence],
        ],
      ],
      ['ReqdColltnDt', collectOn],
      ['Cdtr', [['Nm', sepaText(creditor.name, NAME)]]],
      ['CdtrAcct', account(creditor.iban)],
      ['CdtrAgt', agent(creditor.bic)],
      ['ChrgBr', 'SLEV'],
      ['CdtrSchmeId', creditorScheme(creditor)],
      ...members.map(transaction),
    ],
  ];
}

const creditorScheme = ({ creditorId }: Creditor): Node[] => [
  [
    'Id',
    [
      [
        'PrvtId',
        [
          [
            'Othr',
            [
              ['Id', creditorId],
              ['SchmeNm', [['Prtry', 'SEPA']]],
            ],
          ],
        ],
      ],
    ],
  ],
];

const transaction = (collection: Collection): Node => [
  'DrctDbtTxInf',
  [
    ['PmtId', [['EndToEndId', collection.endToEndId]]],
    ['InstdAmt', amount(collection.amountMinor), ' Ccy="EUR"'],
    [
      'DrctDbtTx',
      [
        [
          'MndtRltdInf',
          [
            ['MndtId', collection.mandateReference],
            ['DtOfSgntr', collection.signedOn],
          ],
        ],
      ],
    ],
    ['DbtrAgt', agent(collection.bic)],
    ['Dbtr', [['Nm', sepaText(collection.debtorName, NAME)], ...addressOf(collection)]],
    ['DbtrAcct', account(collection.iban)],
    ['RmtInf', [['Ustrd', sepaText(announcedReference(collection), REMITTANCE)]]],
  ],
];

/** The debtor's statement says what the invoice announced. */
const announcedReference = ({ invoiceNumber, merchantNumber }: Collection): string =>
  paymentReference({ number: invoiceNumber, buyer: { merchantNumber } });

/** Outside the EEA the bank is to know where the debtor lives (Regulation (EU) 2015/847; EPC130-08, AT-T009). */
function addressOf({ iban, address: { street, postalCode, city, country } }: Collection): Node[] {
  if (isInEea(iban)) return [];
  return [
    [
      'PstlAdr',
      [
        ...line('StrtNm', street, NAME),
        ...line('PstCd', postalCode, POST_CODE),
        ...line('TwnNm', city, TOWN),
        ['Ctry', country],
      ],
    ],
  ];
}

function line(name: string, text: string, most: number): Node[] {
  const written = sepaText(text, most);
  return written === '' ? [] : [[name, written]];
}

const account = (iban: string): Node[] => [['Id', [['IBAN', iban]]]];

/** Within the EEA the IBAN is enough; the scheme wants a bank all the same. */
const agent = (bic: string | null): Node[] => [
  ['FinInstnId', bic === null ? [['Othr', [['Id', 'NOTPROVIDED']]]] : [['BICFI', bic]]],
];

const totals = (collections: readonly Collection[]): Node[] => [
  ['NbOfTxs', String(collections.length)],
  ['CtrlSum', amount(collections.reduce((sum, { amountMinor }) => sum + amountMinor, 0))],
];

/** `123456` → `1234.56`. */
function amount(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function write([name, content, attributes = '']: Node, indent: string): string {
  const inner =
    typeof content === 'string'
      ? escape(content)
      : `\n${content.map((child) => write(child, `${indent}  `)).join('')}${indent}`;
  return `${indent}<${name}${attributes}>${inner}</${name}>\n`;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
