import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';

interface Reason {
  code: string;
  de: string;
  en: string;
  kinds?: string[] | undefined;
}

/** The reasons of a merchant, and how one reads in the language in use; one that is in no list reads as it is. */
export function useReasons(merchantId: string | null) {
  const { i18n } = useTranslation();
  const { data } = useApi('GET /return-settings', merchantId ? { merchantId } : {}, {
    enabled: merchantId !== null,
    staleTimeMs: 300_000,
  });
  const reasons: readonly Reason[] = data && 'reasons' in data ? data.reasons : [];
  const language = i18n.language === 'en' ? 'en' : 'de';
  return {
    reasons: reasons.map(({ code, kinds, ...words }) => ({ code, kinds, label: words[language] })),
    reasonText: (code: string | null) => reasons.find((reason) => reason.code === code)?.[language] ?? code,
  };
}
