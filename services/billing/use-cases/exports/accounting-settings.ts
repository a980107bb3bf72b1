import { InvalidInput, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { assertHouse, assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type {
  AccountingSettings,
  AccountingSettingsView,
} from '../../../../shared/protocol/billing/accounting-settings.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { settingsErrors } from '../../domain/exports/accounts.ts';
import { findAccountingSettings, saveAccountingSettings } from '../../persistence/exports/accounting-settings.ts';
import { findIssuer, ISSUER_ID } from '../../persistence/issuer.ts';

/** @throws NotFound until they are set up */
export async function getAccountingSettings(deps: BillingDeps, actor: Actor): Promise<AccountingSettingsView> {
  assertHouse(actor);
  const settings = await read(deps, actor, (em) => findAccountingSettings(em));
  if (!settings) throw new NotFound('accounting settings');
  return settings;
}

/**
 * Says how the books of the issuer are kept, or replaces what was said.
 * @throws InvalidInput that names each account that does not fit; RuleViolation `ISSUER_MISSING` before there is one;
 * AppError 412 when somebody changed them since
 */
export async function putAccountingSettings(
  deps: BillingDeps,
  input: AccountingSettings,
  actor: Actor,
): Promise<AccountingSettingsView> {
  assertHouse(actor);
  const errors = settingsErrors(input);
  if (errors.length) throw new InvalidInput(errors);
  return transact(deps, actor, async (em, _announce, audit) => {
    if (!(await findIssuer(em))) throw new RuleViolation('ISSUER_MISSING', 'Set up the issuer first');
    const before = await findAccountingSettings(em, { forUpdate: true });
    assertVersion(actor, before?.version ?? 0);
    const settings = await saveAccountingSettings(em, input, deps.now());
    audit({
      action: before ? 'accounting-settings.changed' : 'accounting-settings.set-up',
      entity: 'accountingSettings',
      entityId: ISSUER_ID,
      merchantId: null,
      ...(before ? { before } : {}),
      after: settings,
    });
    return settings;
  });
}
