import { numbered, plain, text, type Column } from './columns.ts';

const bankAccount = (one: number): Column[] => [
  ...text(`Bankleitzahl ${one}`, `Bankbezeichnung ${one}`, `Bank-Kontonummer ${one}`, `Länderkennzeichen ${one}`),
  ...text(`IBAN-Nr. ${one}`, 'Leerfeld', `SWIFT-Code ${one}`, `Abw. Kontoinhaber ${one}`),
  ...text(`Kennz. Hauptbankverb. ${one}`),
  ...plain(`Bankverb ${one} Gültig von`, `Bankverb ${one} Gültig bis`),
];
/** The third term has no discount. */
const creditorTerms = (one: number): Column[] =>
  one === 3 ? plain('Kreditoren-Ziel 3 Brutto Tg.') : plain(`Kreditoren-Ziel ${one} Tg.`, `Kreditoren-Skonto ${one} %`);
const ofInvoices = (...names: string[]) => names.map((name) => `${name} (Rechnungsadresse)`);

/** The 254 columns of Debitoren/Kreditoren, version 5, in the order and with the names of the format (DATEV, EXTF 700). */
export const DEBTOR_COLUMNS = [
  ...plain('Konto'),
  ...text('Name (Adressattyp Unternehmen)', 'Unternehmensgegenstand', 'Name (Adressattyp natürl. Person)'),
  ...text('Vorname (Adressattyp natürl. Person)', 'Name (Adressattyp keine Angabe)', 'Adressattyp', 'Kurzbezeichnung'),
  ...text('EU-Land', 'EU-UStID', 'Anrede', 'Titel/Akad. Grad', 'Adelstitel', 'Namensvorsatz', 'Adressart', 'Straße'),
  ...text('Postfach', 'Postleitzahl', 'Ort', 'Land', 'Versandzusatz', 'Adresszusatz', 'Abweichende Anrede'),
  ...text('Abw. Zustellbezeichnung 1', 'Abw. Zustellbezeichnung 2'),
  ...plain('Kennz. Korrespondenzadresse', 'Adresse Gültig von', 'Adresse Gültig bis'),
  ...text('Telefon', 'Bemerkung (Telefon)', 'Telefon GL', 'Bemerkung (Telefon GL)', 'E-Mail', 'Bemerkung (E-Mail)'),
  ...text('Internet', 'Bemerkung (Internet)', 'Fax', 'Bemerkung (Fax)', 'Sonstige', 'Bemerkung (Sonstige)'),
  ...numbered(1, 5, bankAccount),
  ...text('Leerfeld', 'Briefanrede', 'Grußformel', 'Kunden-/Lief.-Nr.', 'Steuernummer', 'Sprache'),
  ...text('Ansprechpartner', 'Vertreter', 'Sachbearbeiter'),
  ...plain('Diverse-Konto', 'Ausgabeziel'),
  ...text('Währungssteuerung'),
  ...plain(
    'Kreditlimit (Debitor)',
    'Zahlungsbedingung',
    'Fälligkeit in Tagen (Debitor)',
    'Skonto in Prozent (Debitor)',
  ),
  ...numbered(1, 5, creditorTerms),
  ...plain('Mahnung', 'Kontoauszug', 'Mahntext 1', 'Mahntext 2', 'Mahntext 3', 'Kontoauszugstext'),
  ...plain('Mahnlimit Betrag', 'Mahnlimit %', 'Zinsberechnung', 'Mahnzinssatz 1', 'Mahnzinssatz 2', 'Mahnzinssatz 3'),
  ...text('Lastschrift', 'Leerfeld'),
  ...plain('Mandantenbank'),
  ...text('Zahlungsträger'),
  ...numbered(1, 15, (one) => text(`Indiv. Feld ${one}`)),
  ...text(...ofInvoices('Abweichende Anrede', 'Adressart', 'Straße', 'Postfach', 'Postleitzahl', 'Ort', 'Land')),
  ...text(...ofInvoices('Versandzusatz', 'Adresszusatz', 'Abw. Zustellbezeichnung 1', 'Abw. Zustellbezeichnung 2')),
  ...plain(...ofInvoices('Adresse Gültig von', 'Adresse Gültig bis')),
  ...numbered(6, 10, bankAccount),
  ...text('Nummer Fremdsystem'),
  ...plain('Insolvent'),
  ...numbered(1, 10, (one) => text(`SEPA-Mandatsreferenz ${one}`)),
  ...text('Verknüpftes OPOS-Konto'),
  ...plain('Mahnsperre bis', 'Lastschriftsperre bis', 'Zahlungssperre bis', 'Gebührenberechnung'),
  ...plain('Mahngebühr 1', 'Mahngebühr 2', 'Mahngebühr 3', 'Pauschalenberechnung'),
  ...plain('Verzugspauschale 1', 'Verzugspauschale 2', 'Verzugspauschale 3'),
  ...text('Alternativer Suchname'),
  ...plain('Status', 'Anschrift manuell geändert (Korrespondenzadresse)'),
  ...text('Anschrift individuell (Korrespondenzadresse)'),
  ...plain('Anschrift manuell geändert (Rechnungsadresse)'),
  ...text('Anschrift individuell (Rechnungsadresse)'),
  ...plain('Fristberechnung bei Debitor', 'Mahnfrist 1', 'Mahnfrist 2', 'Mahnfrist 3', 'Letzte Frist'),
];
