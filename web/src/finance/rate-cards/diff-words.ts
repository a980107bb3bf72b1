import { useTranslation } from 'react-i18next';
import { usePriceWords } from '../../shared/evidence/price-words.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import type { Adjustment, Minimum, Rule } from './card.ts';
import { useRateWords } from './rate-words.ts';

type Value = string | number | boolean | readonly string[] | null;

const PRICES = /(unitPrice|amount|minimum|maximum|minimumMargin|maximumPerMonth)$/;
const NUMBERS = /(upTo|freeQuantity|baseQuantity|size|percent)$/;

/** Fields and values of a difference, and what was added or removed, in words. */
export function useDiffWords() {
  const { t, i18n } = useTranslation('finance');
  const { priceOf, quantityOf } = useChargeWords();
  const priceWords = usePriceWords();
  const { conditionsOf, scopeOf, valueOfAdjustment, periodOf, minimumOf } = useRateWords();
  /** `model.tiers.0.unitPrice` → "Stufe 1, Preis". */
  const fieldOf = (field: string): string => {
    const tier = /^model\.tiers\.(\d+)\.(\w+)$/.exec(field);
    if (tier) return t('diff.tier', { number: Number(tier[1]) + 1, field: wordOf(tier[2]!) });
    return wordOf(field.split('.').at(-1)!);
  };
  const wordOf = (name: string): string =>
    i18n.exists(`finance:field.${name}`) ? String(t(`field.${name}` as never)) : name;
  const valueOf = (field: string, value: Value): string => {
    if (value === null) return t('diff.nothing');
    if (typeof value === 'boolean') return t(value ? 'diff.yes' : 'diff.no');
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string') return value.join(', ');
    if (PRICES.test(field)) return priceOf(value);
    if (NUMBERS.test(field)) return quantityOf(value);
    return i18n.exists(`finance:model.${value}`) ? String(t(`model.${value}` as never)) : value;
  };
  const summaryOf = (item: Rule | Adjustment | Minimum): string => {
    if ('model' in item) return [priceWords(item.model, item.unit), ...conditionsOf(item.conditions)].join(' · ');
    if ('value' in item) return [valueOfAdjustment(item), scopeOf(item), periodOf(item)].join(' · ');
    return minimumOf(item);
  };
  return { fieldOf, valueOf, summaryOf };
}
