import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';

type Mistake = Output<'POST /returns/announcements'>['errors'][number];

/** How the columns of the file and the mistakes in it are called; a mistake without words says what the API says. */
export function useFieldWords() {
  const { t, i18n } = useTranslation('merchant');
  const word = (key: string, otherwise: string) =>
    i18n.exists(`merchant:${key}`) ? String(t(key as never)) : otherwise;
  return {
    fieldOf: (field: string | null) => (field === null ? '–' : word(`import.fields.${field}`, field)),
    problemOf: ({ code, message }: Mistake) => word(`import.problems.${code}`, message),
  };
}
