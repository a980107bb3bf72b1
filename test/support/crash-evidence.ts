import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decimalText } from '../../oracle/decimal.ts';
import { compute } from '../../oracle/oracle.ts';
import type { RateCard } from '../../oracle/rate-card.ts';
import { billedAt } from './crash-billing.ts';
import type { Load } from './crash-load.ts';
import type { TestDatabase } from './database.ts';
import type { Premises } from './product.ts';
import { inOrder, storedCharges } from './real-file.ts';

/** What an invoice must come to, line by line. */
export interface Billed {
  merchant: string;
  cutoff: string;
  lines: string[];
  net: number;
  vat: number;
  gross: number;
}

const RATE_CARD = new URL('../../demo/data/rate-card.json', import.meta.url);
const inPlace = (a: Billed, b: Billed): number =>
  `${a.cutoff} ${a.merchant}`.localeCompare(`${b.cutoff} ${b.merchant}`);

/**
 * What the oracle makes of the work as it was sent. Which run a late one came in time for is a matter of
 * chance, so it is looked up; everything else must follow.
 */
export async function billedByOracle(
  database: TestDatabase,
  numbers: readonly string[],
  { sent, others }: Pick<Load, 'sent' | 'others'>,
  { from, to }: { from: string; to: string },
): Promise<{ charges: string[]; invoices: Billed[] }> {
  const cutoffs = await billedAt(database);
  const shipments = sent.map(({ merchantId: _, late, ...shipment }) => {
    const cutoff = cutoffs.get(shipment.reference);
    return late && cutoff ? { ...shipment, knownOn: cutoff } : shipment;
  });
  const { invoices, charges, unrated } = await compute({
    rateCard: JSON.parse(await readFile(RATE_CARD, 'utf8')) as RateCard,
    merchants: numbers.map((number) => ({ number, taxTreatment: 'domestic', softwareFee: false })),
    facts: { shipments, ...others },
    ...{ from, to },
  });
  if (unrated.length) throw new Error(`Not priced: ${JSON.stringify(unrated)}`);
  const billed = invoices.map(({ merchant, cutOff, lines, net, vat, gross }) => ({
    ...{ merchant, cutoff: cutOff, net: Number(net), vat: Number(vat), gross: Number(gross) },
    lines: lines
      .map(
        ({ serviceMonth, chargeType, quantity, unitPrice, net: lineNet }) =>
          `${serviceMonth} ${chargeType} ${decimalText(quantity)} × ${decimalText(unitPrice)} = ${lineNet}`,
      )
      .toSorted(),
  }));
  return { charges: inOrder(charges), invoices: billed.toSorted(inPlace) };
}

/** Every invoice as it is stored. */
export async function billedByProduct(database: TestDatabase): Promise<Billed[]> {
  const rows = await database.query<
    Record<'net' | 'vat' | 'gross', string> & Pick<Billed, 'merchant' | 'cutoff' | 'lines'>
  >(
    `select m.number as merchant, r.cutoff::text as cutoff, i.net_minor as net, i.vat_minor as vat, i.gross_minor as gross,
       array_agg(l.service_month || ' ' || l.charge_type || ' ' || trim_scale(l.quantity) || ' × ' || trim_scale(l.unit_price) || ' = ' || l.net_minor) as lines
     from billing.invoice i join billing.run r on r.id = i.run_id join billing.merchant_ref m on m.merchant_id = i.merchant_id
       join billing.invoice_line l on l.invoice_id = i.id
     where i.state = 'finalized' group by i.id, m.number, r.cutoff`,
  );
  return rows
    .map(({ net, vat, gross, lines, ...row }) => ({
      ...row,
      ...{ net: Number(net), vat: Number(vat), gross: Number(gross) },
      lines: lines.toSorted(),
    }))
    .toSorted(inPlace);
}

export const chargesOf = async (database: TestDatabase): Promise<string[]> => inOrder(await storedCharges(database));

/** Whether each invoice has its document, with the bytes that its row names. */
export async function documentsOf({ database, dir }: Premises): Promise<{ state: string; intact: boolean }[]> {
  const rows = await database.query<{ state: string; key: string; sha256: string }>(
    `select d.state, d.object_key as key, d.sha256 from billing.invoice i
       left join billing.invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'`,
  );
  return rows.map(({ state, key, sha256 }) => ({
    state,
    intact:
      createHash('sha256')
        .update(readFileSync(path.join(dir, 'objects', key)))
        .digest('hex') === sha256,
  }));
}

export const mailsOf = (
  database: TestDatabase,
): Promise<{ invoice: string; messageId: string; sent: boolean; attempts: number }[]> =>
  database.query(
    `select document_id as invoice, message_id_header as "messageId", state = 'sent' as sent, attempts from notifications.message`,
  );
