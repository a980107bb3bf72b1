import type { InvoiceLine, InvoiceModel } from '../../invoice-model.ts';
import { turned, type DocumentParts, type PlacedLine } from './document-parts.ts';
import { amount, decimal, isNegative, percentage, period } from './figures.ts';
import { XML_TEXTS } from './texts.ts';
import { allowanceCharge } from './allowance-charge.ts';
import { group, leaf, type Part } from './xml.ts';

/** BG-25. */
export const lineItems = (parts: DocumentParts): Part => parts.lines.map((placed) => lineItem(placed, parts));

function lineItem({ line, section }: PlacedLine, { turn, model }: DocumentParts): Part {
  return group(
    'ram:IncludedSupplyChainTradeLineItem',
    group(
      'ram:AssociatedDocumentLineDocument',
      leaf('ram:LineID', String(line.position)),
      group('ram:IncludedNote', leaf('ram:Content', section.title)),
    ),
    product(line, model),
    group('ram:SpecifiedLineTradeAgreement', netPrice(line)),
    group(
      'ram:SpecifiedLineTradeDelivery',
      leaf('ram:BilledQuantity', billedQuantity(line, turn), { unitCode: line.unitCode }),
    ),
    group(
      'ram:SpecifiedLineTradeSettlement',
      lineTax(line),
      period(line.servicePeriod ?? section.servicePeriod),
      line.allowances?.map((allowance) => lineAllowance(allowance, turn)),
      group(
        'ram:SpecifiedTradeSettlementLineMonetarySummation',
        leaf('ram:LineTotalAmount', amount(turned(line.netMinor, turn))),
      ),
    ),
  );
}

/** BG-31. A unit without a code of its own is named in an attribute (BG-32): days of a cubic metre are counted as C62. */
const product = ({ description, detail, unit, unitCode }: InvoiceLine, { language }: InvoiceModel): Part =>
  group(
    'ram:SpecifiedTradeProduct',
    leaf('ram:Name', description),
    leaf('ram:Description', detail),
    unitCode === 'C62'
      ? group(
          'ram:ApplicableProductCharacteristic',
          leaf('ram:Description', XML_TEXTS[language].unit),
          leaf('ram:Value', unit),
        )
      : undefined,
  );

/** BT-146 with its base BT-149. A price is never negative (BR-27): the quantity is, which `billedQuantity` sees to. */
const netPrice = ({ unitPrice, baseQuantity, unitCode }: InvoiceLine): Part =>
  group(
    'ram:NetPriceProductTradePrice',
    leaf('ram:ChargeAmount', decimal(unitPrice, isNegative(unitPrice) ? -1 : 1)),
    leaf('ram:BasisQuantity', baseQuantity && decimal(baseQuantity), { unitCode }),
  );

const billedQuantity = ({ quantity, unitPrice }: InvoiceLine, turn: 1 | -1): string =>
  decimal(quantity, isNegative(unitPrice) ? (-turn as 1 | -1) : turn);

/** BT-151 and BT-152; what is outside the scope of VAT has no rate (BR-O-05). */
const lineTax = ({ vatCategory, vatRateBasisPoints }: InvoiceLine): Part =>
  group(
    'ram:ApplicableTradeTax',
    leaf('ram:TypeCode', 'VAT'),
    leaf('ram:CategoryCode', vatCategory),
    vatCategory === 'O' ? undefined : leaf('ram:RateApplicablePercent', percentage(vatRateBasisPoints)),
  );

/** BG-27 and BG-28. Amounts stay positive: where signs are turned, what took off now adds. */
function lineAllowance(
  { kind, reason, amountMinor, percent, basisMinor }: NonNullable<InvoiceLine['allowances']>[number],
  turn: 1 | -1,
): Part {
  const isCharge = (kind === 'charge') === (turn === 1);
  return allowanceCharge({ isCharge, reason, amountMinor, percent, basisMinor });
}
