import { decimalText } from '../../oracle/decimal.ts';
import type { OracleInvoice } from '../../oracle/oracle.ts';

/** The oracle's lines that come to something, in the words of a scenario: month, rule, quantity, price, net. */
export const oracleLines = ({ lines }: OracleInvoice): string[] =>
  lines
    .filter(({ net }) => net !== 0n)
    .map(({ serviceMonth, ruleKey, kind, quantity, unitPrice, baseQuantity, net }) => {
      const name = kind.startsWith('volume') ? `${ruleKey} ${kind}` : ruleKey;
      const price = decimalText(unitPrice) + (baseQuantity === 1_000_000n ? '' : `/${decimalText(baseQuantity)}`);
      return `${serviceMonth} ${name} ${decimalText(quantity)} ${price} ${net}`;
    })
    .sort();
