import { turned, type DocumentParts } from './document-parts.ts';
import { amount } from './figures.ts';
import { group, leaf, type Part } from './xml.ts';

/** BG-22. Nothing is rounded on the whole, so there is no BT-114. */
export function monetarySummation({ model, turn, lines, adjustments, payableMinor }: DocumentParts): Part {
  const { currency, netMinor, vatMinor, grossMinor, prepaidMinor } = model;
  const adjusted = adjustments.map((line) => turned(line.netMinor, turn));
  const charges = adjusted.filter((minor) => minor > 0);
  const allowances = adjusted.filter((minor) => minor < 0);
  return group(
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
    leaf('ram:LineTotalAmount', amount(sum(lines.map(({ line }) => turned(line.netMinor, turn))))),
    charges.length ? leaf('ram:ChargeTotalAmount', amount(sum(charges))) : undefined,
    allowances.length ? leaf('ram:AllowanceTotalAmount', amount(-sum(allowances))) : undefined,
    leaf('ram:TaxBasisTotalAmount', amount(turned(netMinor, turn))),
    leaf('ram:TaxTotalAmount', amount(turned(vatMinor, turn)), { currencyID: currency }),
    leaf('ram:GrandTotalAmount', amount(turned(grossMinor, turn))),
    prepaidMinor ? leaf('ram:TotalPrepaidAmount', amount(prepaidMinor)) : undefined,
    leaf('ram:DuePayableAmount', amount(payableMinor)),
  );
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, minor) => total + minor, 0);
