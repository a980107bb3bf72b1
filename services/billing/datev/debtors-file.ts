import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { cut, extfFile, type Cells, type Head } from './extf.ts';
import { DEBTOR_COLUMNS } from './debtor-columns.ts';
import { in1252 } from './windows-1252.ts';

/** A merchant as it is now, and its account. */
export interface Debtor {
  account: string;
  merchant: Pick<
    MerchantSnapshot,
    'number' | 'name' | 'address' | 'vatId' | 'language' | 'invoiceEmails' | 'paymentTermsDays'
  >;
}

/** Debitoren/Kreditoren: category 16, version 5. */
export const debtorsFile = (head: Omit<Head, 'category'>, debtors: readonly Debtor[]): Buffer =>
  extfFile(
    { ...head, category: { number: 16, name: 'Debitoren/Kreditoren', version: 5 } },
    DEBTOR_COLUMNS,
    debtors.map(cellsOf),
  );

/** Most characters of the format; of what is longer the beginning has to do. */
const MOST = { name: 50, short: 15, street: 36, postalCode: 10, city: 30, extra: 36, email: 60, number: 15 };
const LANGUAGES = { de: '1', en: '5' };
const COMPANY = '2';
const STREET_ADDRESS = 'STR';

function cellsOf({ account, merchant }: Debtor): Cells {
  const { address, vatId } = merchant;
  const [email = ''] = merchant.invoiceEmails;
  return {
    Konto: account,
    'Name (Adressattyp Unternehmen)': cut(address.name, MOST.name),
    Adressattyp: COMPANY,
    Kurzbezeichnung: cut(merchant.name, MOST.short),
    ...(vatId && isOfUnion(vatId) ? { 'EU-Land': vatId.slice(0, 2), 'EU-UStID': vatId.slice(2, 15) } : {}),
    Adressart: STREET_ADDRESS,
    Straße: cut(address.street, MOST.street),
    Postleitzahl: cut(address.postalCode, MOST.postalCode),
    Ort: cut(address.city, MOST.city),
    Land: address.country,
    Adresszusatz: cut(address.extra ?? '', MOST.extra),
    'Kennz. Korrespondenzadresse': '1',
    // half an address reaches somebody else
    'E-Mail': email.length > MOST.email ? '' : email,
    'Kunden-/Lief.-Nr.': cut(merchant.number, MOST.number),
    Sprache: LANGUAGES[merchant.language],
    'Fälligkeit in Tagen (Debitor)': String(merchant.paymentTermsDays),
  };
}

/** The names of what does not fit into its column. */
export const tooLongOf = ({ merchant: { address, number, invoiceEmails } }: Debtor): string[] =>
  Object.entries({
    ...{ name: address.name, street: address.street, postalCode: address.postalCode, city: address.city },
    ...{ extra: address.extra ?? '', number, email: invoiceEmails[0] ?? '' },
  })
    .filter(([name, value]) => in1252(value).length > MOST[name as keyof typeof MOST])
    .map(([name]) => name);

/** Prefixes of VAT ids of the European Union; Northern Ireland has one for goods. */
const PREFIXES = 'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' ');
export const isOfUnion = (vatId: string): boolean =>
  PREFIXES.includes(vatId.slice(0, 2)) && /^[A-Z]{2}[A-Z0-9+*]{2,12}$/.test(vatId);
