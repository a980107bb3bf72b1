/** Where a parcel is followed; the last `#` stands for its number. First match wins. */
const CARRIERS: readonly (readonly [name: RegExp, address: string])[] = [
  [/^dhl\s*express\b/i, 'https://www.dhl.com/de-de/home/tracking.html?tracking-id=#&submit=1'],
  [/^(dhl|deutsche\s*post)\b/i, 'https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=#'],
  [/^dpd\b/i, 'https://tracking.dpd.de/status/de_DE/parcel/#'],
  [/^gls\b/i, 'https://gls-group.eu/DE/de/paketverfolgung?match=#'],
  [/^ups\b/i, 'https://www.ups.com/track?tracknum=#'],
  [/^(my)?hermes\b/i, 'https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/##'],
  [/^fed\s*ex\b/i, 'https://www.fedex.com/fedextrack/?trknbr=#'],
];

/**
 * The carrier's own page about a parcel.
 * @param carrier  as somebody wrote it
 * @returns        `null` for a carrier whose page is not known here, or without a number
 */
export function trackingUrl(carrier: string, trackingNumber: string): string | null {
  const number = trackingNumber.replaceAll(/\s/g, '');
  const address = CARRIERS.find(([name]) => name.test(carrier.trim()))?.[1];
  if (!address || !number) return null;
  const at = address.lastIndexOf('#');
  return address.slice(0, at) + encodeURIComponent(number) + address.slice(at + 1);
}
