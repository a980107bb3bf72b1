import { useTranslation } from 'react-i18next';
import type { RateModel } from '../../../../shared/protocol/billing/rate-model.ts';
import { useChargeWords } from './words.ts';

/** A price as a sentence: "5,00 € bis 100, darüber 4,50 €". */
export function usePriceWords(): (model: RateModel, unit: string, currency?: string) => string {
  const { t } = useTranslation('records');
  const { priceOf, unitOf, quantityOf } = useChargeWords();
  return (model, unit, currency = 'EUR') => {
    const money = (price: string) => priceOf(price, currency);
    const one = unitOf(unit, '1');
    const bounds = (main: string, ...more: (string | false)[]) => [main, ...more.filter(Boolean)].join(', ');
    switch (model.type) {
      case 'perUnit': {
        const { unitPrice, baseQuantity, perDaysOfMonth, freeQuantity } = model;
        const price = perDaysOfMonth
          ? t('price.perMonth', { price: money(unitPrice), unit: unitOf(unit, '2') })
          : baseQuantity === undefined
            ? t('price.perUnit', { price: money(unitPrice), unit: one })
            : t('price.perBase', {
                price: money(unitPrice),
                base: quantityOf(baseQuantity),
                unit: unitOf(unit, baseQuantity),
              });
        return freeQuantity === undefined ? price : t('price.free', { price, free: quantityOf(freeQuantity) });
      }
      case 'flat':
        return t('price.flat', { price: money(model.amount) });
      case 'package':
        return t('price.package', {
          price: money(model.unitPrice),
          size: quantityOf(model.size),
          unit: unitOf(unit, model.size),
        });
      case 'graduated':
      case 'volume': {
        const tiers = model.tiers.map(({ upTo, unitPrice }) =>
          upTo === null
            ? t('price.tierRest', { price: money(unitPrice) })
            : t('price.tier', { price: money(unitPrice), upTo: quantityOf(upTo) }),
        );
        return t(`price.${model.type}`, { unit: one, tiers: tiers.join(', ') });
      }
      case 'percentage':
        return bounds(
          t('price.percentage', { percent: quantityOf(model.percent) }),
          model.minimum !== undefined && t('price.atLeast', { price: money(model.minimum) }),
          model.maximum !== undefined && t('price.atMost', { price: money(model.maximum) }),
        );
      case 'costPlus':
        return bounds(
          t('price.costPlus', { percent: quantityOf(model.percent) }),
          model.minimumMargin !== undefined && t('price.marginAtLeast', { price: money(model.minimumMargin) }),
        );
    }
  };
}
