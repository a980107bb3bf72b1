import { divideRounded, parseMicros } from '../../../../../shared/kernel/decimal.ts';
import { turned, type DocumentParts } from './document-parts.ts';
import { amount, decimal, isNegative, percentage } from './figures.ts';
import { group, leaf, type Part } from './xml.ts';

interface AllowanceCharge {
  isCharge: boolean;
  reason: string;
  amountMinor: number;
  percent?: string | undefined;
  basisMinor?: number | undefined;
}

/** BG-20 and BG-21: surcharges and discounts of the document, by the sign of what they come to. */
export const documentAdjustments = ({ adjustments, turn }: DocumentParts): Part =>
  adjustments.map(({ description, detail, netMinor, adjusts, vatCategory, vatRateBasisPoints }) =>
    allowanceCharge(
      {
        isCharge: turned(netMinor, turn) > 0,
        reason: detail ? `${description} · ${detail}` : description,
        amountMinor: Math.abs(netMinor),
        ...adjusts,
      },
      group(
        'ram:CategoryTradeTax',
        leaf('ram:TypeCode', 'VAT'),
        leaf('ram:CategoryCode', vatCategory),
        vatCategory === 'O' ? undefined : leaf('ram:RateApplicablePercent', percentage(vatRateBasisPoints)),
      ),
    ),
  );

/** An allowance or a charge, of a line or of the document. */
export const allowanceCharge = (adjustment: AllowanceCharge, tax?: Part): Part =>
  group(
    'ram:SpecifiedTradeAllowanceCharge',
    group('ram:ChargeIndicator', leaf('udt:Indicator', String(adjustment.isCharge))),
    share(adjustment),
    leaf('ram:ActualAmount', amount(adjustment.amountMinor)),
    leaf('ram:Reason', adjustment.reason),
    tax,
  );

/**
 * Percentage and base, both or none (PEPPOL-EN16931-R041 and R042), and only where they come to the amount (R040): a
 * surcharge that reached its maximum says in words how it was made.
 */
function share({ amountMinor, percent, basisMinor }: AllowanceCharge): Part {
  if (percent === undefined || basisMinor === undefined) return undefined;
  const basis = BigInt(Math.abs(basisMinor));
  const positive = decimal(percent, isNegative(percent) ? -1 : 1);
  const expected = divideRounded(basis * parseMicros(positive), 100_000_000n);
  if (expected !== BigInt(amountMinor)) return undefined;
  return [leaf('ram:CalculationPercent', positive), leaf('ram:BasisAmount', amount(Number(basis)))];
}
