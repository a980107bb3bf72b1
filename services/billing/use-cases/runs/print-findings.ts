import type { IssuerProfile } from '../../../../shared/protocol/billing/issuer.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';
import type { DraftLine } from '../../domain/invoices/invoice-draft.ts';
import { unitOf } from '../../domain/invoices/invoice-units.ts';
import { buyerOf, sellerOf } from '../../domain/invoices/parties.ts';
import { blocking } from '../../domain/runs/findings.ts';
import { glyphs } from '../invoices/printable.ts';

/** What a draft would print and where it was entered. */
interface Printed {
  merchant: MerchantSnapshot;
  issuer: IssuerProfile;
  lines: readonly Pick<DraftLine, 'label' | 'unit' | 'quantity'>[];
}

/**
 * Characters that no document can show, told before a number is taken: of what the merchant's record says, the issuer, and
 * the rate cards. One finding each, of the first text; the next one is told once that is put right.
 */
export async function printFindings({ merchant, issuer, lines }: Printed): Promise<Finding[]> {
  if (!lines.length) return [];
  const labels = new Set(
    lines.flatMap(({ label, unit, quantity }) => [label, unitOf(unit, quantity, merchant.language)]),
  );
  return firstOfEach({
    MERCHANT_NOT_PRINTABLE: { buyer: buyerOf(merchant), reason: merchant.exemptionReason },
    ...ofIssuer(issuer),
    LINE_NOT_PRINTABLE: [...labels],
  });
}

/** The same of what the issuer says of itself. */
export const issuerPrintFindings = (issuer: IssuerProfile): Promise<Finding[]> => firstOfEach(ofIssuer(issuer));

const ofIssuer = (issuer: IssuerProfile) => ({ ISSUER_NOT_PRINTABLE: sellerOf(issuer) });

async function firstOfEach(places: Record<string, unknown>): Promise<Finding[]> {
  const { unprintable } = await glyphs();
  return Object.entries(places).flatMap(([code, texts]) => {
    const [found] = unprintable(texts);
    if (!found) return [];
    const { text, character, codePoint } = found;
    return [blocking(code, `Documents cannot show ${codePoint} in "${text}"`, { text, character, codePoint })];
  });
}
