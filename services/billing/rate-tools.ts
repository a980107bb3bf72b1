import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import { rateToolsActions } from '../../shared/protocol/billing/rate-tools-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import { checkRateVersion, diffRateCard } from './use-cases/rate-cards/compare-rate-cards.ts';
import { copyRateCard } from './use-cases/rate-cards/copy-rate-card.ts';
import { exportRateCardCsv, importRateCardCsv } from './use-cases/rate-cards/rate-card-csv.ts';
import { whatIfRateCard } from './use-cases/what-if/what-if-rate-card.ts';

/** The use cases behind what is done with rate cards besides pricing. */
export const rateToolsHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(rateToolsActions, {
    checkRateVersion: (input, actor) => checkRateVersion(deps, input, actor),
    copyRateCard: (input, actor) => copyRateCard(deps, input, actor),
    diffRateCard: (input, actor) => diffRateCard(deps, input, actor),
    whatIfRateCard: (input, actor) => whatIfRateCard(deps, input, actor),
    importRateCardCsv: (input, actor) => importRateCardCsv(deps, input, actor),
    exportRateCardCsv: (input, actor) => exportRateCardCsv(deps, input, actor),
  });
