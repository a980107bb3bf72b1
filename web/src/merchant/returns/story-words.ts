import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import type { Disposition } from '../../shared/questions/question.ts';
import type { ReturnView } from './item-list.tsx';

export type StoryEntry = Output<'GET /returns/{id}/story'>['entries'][number];

/** The details of an entry, as far as they are read here. */
interface Detail {
  item?: DecidedItem;
  items?: DecidedItem[];
  carrier?: string;
  trackingNumber?: string;
  outcome?: 'refund' | 'credit' | 'voucher' | 'exchange' | 'none';
  amountMinor?: number;
  note?: string;
}
interface DecidedItem {
  id?: string;
  itemId?: string;
  disposition?: Disposition | null;
  reason?: string;
}

const DECIDED: readonly string[] = ['item.decided', 'items.decided'];

/** What is said of an entry of the story: a title and some lines below it. */
export function useStoryWords({ items }: Pick<ReturnView, 'items'>) {
  const { t, i18n } = useTranslation('records');
  const { money } = useFormats();
  const decided = ({ id, itemId, disposition, reason }: DecidedItem): string[] => {
    const item = items.find((one) => one.id === (id ?? itemId));
    if (!disposition) return [];
    const foreign = item?.origin === 'foreign';
    const name = foreign ? t('question.notYours') : item?.name || item?.sku || t('question.unnamed');
    const words = t('told.item_decided', { name, choice: t(`choice.${disposition}.label`) });
    return [reason ? `${words} (${reason})` : words];
  };
  return {
    titleOf: ({ what, detail }: StoryEntry): string => {
      const { outcome } = detail as Detail;
      if (what === 'return.outcome-reported' && outcome)
        return t('told.return_outcome_reported', { outcome: t(`outcome.${outcome}`) });
      if (DECIDED.includes(what)) return t('told.decided');
      const key = `told.${what.replaceAll(/[.-]/g, '_')}`;
      return i18n.exists(`records:${key}`) ? String(t(key as never)) : t('told.other');
    },
    linesOf: ({ what, detail }: StoryEntry): string[] => {
      const { item, items: many, carrier, trackingNumber, amountMinor, note } = detail as Detail;
      if (what === 'item.decided' && item) return decided(item);
      if (what === 'items.decided' && many) return many.flatMap(decided);
      const parcel = [carrier, trackingNumber].filter(Boolean).join(' ');
      return [parcel, amountMinor === undefined ? '' : money(amountMinor), note ?? ''].filter(Boolean);
    },
  };
}
