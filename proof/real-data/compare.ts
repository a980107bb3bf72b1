import { decimalText } from '../../oracle/decimal.ts';
import type { OracleInvoice, OracleResult } from '../../oracle/oracle.ts';
import type { OracleAccount } from '../../oracle/running-account.ts';
import type { PricedLine } from '../../oracle/pricing.ts';
import type { Api } from '../../test/support/api.ts';
import type { TestDatabase } from '../../test/support/database.ts';

/** One side's words for what was billed or stands on an account: a line each, so that a difference names itself. */
export type Told = readonly string[];

/** What one of the two says and the other does not; empty when they agree. */
export function differences(product: Told, oracle: Told): string[] {
  const left = counted(product);
  for (const line of oracle) left.set(line, (left.get(line) ?? 0) - 1);
  return [...left]
    .flatMap(([line, count]) =>
      Array.from({ length: Math.abs(count) }, () => `${count > 0 ? 'product' : 'oracle '} ${line}`),
    )
    .toSorted((a, b) => (a.slice(8) < b.slice(8) ? -1 : 1));
}

function counted(lines: Told): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of lines) found.set(line, (found.get(line) ?? 0) + 1);
  return found;
}

/** Number and measured quantity of each merchant's charges by type, those included that are held and billed to nobody. */
export async function chargesOfProduct({ query }: TestDatabase): Promise<OracleResult['charges']> {
  const rows = await query<{ merchant: string; chargeType: string; count: number; quantity: string }>(
    `select m.number as merchant, c.charge_type as "chargeType", count(*)::int as count,
       trim_scale(sum(coalesce((c.trace ->> 'measured')::numeric, c.quantity)))::text as quantity
     from billing.charge c join billing.merchant_ref m on m.merchant_id = c.merchant_id where c.state in ('accrued', 'held') group by 1, 2`,
  );
  return rows;
}

/** Every document of a cut-off with net, VAT and total, and every line: month, card, version, rule, quantity, price, net. */
export async function billedByProduct({ query }: TestDatabase, cutOff: string): Promise<Told> {
  const invoices = await query<{ said: string }>(
    `select m.number || ' total ' || i.net_minor || ' ' || coalesce(string_agg(v.category || ' ' || v.rate_bp / 100 || ' ' || v.vat_minor, ', ' order by v.category, v.rate_bp, v.vat_minor), '')
       || ' ' || i.gross_minor as said
     from billing.invoice i join billing.run r on r.id = i.run_id join billing.merchant_ref m on m.merchant_id = i.merchant_id
       left join billing.invoice_vat v on v.invoice_id = i.id
     where r.cutoff = $1 and i.state = 'finalized' group by i.id, m.number`,
    [cutOff],
  );
  const lines = await query<{ said: string }>(
    `select m.number || ' ' || l.service_month || ' ' || c.code || '#' || v.version || ' ' || l.kind || ' ' || l.rule_key || ' '
       || trim_scale(l.quantity) || ' × ' || trim_scale(l.unit_price) || ' ÷ ' || trim_scale(l.base_quantity) || ' = ' || l.net_minor as said
     from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id join billing.run r on r.id = i.run_id
       join billing.merchant_ref m on m.merchant_id = i.merchant_id
       join billing.rate_version v on v.id = l.version_id join billing.rate_card c on c.id = v.card_id
     where r.cutoff = $1 and i.state = 'finalized'`,
    [cutOff],
  );
  return [...invoices, ...lines].map(({ said }) => said);
}

/** The same of the oracle. */
export const billedByOracle = (invoices: readonly OracleInvoice[], cutOff: string): Told =>
  invoices
    .filter((invoice) => invoice.cutOff === cutOff && invoice.state === 'issued')
    .flatMap(({ merchant, net, taxes, gross, lines }) => [
      `${merchant} total ${net} ${taxes.map(taxText).toSorted().join(', ')} ${gross}`,
      ...lines.map((line) => `${merchant} ${billedLine(line)}`),
    ]);

const taxText = ({ category, percent, vat }: OracleInvoice['taxes'][number]): string => `${category} ${percent} ${vat}`;

const billedLine = (line: PricedLine): string =>
  `${line.serviceMonth} ${line.card}#${line.ruleVersion} ${line.kind} ${line.ruleKey} ${amountOf(line)}`;

const amountOf = ({ quantity, unitPrice, baseQuantity, net }: PricedLine): string =>
  `${decimalText(quantity)} × ${decimalText(unitPrice)} ÷ ${decimalText(baseQuantity)} = ${net}`;

interface AccountView {
  upTo: string;
  netMinor: number;
  unrated: number;
  sections: {
    lines: {
      kind: string;
      chargeType: string;
      serviceMonth: string;
      quantity: string;
      unitPrice: string;
      baseQuantity: string;
      netMinor: number;
    }[];
  }[];
}

/** The running account of one merchant with its lines. */
export async function accountOfProduct(api: Api, number: string, id: string): Promise<Told> {
  const { upTo, netMinor, unrated, sections } = await api.get<AccountView>(`/merchants/${id}/account`);
  const lines = sections.flatMap(({ lines: some }) => some);
  return [
    `${number} up to ${upTo} ${netMinor} unrated ${unrated}`,
    ...lines.map(
      ({ kind, chargeType, serviceMonth, quantity, unitPrice, baseQuantity, netMinor: net }) =>
        `${number} ${serviceMonth} ${kind} ${chargeType} ${quantity} × ${unitPrice} ÷ ${baseQuantity} = ${net}`,
    ),
  ];
}

/** The same of the oracle, for all merchants. */
export const accountsOfOracle = (
  accounts: readonly OracleAccount[],
  cutOff: string,
  when: OracleAccount['when'],
): Told =>
  accounts
    .filter((account) => account.cutOff === cutOff && account.when === when)
    .flatMap(({ merchant, upTo, net, lines }) => [
      `${merchant} up to ${upTo} ${net} unrated 0`,
      ...lines.map((line) => `${merchant} ${line.serviceMonth} ${line.kind} ${line.chargeType} ${amountOf(line)}`),
    ]);
