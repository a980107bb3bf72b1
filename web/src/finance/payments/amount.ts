/** Cents of a decimal as {@link DecimalInput} hands it on; nothing for none, nothing at all or parts of a cent. */
export function centsOf(decimal: string | undefined): number | undefined {
  const parts = /^(\d{0,9})(?:\.(\d{0,2}))?$/.exec(decimal ?? '');
  const cents = parts ? Number(parts[1] || 0) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : 0;
  return cents > 0 ? cents : undefined;
}

/** The same back, for a field that is filled in already. */
export const decimalOf = (cents: number): string => (Math.abs(cents) / 100).toFixed(2);
