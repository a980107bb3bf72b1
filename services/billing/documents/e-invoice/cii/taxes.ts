import type { InvoiceModel, InvoiceVat } from '../../invoice-model.ts';
import { turned, type DocumentParts } from './document-parts.ts';
import { amount, percentage } from './figures.ts';
import { isXRechnung } from './profile.ts';
import { XML_TEXTS } from './texts.ts';
import { group, leaf, type Part } from './xml.ts';

type Exempt = 'E' | 'AE' | 'O';

/** Whether the breakdown says why no tax is charged (BR-E-10, BR-AE-10, BR-O-10). */
export const isExempt = (category: InvoiceVat['category']): category is Exempt => category !== 'S' && category !== 'Z';

/**
 * Codes of the list VATEX. What is exempt has none: which paragraph it is exempt by is in the text alone, and a wrong
 * code would be worse than none.
 */
const VATEX: Record<Exempt, string | undefined> = { E: undefined, AE: 'VATEX-EU-AE', O: 'VATEX-EU-O' };

/** BG-23. */
export const taxBreakdown = ({ model, turn }: DocumentParts): Part => model.vat.map((vat) => taxOf(vat, model, turn));

function taxOf(
  { category, basisMinor, vatMinor, rateBasisPoints, note }: InvoiceVat,
  model: InvoiceModel,
  turn: 1 | -1,
) {
  const exempt = isExempt(category);
  return group(
    'ram:ApplicableTradeTax',
    leaf('ram:CalculatedAmount', amount(turned(vatMinor, turn))),
    leaf('ram:TypeCode', 'VAT'),
    exempt ? leaf('ram:ExemptionReason', note ?? XML_TEXTS[model.language].exemption[category]) : undefined,
    leaf('ram:BasisAmount', amount(turned(basisMinor, turn))),
    leaf('ram:CategoryCode', category),
    exempt ? leaf('ram:ExemptionReasonCode', VATEX[category]) : undefined,
    // the norm wants no rate where VAT does not apply, XRechnung wants one in every breakdown (BR-DE-14)
    category === 'O' && !isXRechnung(model)
      ? undefined
      : leaf('ram:RateApplicablePercent', percentage(rateBasisPoints)),
  );
}
