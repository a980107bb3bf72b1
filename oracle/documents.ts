import { lastDayOf } from './days.ts';
import { roundedQuotient } from './decimal.ts';
import type { Contract, OracleMerchant } from './facts.ts';
import type { OracleInvoice } from './oracle.ts';
import type { PricedLine } from './pricing.ts';

/** What one category and rate of a document comes to, in cents. */
export interface Tax {
  category: 'S' | 'AE' | 'O';
  percent: number;
  net: bigint;
  vat: bigint;
}

/** O, outside the scope of VAT, shares no document with the others. */
export type TaxGroup = 'inside' | 'outside';

/** How what is charged for a month of a group is taxed, for one merchant. */
export type TaxOf = (part: {
  group: string | null | undefined;
  serviceMonth: string;
}) => Pick<Tax, 'category' | 'percent'>;

/**
 * By the merchant, but for storage in an area that is let: it lies in Germany. Whether it is let says the contract of
 * the last day of its month, or the one that began last before.
 */
export function taxRules({ taxTreatment, number }: OracleMerchant, contracts: readonly Contract[]): TaxOf {
  const own = contracts
    .filter(({ merchant }) => merchant === number)
    .sort((a, b) => (a.startsOn < b.startsOn ? 1 : -1));
  const isLet = (month: string) =>
    own.find(({ startsOn }) => startsOn <= lastDayOf(month))?.storageIsLandRelated ?? false;
  return ({ group, serviceMonth }) => {
    if (taxTreatment === 'domestic' || (group === 'storage' && isLet(serviceMonth)))
      return { category: 'S', percent: 19 };
    return { category: taxTreatment === 'reverseCharge' ? 'AE' : 'O', percent: 0 };
  };
}

export const taxGroupOf = ({ category }: Pick<Tax, 'category'>): TaxGroup => (category === 'O' ? 'outside' : 'inside');

/** The documents that lines make; one without lines where there are none. */
export function documentsOf(merchant: string, cutOff: string, lines: PricedLine[], taxOf: TaxOf): OracleInvoice[] {
  const byGroup = Map.groupBy(lines, (line) => taxGroupOf(taxOf(line)));
  const parts: [TaxGroup, PricedLine[]][] = byGroup.size ? [...byGroup] : [['inside', []]];
  return parts.map(([taxGroup, members]) => ({
    ...{ merchant, cutOff, taxGroup, lines: members },
    ...totals(members, taxOf),
    state: 'issued',
  }));
}

function totals(lines: readonly PricedLine[], taxOf: TaxOf) {
  const sum = (members: readonly PricedLine[]) => members.reduce((total, { net }) => total + net, 0n);
  const sectionNet = {
    fulfilment: sum(lines.filter(({ section }) => section === 'fulfilment')),
    monthly: sum(lines.filter(({ section }) => section === 'monthly')),
  };
  const byTax = Map.groupBy(lines, (line) => JSON.stringify(taxOf(line)));
  const taxes = [...byTax.values()].map((members): Tax => {
    const { category, percent } = taxOf(members[0]!);
    const net = sum(members);
    return { category, percent, net, vat: roundedQuotient(net * BigInt(percent), 100n) };
  });
  const net = sum(lines);
  const vat = taxes.reduce((total, tax) => total + tax.vat, 0n);
  return { sectionNet, net, taxes, vat, gross: net + vat };
}
