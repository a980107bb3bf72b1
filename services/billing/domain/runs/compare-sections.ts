import { divideRounded } from '../../../../shared/kernel/decimal.ts';
import { SECTIONS } from '../invoices/invoice-draft.ts';

export interface ComparedSection {
  section: string;
  netMinor: number;
  previousNetMinor: number | null;
  changePercent: string | null;
}

/** Net by section now and then, in the order of paper; `then` is `undefined` without a run before. */
export function compareSections(
  lines: readonly { section: string; netMinor: number }[],
  then: Readonly<Record<string, number>> | undefined,
): ComparedSection[] {
  const nets = new Map<string, number>();
  for (const { section, netMinor } of lines) nets.set(section, (nets.get(section) ?? 0) + netMinor);
  const named = [...new Set([...nets.keys(), ...Object.keys(then ?? {})])];
  const place = (section: string) => (SECTIONS as readonly string[]).indexOf(section);
  return named
    .toSorted((a, b) => place(a) - place(b))
    .map((section) => {
      const netMinor = nets.get(section) ?? 0;
      const previousNetMinor = then ? (then[section] ?? 0) : null;
      return { section, netMinor, previousNetMinor, changePercent: changePercent(netMinor, previousNetMinor) };
    });
}

/** Change in percent with one place, half away from zero; `null` when there is nothing to compare with. */
export function changePercent(now: number, then: number | null): string | null {
  if (then === null || then === 0) return null;
  const tenths = divideRounded(BigInt(now - then) * 1000n * (then < 0 ? -1n : 1n), BigInt(Math.abs(then)));
  const digits = (tenths < 0n ? -tenths : tenths).toString().padStart(2, '0');
  return `${tenths < 0n ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}`;
}
