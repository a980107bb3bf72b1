import type { SpecialJob } from '../oracle/facts.ts';
import { openApi, type Api, type LogIn } from './api.ts';
import type { MovableClock } from './calendar.ts';
import type { SentBatch, StockOfDay } from './facts.ts';
import type { DemoMerchant } from './merchants.ts';
import type { PlannedReturn } from './returns/plan.ts';
import type { Sample } from './sample.ts';

export type Role = 'admin' | 'finance' | 'worker' | 'merchant';

/** Who works in the demo. Their passwords are no secret: the data is of no value and the address a local one. */
export const LOG_INS: Record<Role, LogIn & { name: string; may: string }> = {
  admin: {
    email: 'admin@nordlager.example',
    password: 'demo-administrator',
    name: 'Inga Petersen',
    may: 'administrator: all desks, settings, mails at /mail',
  },
  finance: {
    email: 'finanzen@nordlager.example',
    password: 'demo-finance-desk',
    name: 'Ole Brandt',
    may: 'finance: preview, check, approve and issue runs; prices, evidence',
  },
  worker: {
    email: 'lager@nordlager.example',
    password: 'demo-packing-table',
    name: 'Meryem Aydın',
    may: 'warehouse: scan, inspect, photograph, send back',
  },
  merchant: {
    email: 'anna@herzlicht.example',
    password: 'demo-merchant-851',
    name: 'Anna Vogelsang',
    may: 'merchant 851: decisions, returns, batches, invoices',
  },
};
/** The merchant whose people have a log-in. */
export const MERCHANT_WITH_LOG_IN = '851';

/** What the demo knows while it goes on: the people, and what was done so far. */
export interface World {
  url: string;
  dataDir: string;
  clock: MovableClock;
  /** `YYYY-MM` */
  month: string;
  as: Record<Role, Api>;
  merchants: readonly DemoMerchant[];
  /** By number; filled by the set-up. */
  merchantIds: Map<string, string>;
  sample: Sample;
  planned: readonly PlannedReturn[];
  batches: SentBatch[];
  stock: StockOfDay[];
  jobs: SpecialJob[];
  /** What is to be done when the story is over, in words. */
  waiting: string;
  /** The same of what is not a return. */
  leftOpen: string;
}

export const logInAll = (url: string): Record<Role, Api> => ({
  admin: openApi(url, LOG_INS.admin),
  finance: openApi(url, LOG_INS.finance),
  worker: openApi(url, LOG_INS.worker),
  merchant: openApi(url, LOG_INS.merchant),
});

export function idOf({ merchantIds }: { merchantIds: ReadonlyMap<string, string> }, number: string): string {
  const id = merchantIds.get(number);
  if (id === undefined) throw new Error(`There is no merchant ${number}`);
  return id;
}
