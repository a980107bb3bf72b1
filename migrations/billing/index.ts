import type { History } from '../../shared/persistence/migrate.ts';
import { Billing } from './2026-11-21-billing.ts';
import { ChargeSource } from './2026-11-24-charge-source.ts';
import { Pricing } from './2026-11-26-pricing.ts';
import { Storage } from './2026-11-27-storage.ts';
import { RunsInDepth } from './2026-11-27-runs.ts';
import { SpecialJobs } from './2026-11-28-special-jobs.ts';
import { ClaimRunRow } from './2026-11-28-claim-run-row.ts';
import { WaitingRows } from './2026-11-29-waiting-rows.ts';
import { SoftwareUsers } from './2026-11-29-software-users.ts';
import { ReleasedCharges } from './2026-12-01-released-charges.ts';
import { RunTotals } from './2026-12-02-run-totals.ts';
import { OneStepPerMerchant } from './2026-12-02-one-step-per-merchant.ts';
import { CarrierCredits } from './2026-12-03-carrier-credits.ts';
import { ChargesAsRated } from './2026-12-03-charges-as-rated.ts';
import { LegalDocuments } from './2026-12-04-legal-documents.ts';
import { Corrections } from './2026-12-05-corrections.ts';
import { LineDisputes } from './2026-12-10-line-disputes.ts';

export const billingMigrations: History['migrations'] = [
  { name: '2026-11-21-billing', class: Billing },
  { name: '2026-11-24-charge-source', class: ChargeSource },
  { name: '2026-11-26-pricing', class: Pricing },
  { name: '2026-11-27-storage', class: Storage },
  { name: '2026-11-27-runs', class: RunsInDepth },
  { name: '2026-11-28-special-jobs', class: SpecialJobs },
  { name: '2026-11-28-claim-run-row', class: ClaimRunRow },
  { name: '2026-11-29-waiting-rows', class: WaitingRows },
  { name: '2026-11-29-software-users', class: SoftwareUsers },
  { name: '2026-12-01-released-charges', class: ReleasedCharges },
  { name: '2026-12-02-run-totals', class: RunTotals },
  { name: '2026-12-02-one-step-per-merchant', class: OneStepPerMerchant },
  { name: '2026-12-03-carrier-credits', class: CarrierCredits },
  { name: '2026-12-03-charges-as-rated', class: ChargesAsRated },
  { name: '2026-12-04-legal-documents', class: LegalDocuments },
  { name: '2026-12-05-corrections', class: Corrections },
  { name: '2026-12-10-line-disputes', class: LineDisputes },
];
