import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import type { Delivery } from '../../shared/deliveries/words.tsx';
import { useRefusal } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { useScan } from '../scan/use-scan.ts';
import type { Drafts } from './counts.ts';

/** Codes that were looked up before: the second piece of an article counts at once. */
const known = new Map<string, { sku: string; name: string }>();

/**
 * Each scan counts one piece: by SKU, or by the EAN of an article of the merchant; one that nobody announced is added.
 * @param onPiece  told the article of each piece
 * @param onUnknown  told a code that is no article
 */
export function useScannedArticle(
  delivery: Delivery,
  drafts: Drafts,
  onPiece: (sku: string, name: string) => void,
  onUnknown: (code: string) => void,
): void {
  const { t } = useTranslation('deliveries');
  const refuse = useRefusal();
  const add = ({ sku, name }: { sku: string; name: string }) => {
    onPiece(sku, name);
    signalSuccess();
  };
  const look = async (code: string) => {
    try {
      const found = await articleWith(delivery.merchantId, code);
      if (found) return add(found);
      refuse(undefined, t('unknownCode', { code }));
      onUnknown(code);
    } catch (error) {
      refuse(error);
    }
  };
  useScan((code) => {
    if (delivery.state !== 'received') return false;
    const hit = delivery.lines.find(({ sku }) => sku === code) ?? drafts[code]?.count;
    const article = hit ?? known.get(`${delivery.merchantId} ${code}`);
    if (article) add(article);
    else void look(code);
    return true;
  });
}

async function articleWith(merchantId: string, code: string): Promise<{ sku: string; name: string } | undefined> {
  const [bySku, byEan] = await Promise.all([
    callApi('GET /articles', { merchantId, sku: code, limit: 1 }),
    code.length <= 48 ? callApi('GET /articles', { merchantId, ean: code, limit: 1 }) : undefined,
  ]);
  const article = bySku.items[0] ?? byEan?.items[0];
  if (!article) return undefined;
  known.set(`${merchantId} ${code}`, { sku: article.sku, name: article.name });
  return article;
}
