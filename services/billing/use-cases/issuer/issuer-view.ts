import type { OutputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { Issuer } from '../../persistence/issuer.ts';

export type IssuerView = OutputOf<typeof pricingActions.getIssuer>;

/** The issuer as the API shows it: of the logo its hash, the picture has a route of its own. */
export const issuerView = ({ logo, ...issuer }: Issuer): IssuerView => ({
  ...issuer,
  logo: logo && { sha256: logo.sha256 },
});
