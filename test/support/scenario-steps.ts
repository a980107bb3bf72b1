import { knowMerchants } from '../../services/billing/use-cases/merchants/know-merchants.ts';
import { recordStorageSnapshots } from '../../services/billing/use-cases/storage/record-storage-snapshots.ts';
import { transact } from '../../shared/messaging/transact.ts';
import type { ContractTerms, MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import { uuidOf } from '../../shared/kernel/ids.ts';
import { FINANCE, type BillingWorld } from './billing-world.ts';

/** Stock of a warehouse at the start of a day; no lines are an empty warehouse. */
export interface StockDay {
  day: string;
  warehouse?: string;
  lines: readonly { bin: string; sku?: string; type?: 'bin' | 'pallet' | 'floor'; quantity?: string; m3?: string }[];
}

export interface ScenarioDocument {
  number: string;
  invoiceDate: string;
  split: string;
  net: number;
  gross: number;
  /** `S 1900: 10000 → 1900` per category and rate. */
  vat: string[];
}

const DAY_MS = 86_400_000;

/** Every day from one to another, both included. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** Records stock the way the API does. */
export async function recordStock(
  deps: BillingWorld['deps'],
  merchantId: string,
  days: readonly StockDay[],
): Promise<void> {
  const snapshots = days.map(({ day, warehouse = 'W1', lines }) => ({
    merchantId,
    warehouse,
    day,
    lines: lines.map(({ bin, sku = 'A-1', type = 'bin', quantity = '1', m3 }) => ({
      ...{ bin, sku, storageType: type, quantity, volumeM3: m3 ?? null },
    })),
  }));
  await recordStorageSnapshots(deps, { snapshots }, FINANCE);
}

/** Tells billing a merchant's contracts as the service that owns them would. */
export async function changeContracts(
  deps: BillingWorld['deps'],
  { query }: BillingWorld['database'],
  merchantId: string,
  contracts: readonly Partial<ContractTerms>[],
): Promise<void> {
  const [found] = await query('select snapshot from billing.merchant_ref where merchant_id = $1', [merchantId]);
  const before = found!['snapshot'] as MerchantSnapshot;
  const terms = contracts.map((contract) => ({
    ...before.contracts[0]!,
    ...{ startsOn: before.contracts[0]!.startsOn, endsOn: null },
    ...contract,
    // the same contract is the one that starts on the same day
    contractId:
      before.contracts.find(({ startsOn }) => startsOn === contract.startsOn)?.contractId ??
      uuidOf(merchantId, contract.startsOn ?? ''),
  }));
  const payload = { ...before, version: before.version + 1, contracts: terms };
  const actor = { ...FINANCE, kind: 'service' as const };
  await transact(deps, actor, (em, _announce, audit) =>
    knowMerchants(deps, { em, audit } as never, [{ payload }] as never),
  );
}

/** Finalized documents of a merchant at a cut-off, by number. */
export async function documentsOf(
  { query }: BillingWorld['database'],
  merchantId: string,
  cutoff: string,
): Promise<ScenarioDocument[]> {
  const found = await query(
    `select i.number, to_char(i.issue_date, 'YYYY-MM-DD') as "invoiceDate", i.split, i.net_minor::int as net, i.gross_minor::int as gross,
       array(select v.category || ' ' || v.rate_bp || ': ' || v.basis_minor || ' → ' || v.vat_minor from billing.invoice_vat v
             where v.invoice_id = i.id order by 1) as vat
     from billing.invoice i join billing.run r on r.id = i.run_id
     where i.merchant_id = $1 and r.cutoff = $2 and i.state = 'finalized' order by i.number`,
    [merchantId, cutoff],
  );
  return found as unknown as ScenarioDocument[];
}
