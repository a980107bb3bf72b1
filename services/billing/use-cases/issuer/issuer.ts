import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { AppError, invalidField, NotFound } from '../../../../shared/kernel/errors.ts';
import { checkVatId } from '../../../../shared/kernel/vat-id.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertHouse, assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { InvoiceKind } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { canGiveSameNumber, numbersOf, readerOf } from '../../domain/invoices/number.ts';
import {
  findIssuer,
  findIssuerForUpdate,
  ISSUER_ID,
  numberOfOthers,
  numberToComeAgain,
  PATTERN_OF,
  saveIssuer,
  type Issuer,
  type IssuerPatterns,
} from '../../persistence/issuer.ts';
import { issuerView, type IssuerView } from './issuer-view.ts';

/** With what the house checks before it bills. @throws AppError 403 @throws NotFound until it is set up */
export async function getIssuer(deps: BillingDeps, _input: unknown, actor: Actor): Promise<IssuerView> {
  assertHouse(actor);
  const issuer = await read(deps, actor, findIssuer);
  if (!issuer) throw new NotFound('issuer');
  return issuerView(issuer);
}

/** billing.md, A merchant row is parked: three times the usual; the same bound for what changed since the run before. */
const DEFAULT_CHECKS = { aboveUsualPercent: 300, changePercent: 200 };

/** The notice of the SEPA rulebooks unless less is agreed (EPC016-06, 4.6.4). */
const PRE_NOTIFICATION_DAYS = 14;
/** Of who says nothing of them. */
const DEFAULT_PATTERNS = { cancellationPattern: 'ST-{year}-{number:5}', creditNotePattern: 'RK-{year}-{number:5}' };

/**
 * Sets the issuer up or replaces what it says. The day billing starts stays unless a new one is given.
 * @throws InvalidInput `VAT_ID_INVALID` for a mistyped VAT id; when two series could give the same number, or one of them a number that there is already
 * @throws AppError 412 when somebody changed it since; 403 for who may not switch four eyes off
 */
export async function putIssuer(
  deps: BillingDeps,
  {
    profile,
    billingStartsOn,
    waitDays,
    approval,
    checks,
    preNotificationDays,
    ...given
  }: InputOf<typeof pricingActions.putIssuer>,
  actor: Actor,
): Promise<IssuerView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const before = await findIssuerForUpdate(em);
    assertVersion(actor, before?.version ?? 0);
    assertMaySwitchOff(actor, before?.approval, approval);
    assertVatId(profile.vatId, before?.profile.vatId);
    const patterns: IssuerPatterns = {
      numberPattern: given.numberPattern,
      cancellationPattern:
        given.cancellationPattern ?? before?.cancellationPattern ?? DEFAULT_PATTERNS.cancellationPattern,
      creditNotePattern: given.creditNotePattern ?? before?.creditNotePattern ?? DEFAULT_PATTERNS.creditNotePattern,
    };
    await assertApart(em, before, patterns, Object.keys(given));
    await assertNew(em, before, patterns, Number(localDateOf(deps.now(), deps.config.KONTOR_ZONE).slice(0, 4)));
    const issuer = await saveIssuer(em, {
      profile,
      ...patterns,
      waitDays,
      // who does not know of them must not switch them off
      approval: approval ?? before?.approval ?? { fourEyes: false },
      checks: {
        aboveUsualPercent:
          checks?.aboveUsualPercent ?? before?.checks.aboveUsualPercent ?? DEFAULT_CHECKS.aboveUsualPercent,
        changePercent: checks?.changePercent ?? before?.checks.changePercent ?? DEFAULT_CHECKS.changePercent,
      },
      preNotificationDays: preNotificationDays ?? before?.preNotificationDays ?? PRE_NOTIFICATION_DAYS,
      billingStartsOn: billingStartsOn ?? before?.billingStartsOn ?? localDateOf(deps.now(), deps.config.KONTOR_ZONE),
    });
    audit({
      action: before ? 'issuer.changed' : 'issuer.set-up',
      entity: 'issuer',
      entityId: ISSUER_ID,
      merchantId: null,
      ...(before ? { before } : {}),
      after: issuer,
    });
    return issuerView(issuer);
  });
}

/**
 * Series of two kinds must never give the same number, nor one that another kind gave before its pattern was changed.
 * @param given  fields of the request, of which one is named
 */
async function assertApart(
  em: EntityManager,
  before: IssuerPatterns | undefined,
  patterns: IssuerPatterns,
  given: readonly string[],
): Promise<void> {
  const fields = Object.entries(PATTERN_OF) as [InvoiceKind, keyof IssuerPatterns][];
  for (const [index, [, field]] of fields.entries()) {
    const twin = fields.slice(0, index).find(([, other]) => canGiveSameNumber(patterns[field], patterns[other]))?.[1];
    if (twin)
      throw invalidField(
        given.includes(field) ? field : twin,
        'NUMBER_PATTERNS_ALIKE',
        'Invoices, cancellations and credit notes need patterns that never give the same number',
      );
  }
  for (const [kind, field] of fields) {
    if (patterns[field] === before?.[field]) continue;
    const taken = await numberOfOthers(em, kind, numbersOf(patterns[field]));
    if (taken) throw invalidField(field, 'NUMBER_TAKEN', `Another kind of document has the number ${taken} already`);
  }
}

/** A new pattern must not give what an earlier one of its kind gave, with any number that is still to come. */
async function assertNew(
  em: EntityManager,
  before: IssuerPatterns | undefined,
  patterns: IssuerPatterns,
  year: number,
): Promise<void> {
  for (const [kind, field] of Object.entries(PATTERN_OF) as [InvoiceKind, keyof IssuerPatterns][]) {
    if (patterns[field] === before?.[field]) continue;
    const taken = await numberToComeAgain(em, kind, readerOf(patterns[field]), year);
    if (taken) throw invalidField(field, 'NUMBER_TAKEN', `There is a document ${taken} already`);
  }
}

/** What was kept before and is not touched stops no other change; runs tell it (`ISSUER_VAT_ID_INVALID`). */
function assertVatId(vatId: string | undefined, before: string | undefined): void {
  if (vatId === undefined || vatId === before) return;
  const finding = checkVatId(vatId);
  if (finding.kind === 'invalid') throw invalidField('profile.vatId', 'VAT_ID_INVALID', finding.message);
  if (finding.country === null)
    throw invalidField('profile.vatId', 'VAT_ID_INVALID', 'A VAT id begins with the prefix of a member state');
}

/** Whoever needs a second person to approve must not be able to do without one. */
function assertMaySwitchOff(
  { roles }: Actor,
  before: Issuer['approval'] | undefined,
  after: Issuer['approval'] | undefined,
): void {
  if (before?.fourEyes && after?.fourEyes === false && !roles.includes('admin'))
    throw new AppError(403, 'FOUR_EYES_ADMIN', 'Only an administrator switches four eyes off', {
      errors: [
        { path: 'approval.fourEyes', code: 'FOUR_EYES_ADMIN', message: 'Only an administrator switches this off' },
      ],
    });
}
