import { useTranslation } from 'react-i18next';
import {
  NOT_IN_CARDS,
  readTooOld,
  SURCHARGE_HELD,
  SURCHARGE_WAIVED,
} from '../../../../shared/kernel/charge-reasons.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import type { Reference } from './trace.ts';

/** What is written of charges: types, units, causes; what has no word yet stands there as it is. */
export function useChargeWords() {
  const { t, i18n } = useTranslation('records');
  const { number, day } = useFormats();
  const known = (key: string, otherwise: string) =>
    i18n.exists(`records:${key}`) ? String(t(key as never)) : otherwise;
  const locale = i18n.language === 'en' ? 'en-GB' : 'de-DE';
  /** @param month  `YYYY-MM` */
  const monthOf = (month: string) =>
    new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${month}-01`),
    );
  return {
    typeOf: (chargeType: string) => known(`charge.${chargeType}`, chargeType),
    unitOf: (unit: string, quantity: string) =>
      i18n.exists(`records:unit.${unit}_one`)
        ? String(t(`unit.${unit}` as never, { count: Number(quantity) } as never))
        : unit,
    sectionOf: (section: string) => known(`section.${section}`, section),
    sourceOf: ({ kind, number: name }: Reference) =>
      t(`source.${kind}`, { number: DAY.test(name) ? day(name) : MONTH.test(name) ? monthOf(name) : name }),
    monthOf,
    /** Why a charge is held or waived: what the product says in the reader's language, what people wrote as they did. */
    reasonOf: (reason: string) => {
      const tooOld = readTooOld(reason);
      if (tooOld) return t('stateReason.tooOld', { days: tooOld.days, cutoff: day(tooOld.cutoff) });
      const own = OWN_REASONS.get(reason);
      return own ? t(`stateReason.${own}`) : reason;
    },
    /** What is still being typed stands there as it is. */
    quantityOf: (quantity: string) => (isNumber(quantity) ? number(Number(quantity)) : quantity || '…'),
    /** A price of one unit, which may have more places than money has. */
    priceOf: (price: string, currency = 'EUR') =>
      isNumber(price)
        ? new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 6 }).format(Number(price))
        : price || '…',
  };
}

// a map, because people may have written anything
const OWN_REASONS: ReadonlyMap<string, 'notInCards' | 'surchargeHeld' | 'surchargeWaived'> = new Map([
  [NOT_IN_CARDS, 'notInCards'],
  [SURCHARGE_HELD, 'surchargeHeld'],
  [SURCHARGE_WAIVED, 'surchargeWaived'],
]);
/** The number of a day of stock, and of a month of software. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;
const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));
