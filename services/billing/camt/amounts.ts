/**
 * Minor units of an amount as ISO 20022 writes it, without sign.
 * @returns `null` when it is none, has parts of a cent or is larger than any that is booked
 */
export function minorOf(text: string): number | null {
  const parts = /^(\d{1,11})(?:\.(\d{1,2})0*)?$/.exec(text);
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : null;
}
