import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import type { Adjustment, Conditions, Minimum } from './card.ts';

/** Conditions, surcharges and minimums as people say them. */
export function useRateWords() {
  const { t, i18n } = useTranslation('finance');
  const { number, day } = useFormats();
  const { typeOf, priceOf, quantityOf } = useChargeWords();
  const valueOf = (value: string) =>
    i18n.exists(`finance:attributeValue.${value}`) ? String(t(`attributeValue.${value}` as never)) : value;
  const list = (values: readonly string[]) => values.map(valueOf).join(', ');
  const band = (
    key: 'weight' | 'age',
    over: number | undefined,
    upTo: number | undefined,
    unit: (n: number) => string,
  ) => {
    if (over === undefined && upTo === undefined) return [];
    if (over === undefined) return [t(`condition.${key}UpTo`, { upTo: unit(upTo!) })];
    if (upTo === undefined) return [t(`condition.${key}Over`, { over: unit(over) })];
    return [t(`condition.${key}Between`, { over: unit(over), upTo: unit(upTo) })];
  };
  const conditionsOf = (conditions: Conditions): string[] => {
    const { weightGramsOver, weightGramsUpTo, ageDaysOver, ageDaysUpTo, ...lists } = conditions;
    return [
      ...Object.entries(lists).flatMap(([key, values]) =>
        values ? [String(t(`condition.${key}` as never, { list: list(values) } as never))] : [],
      ),
      ...band('weight', weightGramsOver, weightGramsUpTo, (grams) => `${number(grams / 1000)} kg`),
      ...band('age', ageDaysOver, ageDaysUpTo, (days) => t('condition.days', { count: days })),
    ];
  };
  const groupsOf = (groups: readonly string[] | undefined): string[] =>
    (groups ?? []).map((group) => String(t(`group.${group}` as never)));
  const scopeOf = ({ groups, chargeTypes, rules }: Adjustment): string =>
    [...groupsOf(groups), ...(chargeTypes ?? []).map(typeOf), ...(rules ?? [])].join(', ') || t('adjustment.all');
  const valueOfAdjustment = ({ kind, value, maximumPerMonth }: Adjustment): string => {
    const sign = kind === 'discount' ? '−' : '+';
    const main =
      value.type === 'percent'
        ? `${sign}${quantityOf(value.percent)} %`
        : t('adjustment.perUnitOf', { price: `${sign}${priceOf(value.unitPrice)}` });
    return maximumPerMonth === undefined
      ? main
      : `${main}, ${t('adjustment.atMost', { amount: priceOf(maximumPerMonth) })}`;
  };
  const periodOf = ({ from, to }: Adjustment): string =>
    from && to
      ? t('adjustment.between', { from: day(from), to: day(to) })
      : from
        ? t('adjustment.since', { from: day(from) })
        : to
          ? t('adjustment.until', { to: day(to) })
          : t('adjustment.always');
  const minimumOf = ({ amount, groups }: Minimum): string =>
    t('minimum.words', {
      amount: priceOf(amount),
      scope: groupsOf(groups).join(', ') || t('minimum.allButFreight'),
    });
  return { conditionsOf, scopeOf, valueOfAdjustment, periodOf, minimumOf };
}
