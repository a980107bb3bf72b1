import { withPicture } from '../../../../shared/images/keep-picture.ts';
import { NotFound } from '../../../../shared/kernel/errors.ts';
import { answeredBefore, read, transact } from '../../../../shared/messaging/transact.ts';
import { assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import { takingUpload } from '../../../../shared/storage/taken-upload.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { findIssuer, findIssuerForUpdate, ISSUER_ID, saveLogo, type Logo } from '../../persistence/issuer.ts';
import { issuerView, type IssuerView } from './issuer-view.ts';

type Actions = typeof pricingActions;

/**
 * Keeps the logo for the documents to come: decoded and re-encoded in a child, stored by its hash. Documents that are
 * finalized keep theirs. The same logo again changes nothing.
 * @throws NotFound until the issuer is set up; AppError 412; what the image processor refuses
 */
export const setLogo = (
  deps: BillingDeps,
  { file }: InputOf<Actions['setIssuerLogo']>,
  actor: Actor,
): Promise<IssuerView> =>
  takingUpload(deps, file, async () => {
    const issuer = await read(deps, actor, findIssuer);
    if (!issuer) throw new NotFound('issuer');
    const earlier = await answeredBefore<IssuerView>(deps, actor);
    if (earlier) return earlier.answer;
    assertVersion(actor, issuer.version);
    const { key: objectKey, sha256 } = await withPicture(deps, file, ({ web }) =>
      deps.store.keepContent('logos', web, 'jpg'),
    );
    return changeLogo(deps, actor, { objectKey, sha256 });
  });

/** Documents to come have the name of the issuer in its place. */
export const removeLogo = (deps: BillingDeps, _input: unknown, actor: Actor): Promise<IssuerView> =>
  changeLogo(deps, actor, null);

/** The logo as it is put on documents. @throws NotFound while there is none */
export async function getLogo(
  deps: BillingDeps,
  _input: unknown,
  actor: Actor,
): Promise<OutputOf<Actions['getIssuerLogo']>> {
  const issuer = await read(deps, actor, findIssuer);
  if (!issuer?.logo) throw new NotFound('logo');
  return { objectKey: issuer.logo.objectKey, contentType: 'image/jpeg', filename: 'logo.jpg', disposition: 'inline' };
}

const changeLogo = (deps: BillingDeps, actor: Actor, logo: Logo | null): Promise<IssuerView> =>
  transact(deps, actor, async (em, _announce, audit) => {
    const before = await findIssuerForUpdate(em);
    if (!before) throw new NotFound('issuer');
    assertVersion(actor, before.version);
    if (before.logo?.sha256 === logo?.sha256) return issuerView(before);
    const after = await saveLogo(em, logo);
    audit({
      action: logo ? 'issuer.logo-set' : 'issuer.logo-removed',
      entity: 'issuer',
      entityId: ISSUER_ID,
      merchantId: null,
      before: { logo: before.logo },
      after: { logo },
    });
    return issuerView(after);
  });
