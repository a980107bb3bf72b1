import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';

const NAMES = [
  'country',
  'weightGrams',
  'carrier',
  'channel',
  'code',
  'returnKind',
  'grades',
  'method',
  'tags',
] as const;

/** What an event says that conditions of rules ask for, with names. */
export function useAttributeWords() {
  const { t, i18n } = useTranslation('finance');
  const { number } = useFormats();
  const valueOf = (name: (typeof NAMES)[number], value: unknown): string => {
    if (name === 'weightGrams') return `${number(Number(value) / 1000)} kg`;
    const written = (Array.isArray(value) ? value : [value]).map((one) => {
      const key = `finance:attributeValue.${String(one)}`;
      return i18n.exists(key) ? String(t(`attributeValue.${String(one)}` as never)) : String(one);
    });
    return written.join(', ');
  };
  return (attributes: Record<string, unknown>) =>
    NAMES.flatMap((name) => {
      const value = attributes[name];
      const isNothing = value === undefined || value === null || (Array.isArray(value) && !value.length);
      return isNothing ? [] : [[t(`attribute.${name}`), valueOf(name, value)] as const];
    });
}
