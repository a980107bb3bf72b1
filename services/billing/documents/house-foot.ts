import { groupedIban, type Language } from '../../../shared/documents/formats.ts';
import { footOf } from '../../../shared/documents/letter.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import type { Seller } from './invoice-parties.ts';

interface FootTexts {
  vatId: string;
  taxNumber: string;
  directors(count: number): string;
  phone: string;
  page(page: number, pages: number): string;
}

const TEXTS: Record<Language, FootTexts> = {
  de: {
    vatId: 'USt-IdNr.',
    taxNumber: 'Steuernummer',
    directors: () => 'Geschäftsführung:',
    phone: 'Telefon',
    page: (page, pages) => `Seite ${page} von ${pages}`,
  },
  en: {
    vatId: 'VAT ID',
    taxNumber: 'Tax number',
    directors: (count) => `Managing director${count === 1 ? '' : 's'}:`,
    phone: 'Phone',
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
};

/** The foot of all that the house sends about money. */
export interface HouseFoot {
  /** Text must end here. */
  top: number;
  draw(page: number, pages: number): void;
}

/** Sets the foot before the text, so that its height is known. */
export function houseFoot(sheet: Sheet, seller: Seller, language: Language): HouseFoot {
  const texts = TEXTS[language];
  let pages = 1;
  const foot = footOf(sheet, columnsOf(seller, texts), (page) => texts.page(page, pages));
  return {
    top: foot.top,
    draw: (page, count) => {
      pages = count;
      foot.draw(page);
    },
  };
}

/** The details a German company must print on its letters (§ 35a GmbHG, § 14 UStG), in four columns. */
function columnsOf(seller: Seller, texts: FootTexts): { width: number; lines: string[] }[] {
  const labelled = (label: string, value: string | undefined) => (value ? [`${label} ${value}`] : []);
  const { bank, managingDirectors } = seller;
  const register = [seller.registerCourt, seller.registerNumber?.replaceAll(' ', '\u00A0')].filter(Boolean).join(', ');
  return [
    { width: 32, lines: [seller.name, ...seller.addressLines] },
    {
      width: 44,
      lines: [
        ...labelled(texts.vatId, seller.vatId),
        ...labelled(texts.taxNumber, seller.taxNumber),
        ...(register ? [register] : []),
        ...labelled(texts.directors(managingDirectors.length), managingDirectors.join(', ')),
      ],
    },
    {
      width: 36,
      lines: [
        ...labelled(texts.phone, seller.phone),
        ...[seller.email, seller.web].filter((line) => line !== undefined),
      ],
    },
    { width: 44, lines: [bank.name, `IBAN ${groupedIban(bank.iban)}`, `BIC ${bank.bic}`] },
  ].filter(({ lines }) => lines.length > 0);
}
