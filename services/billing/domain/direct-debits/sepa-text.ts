import { cut } from '../../../../shared/kernel/cut.ts';

/** What German readers expect; other letters lose their marks (EPC217-08, best practices). */
const SPELLED: Record<string, string> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe' },
  ...{
    ø: 'o',
    Ø: 'O',
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    ð: 'd',
    Ð: 'D',
    þ: 'th',
    Þ: 'Th',
    ı: 'i',
    '&': '+',
    '@': '(at)',
  },
  ...{ _: '-', '–': '-', '—': '-', '’': "'", '‘': "'", '„': "'", '“': "'", '”': "'", '"': "'", '€': 'EUR', ';': ',' },
};

/**
 * Text in the character set that every bank of the SEPA takes: Latin letters, digits, blank and / - ? : ( ) . , ' +.
 * Umlauts are spelled out, other letters lose their marks, what is left over becomes a full stop. A slash stands
 * neither at an end nor twice in a row.
 * @param max  characters; longer text is cut
 */
export function sepaText(text: string, max: number): string {
  const plain = Array.from(text.normalize('NFC'), (sign) => SPELLED[sign] ?? sign)
    .join('')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[^A-Za-z0-9/?:().,'+ -]/gu, '.');
  return withoutLooseSlashes(cut(withoutLooseSlashes(plain).trim(), max)).trim();
}

const withoutLooseSlashes = (text: string): string => text.replaceAll(/\/{2,}/g, '/').replaceAll(/^\/|\/$/g, '');
