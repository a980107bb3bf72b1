import { localDateOf, monthOf, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { assertHouse, serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { vatCheckActions, VatCheckView } from '../../../../shared/protocol/merchants/vat-check-actions.ts';
import { checkVatId } from '../../../../shared/kernel/vat-id.ts';
import type { VatIdAnswer, VatIdRegister } from '../../domain/vat-id-register.ts';
import type { MerchantsDeps } from '../../merchants.deps.ts';
import { findMerchant } from '../../persistence/merchant.ts';
import { announceMerchant } from '../../persistence/snapshot.ts';
import {
  findDueForRecheck,
  findVatCheck,
  findVatChecks,
  hasAnswer,
  insertVatCheck,
  vatCheckCursor,
  vatCheckView,
  type VatCheckRow,
} from '../../persistence/vat-check.ts';

export interface VatCheckDeps extends MerchantsDeps {
  config: { KONTOR_ZONE: string };
  /** `null`: no register is set up. */
  vatRegister: VatIdRegister | null;
}
type Actions = typeof vatCheckActions;

/** @throws NotFound for the merchant */
export async function listVatChecks(
  deps: VatCheckDeps,
  { id, cursor, limit }: InputOf<Actions['listVatChecks']>,
  actor: Actor,
): Promise<Page<VatCheckView> & { isAvailable: boolean }> {
  assertHouse(actor);
  const after = readCursor(cursor, ['instant', 'id']);
  const found = await read(deps, actor, async (em) => {
    await findMerchant(em, id);
    return findVatChecks(em, id, after, limit + 1);
  });
  return { ...toPage(found, limit, vatCheckCursor, vatCheckView), isAvailable: deps.vatRegister !== null };
}

/**
 * Asks the register and keeps what it said. The question is asked between two transactions, so an answer that is lost
 * with the process was never kept, and nothing is locked while the register thinks.
 * @throws NotFound; RuleViolation without a register, or for a merchant without a VAT id that one could confirm
 */
export async function checkMerchantVatId(
  deps: VatCheckDeps,
  { id: merchantId, checkId }: InputOf<Actions['checkVatId']>,
  actor: Actor,
): Promise<VatCheckView> {
  assertHouse(actor);
  const earlier = checkId && (await read(deps, actor, (em) => findVatCheck(em, checkId)));
  if (earlier) return repeated(earlier, merchantId);
  const check = await askFor(deps, merchantId, actor, { id: checkId ?? uuidv7(deps.now()), forMonth: null });
  return keep(deps, check, actor);
}

/**
 * Asks once more about reverse-charge merchants before a month ends, one at a time: tax is owed by them only while
 * their id is valid.
 * @returns how many were asked about
 */
export async function recheckVatIds(deps: VatCheckDeps): Promise<number> {
  if (!deps.vatRegister) return 0;
  const now = deps.now();
  const zone = deps.config.KONTOR_ZONE;
  const today = localDateOf(now, zone);
  const actor = serviceActor(deps.service, `vat-recheck ${today}`);
  const merchantId = await read(deps, actor, (em) => findDueForRecheck(em, { today, now, zone }));
  if (!merchantId) return 0;
  const check = await askFor(deps, merchantId, actor, { id: uuidv7(now), forMonth: monthOf(today) });
  await keep(deps, check, actor);
  return 1;
}

/** The question and its answer; nothing is written. */
async function askFor(
  deps: VatCheckDeps,
  merchantId: string,
  actor: Actor,
  given: { id: string; forMonth: LocalMonth | null },
): Promise<VatCheckRow> {
  const { vatId, address } = await read(deps, actor, (em) => findMerchant(em, merchantId));
  const { vatRegister: register } = deps;
  if (!register) throw new RuleViolation('VAT_REGISTER_OFF', 'No register of VAT ids is set up (VAT_REGISTER_URL)');
  if (!vatId || checkVatId(vatId).country === null)
    throw new RuleViolation('VAT_ID_NOT_CHECKABLE', 'The merchant has no VAT id of the European Union');
  const askedAt = deps.now();
  const answer = await register.ask({ vatId, address }, localDateOf(askedAt, deps.config.KONTOR_ZONE));
  return {
    ...given,
    ...{ merchantId, vatId, register: register.name, askedAt },
    ...{ askedBy: actor.kind as VatCheckRow['askedBy'], askedById: actor.id },
    ...columnsOf(answer),
  };
}

const columnsOf = (answer: VatIdAnswer) => ({
  state: answer.state,
  checkedOn: answer.checkedOn,
  consultationNumber: answer.state === 'unavailable' ? null : answer.consultationNumber,
  registeredName: answer.state === 'valid' ? answer.name : null,
  registeredAddress: answer.state === 'valid' ? answer.address : null,
  nameMatches: answer.state === 'valid' ? answer.nameMatches : null,
  addressMatches: answer.state === 'valid' ? answer.addressMatches : null,
  error: answer.state === 'unavailable' ? answer.error : null,
});

/** Keeps an answer and tells the others of it, where it changes what is known. */
function keep(deps: MerchantsDeps, check: VatCheckRow, actor: Actor): Promise<VatCheckView> {
  const { id, merchantId, vatId, state, checkedOn, consultationNumber } = check;
  return transact(deps, actor, async (em, announce, audit) => {
    const isNews = state !== 'unavailable' || !(await hasAnswer(em, check));
    if (!(await insertVatCheck(em, check))) {
      const twin = await findVatCheck(em, id);
      return twin ? repeated(twin, merchantId) : vatCheckView(check);
    }
    if (isNews) await announceMerchant(em, announce, merchantId);
    audit({
      ...{ action: 'merchant.vat-id-checked', entity: 'merchant', entityId: merchantId, merchantId },
      after: { vatId, state, checkedOn, consultationNumber },
    });
    return vatCheckView(check);
  });
}

function repeated(check: VatCheckRow, merchantId: string): VatCheckView {
  if (check.merchantId !== merchantId) throw new RuleViolation('ID_TAKEN', 'Another check has this id');
  return asRepeated(vatCheckView(check));
}
