import { useTranslation } from 'react-i18next';
import { articleOf, settingsFor, type Settings } from '../offline/reference.ts';
import type { ArticleHit } from '../offline/model.ts';
import { useSeen, useSettings } from '../use-desk.ts';

/** How a merchant is called; also without a network. */
export function useMerchantName(merchantId: string | null): string {
  const { t } = useTranslation('warehouse');
  const settings = useSettings();
  if (merchantId === null) return t('return.noMerchant');
  return settings?.merchants.find((merchant) => merchant.merchantId === merchantId)?.name ?? t('return.someMerchant');
}

/** Reasons, phrases, checklists and rules for the returns of a merchant. */
export const useMerchantSettings = (merchantId: string | null): Settings | undefined =>
  settingsFor(useSettings(), merchantId);

export const useArticle = (merchantId: string | null, sku: string | null): ArticleHit | undefined =>
  articleOf(useSeen(), merchantId, sku);

/** Texts that come in both languages with the data. */
export function useTold(): (text: { de: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (text) => (i18n.language === 'en' ? text.en : text.de);
}
