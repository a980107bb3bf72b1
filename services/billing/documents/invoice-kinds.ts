interface KindFacts {
  kind: 'invoice' | 'cancellation' | 'creditNote';
  corrects?: object | undefined;
  takesBackOf?: object | undefined;
  grossMinor: number;
  prepaidMinor?: number | undefined;
  directDebit?: object | undefined;
  seller: { sepaCreditorId?: string | undefined };
  vat: readonly { remainder?: true | undefined }[];
}

/** What a document of its kind must have, and must not. */
export function kindErrors({
  kind,
  corrects,
  takesBackOf,
  grossMinor,
  prepaidMinor,
  directDebit,
  seller: { sepaCreditorId },
  vat,
}: KindFacts) {
  const errors: { path: string[]; message: string }[] = [];
  if (kind === 'cancellation' && !corrects)
    errors.push({ path: ['corrects'], message: 'A cancellation names the document it cancels' });
  if (kind === 'invoice' && corrects) errors.push({ path: ['corrects'], message: 'An invoice corrects nothing' });
  if (takesBackOf && (kind !== 'creditNote' || corrects))
    errors.push({ path: ['takesBackOf'], message: 'Only a credit note without original takes back of others' });
  if (kind === 'creditNote' && grossMinor > 0)
    errors.push({ path: ['grossMinor'], message: 'A credit note demands nothing' });
  if (vat.some(({ remainder }) => remainder) && !(kind === 'creditNote' && corrects))
    errors.push({ path: ['vat'], message: 'Only a credit note takes the rest of a tax' });
  if (prepaidMinor !== undefined && (kind !== 'invoice' || prepaidMinor > grossMinor))
    errors.push({ path: ['prepaidMinor'], message: 'Only an invoice is settled, and at most in full' });
  if (directDebit && (kind !== 'invoice' || !sepaCreditorId))
    errors.push({ path: ['directDebit'], message: 'Only an invoice of a creditor with its identifier is collected' });
  return errors;
}
