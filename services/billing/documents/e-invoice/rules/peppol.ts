import type { Finding } from '../finding.ts';
import { one, textAt, type XmlNode } from '../xml-tree.ts';
import { CENT, figureAt, shareOf } from './figures.ts';
import { finding, lineAdjustments, type XmlInvoice } from './invoice.ts';

/** The rules of Peppol that XRechnung 3.0 took over. Asked of every document: what breaks them is wrong in any profile. */
export function* peppol(invoice: XmlInvoice): Generator<Finding> {
  const { elements, adjustments, lines, isXRechnung } = invoice;
  for (const node of elements)
    if (node.children.length === 0 && node.text.trim() === '')
      yield finding('PEPPOL-EN16931-R008', 'An element is empty', node);
  for (const adjustment of [...adjustments, ...lines.flatMap(lineAdjustments)]) yield* ofAdjustment(adjustment);
  for (const line of lines) yield* ofLine(line, invoice);
  if (isXRechnung) yield* ofDelivery(invoice);
}

/** What only makes sense for a document that is sent without its paper. */
function* ofDelivery({ root, seller, buyer }: XmlInvoice): Generator<Finding> {
  if (!textAt(root, 'ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID'))
    yield finding('PEPPOL-EN16931-R001', 'The business process (BT-23) is missing', root, 'ExchangedDocumentContext');
  if (!textAt(buyer, 'URIUniversalCommunication/URIID'))
    yield finding('PEPPOL-EN16931-R010', 'The electronic address of the buyer (BT-49) is missing', buyer);
  if (!textAt(seller, 'URIUniversalCommunication/URIID'))
    yield finding('PEPPOL-EN16931-R020', 'The electronic address of the seller (BT-34) is missing', seller);
}

function* ofAdjustment(adjustment: XmlNode): Generator<Finding> {
  const [percent, basis] = [figureAt(adjustment, 'CalculationPercent'), figureAt(adjustment, 'BasisAmount')];
  if (percent !== undefined && basis === undefined)
    yield finding('PEPPOL-EN16931-R041', 'A percentage needs its base', adjustment);
  if (percent === undefined && basis !== undefined)
    yield finding('PEPPOL-EN16931-R042', 'A base needs its percentage', adjustment);
  if (percent !== undefined && basis !== undefined) {
    const off = shareOf(basis, percent) - (figureAt(adjustment, 'ActualAmount') ?? 0n);
    if (off > 2n * CENT || off < -2n * CENT)
      yield finding('PEPPOL-EN16931-R040', 'An allowance or charge is not its percentage of its base', adjustment);
  }
  const indicator = textAt(adjustment, 'ChargeIndicator/Indicator') ?? '';
  if (!['true', 'false'].includes(indicator))
    yield finding('PEPPOL-EN16931-R043', 'Says neither allowance nor charge', adjustment, 'ChargeIndicator');
}

function* ofLine(line: XmlNode, { settlement }: XmlInvoice): Generator<Finding> {
  const day = (node: XmlNode | undefined, name: string) =>
    textAt(node, `BillingSpecifiedPeriod/${name}/DateTimeString`);
  const [from, to] = [day(settlement, 'StartDateTime'), day(settlement, 'EndDateTime')];
  const own = one(line, 'SpecifiedLineTradeSettlement');
  const isOutside = (date: string | undefined) =>
    date !== undefined && ((from !== undefined && date < from) || (to !== undefined && date > to));
  if (isOutside(day(own, 'StartDateTime')))
    yield finding('PEPPOL-EN16931-R110', 'A line begins outside of the period of the document', own);
  if (isOutside(day(own, 'EndDateTime')))
    yield finding('PEPPOL-EN16931-R111', 'A line ends outside of the period of the document', own);
  const base = one(line, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity');
  if (!base) return;
  if ((figureAt(base.parent, 'BasisQuantity') ?? 0n) <= 0n)
    yield finding('PEPPOL-EN16931-R121', 'A price is for more than nothing (BT-149)', base);
  if (base.attributes['unitCode'] !== one(line, 'SpecifiedLineTradeDelivery/BilledQuantity')?.attributes['unitCode'])
    yield finding('PEPPOL-EN16931-R130', 'A price is for the unit of the quantity (BT-150)', base);
}
