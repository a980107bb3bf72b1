/** Hundredths of a percent of a decimal as `DecimalInput` hands it on; nothing where it has more than two places. */
export function basisPointsOf(decimal: string | undefined): number | undefined {
  const parts = /^(-?)(\d{1,2})(?:\.(\d{0,2}))?$/.exec(decimal ?? '');
  if (!parts) return undefined;
  const points = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'));
  return parts[1] && points ? -points : points;
}
