import type { OracleInvoice, OracleResult } from '../oracle/oracle.ts';
import type { IssuedInvoice } from './billing.ts';

type Totals = Pick<IssuedInvoice, 'netMinor' | 'vatMinor' | 'grossMinor'>;
type Issued = Totals & Pick<IssuedInvoice, 'merchantNumber' | 'cutoff'>;

/**
 * Compares what was invoiced with what the oracle worked out: net, VAT and gross per merchant and cut-off.
 * @returns every difference in words; none when every total is right to the cent
 */
export function differences(result: OracleResult, issued: readonly Issued[]): string[] {
  const expected = sums(result.invoices.filter(({ state }) => state === 'issued').map(fromOracle));
  const found = sums(issued);
  const keys = [...new Set([...expected.keys(), ...found.keys()])].toSorted();
  return [
    ...keys.flatMap((key) => difference(key, expected.get(key), found.get(key))),
    ...result.unrated.map(
      ({ merchant, chargeType, serviceDate }) => `${merchant} ${serviceDate}: ${chargeType} has no price`,
    ),
    ...result.held.map(({ merchant, chargeType, serviceDate }) => `${merchant} ${serviceDate}: ${chargeType} is held`),
    ...result.unknownMerchants.map((merchant) => `${merchant} is no merchant of the demo`),
  ];
}

const fromOracle = ({ merchant, cutOff, net, vat, gross }: OracleInvoice): Issued => ({
  merchantNumber: merchant,
  cutoff: cutOff,
  netMinor: Number(net),
  vatMinor: Number(vat),
  grossMinor: Number(gross),
});

function sums(invoices: readonly Issued[]): Map<string, Totals> {
  const byKey = new Map<string, Totals>();
  for (const { merchantNumber, cutoff, netMinor, vatMinor, grossMinor } of invoices) {
    const key = `${merchantNumber} at ${cutoff}`;
    const known = byKey.get(key) ?? { netMinor: 0, vatMinor: 0, grossMinor: 0 };
    byKey.set(key, {
      netMinor: known.netMinor + netMinor,
      vatMinor: known.vatMinor + vatMinor,
      grossMinor: known.grossMinor + grossMinor,
    });
  }
  return byKey;
}

const NAMES = { netMinor: 'net', vatMinor: 'VAT', grossMinor: 'gross' } as const;

function difference(key: string, expected: Totals | undefined, found: Totals | undefined): string[] {
  if (!expected) return [`${key}: invoiced, but nothing is owed`];
  if (!found) return [`${key}: not invoiced, though ${cents(expected.grossMinor)} is owed`];
  return (Object.keys(NAMES) as (keyof Totals)[])
    .filter((part) => expected[part] !== found[part])
    .map((part) => `${key}: ${NAMES[part]} is ${cents(found[part])} and should be ${cents(expected[part])}`);
}

const cents = (minor: number): string => (minor / 100).toFixed(2);
