/** `grouped`: it may be thousands or decimal places; `sign`: the decimal sign is not that of the language. */
export type DecimalFault = 'grouped' | 'sign';

export interface ReadDecimal {
  /** As the API writes it; nothing where nothing is written, and where there is a fault. */
  value: string | undefined;
  fault?: DecimalFault;
}

const SIGNS = { de: { sign: ',', group: '.' }, en: { sign: '.', group: ',' } } as const;

/**
 * A decimal number as the readers of a language write it: `1.234,5` in German and `1,234.5` in English are `1234.5`.
 * What one reader takes for thousands and another for decimal places is not read at all; what is no number is handed
 * on as it is, so that the API refuses it.
 */
export function readDecimal(text: string, language: string): ReadDecimal {
  const written = text.trim();
  const { sign, group } = signsOf(language);
  if (!written) return { value: undefined };
  const thousands = `[1-9]\\d{0,2}(?:\\${group}\\d{3})`;
  const isOwn = matches(written, `\\d*(?:\\${sign}\\d*)?`);
  const isGrouped = matches(written, `${thousands}+\\${sign}\\d*`) || matches(written, `${thousands}{2,}`);
  if (isOwn || isGrouped) return { value: written.replaceAll(group, '').replace(sign, '.') };
  if (matches(written, thousands)) return { value: undefined, fault: 'grouped' };
  const isNumeric = /[.,]/.test(written) && /^[-+\d.,'\s]+$/.test(written);
  return isNumeric ? { value: undefined, fault: 'sign' } : { value: written };
}

/** A decimal of the API with the sign of the language. */
export const writtenDecimal = (value: string | undefined, language: string): string =>
  value?.replace('.', signsOf(language).sign) ?? '';

/** Both numbers that a text with thousands may be, as they are written without a doubt. */
export function readingsOf(text: string, language: string): { whole: string; part: string } {
  const { sign, group } = signsOf(language);
  return { whole: text.trim().replaceAll(group, ''), part: text.trim().replace(group, sign) };
}

const signsOf = (language: string) => SIGNS[language === 'de' ? 'de' : 'en'];
const matches = (text: string, pattern: string): boolean => new RegExp(`^-?${pattern}$`).test(text);
