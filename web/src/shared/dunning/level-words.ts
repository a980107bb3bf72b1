import { useTranslation } from 'react-i18next';

/** The name of a level; levels are numbers in the API. */
export function useLevelWords() {
  const { t } = useTranslation('dunning');
  return (level: number | null) => (level === null ? t('none') : t(`levels.${level as 0 | 1 | 2 | 3}`));
}
