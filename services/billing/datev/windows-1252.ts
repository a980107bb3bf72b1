import iconv from 'iconv-lite';

const CHARSET = 'windows-1252';

/** Letters that Unicode does not take apart, as they are written without their stroke or dot. */
const PLAIN_LETTERS: Record<string, string> = {
  ...{ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ı: 'i', ŧ: 't', Ŧ: 'T', ŋ: 'n', Ŋ: 'N', ĸ: 'k', ə: 'e' },
  ...{ ẞ: 'SS', '−': '-', '‐': '-', '‑': '-', '′': "'", '″': '"', '№': 'Nr.' },
};
const GRAPHEMES = new Intl.Segmenter('de');

/**
 * A text with only what Windows-1252 has, on one line: other letters lose their accents, what cannot be written
 * otherwise is one question mark per sign as it is read, an emoji of several code points too.
 */
export function in1252(value: string): string {
  const line = value.normalize('NFC').replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  if (isIn1252(line)) return line;
  return [...GRAPHEMES.segment(line)].map(({ segment }) => (isIn1252(segment) ? segment : written(segment))).join('');
}

/** Bytes of a text that {@link in1252} made. */
export const encode1252 = (value: string): Buffer => iconv.encode(value, CHARSET);

const isIn1252 = (value: string): boolean => iconv.decode(iconv.encode(value, CHARSET), CHARSET) === value;

function written(grapheme: string): string {
  const bare = [...grapheme.normalize('NFKD').replaceAll(/[\p{M}\p{Cf}]/gu, '')].map(
    (sign) => PLAIN_LETTERS[sign] ?? sign,
  );
  const text = bare.join('');
  // what is seen by nobody is written by nothing
  return text === '' ? '' : isIn1252(text) ? text : '?';
}
