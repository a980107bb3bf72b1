// A process that corrects an invoice and ends in the middle of it: `CRASH_AT` (crash-at.ts) says where.
import type { BillingDeps } from '../../services/billing/billing.deps.ts';
import { cancelInvoice } from '../../services/billing/use-cases/corrections/cancel-invoice.ts';
import { creditInvoice } from '../../services/billing/use-cases/corrections/credit-invoice.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { serviceActor } from '../../shared/protocol/actor.ts';
import { crashAt } from './crash-at.ts';

const { DATABASE_URL, CRASH_AT, INVOICE, LINE } = process.env as Record<string, string>;
const orm = await openOrm({ service: 'billing', url: DATABASE_URL!, entities: [], poolSize: 2 });
const deps = {
  ...{ service: 'billing', orm, now: () => new Date('2026-11-02T08:00:00Z'), wake: () => undefined, wakers: new Map() },
  ...{ config: { KONTOR_ZONE: 'Europe/Berlin' }, reached: crashAt(CRASH_AT!) },
} as unknown as BillingDeps;
const actor = serviceActor('billing', 'test');
if (LINE) await creditInvoice(deps, { id: INVOICE!, reason: 'x', lines: [{ lineId: LINE, quantity: '1' }] }, actor);
else await cancelInvoice(deps, { id: INVOICE!, reason: 'x' }, actor);
