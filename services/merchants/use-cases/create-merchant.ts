import { refusedField, RuleViolation, type FieldError } from '../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { violatedConstraint } from '../../../shared/persistence/transaction.ts';
import { assertHouse, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import type { MerchantView } from '../../../shared/protocol/merchants/merchant-fields.ts';
import { contentHash } from '../content-hash.ts';
import { assertMerchantFits } from '../domain/merchant-rules.ts';
import type { MerchantsDeps } from '../merchants.deps.ts';
import { Merchant, merchantView } from '../persistence/merchant.ts';
import { announceMerchant } from '../persistence/snapshot.ts';
import { lockId } from './acting.ts';

type NewMerchant = InputOf<typeof merchantsActions.createMerchant>;

/** @throws InvalidInput; RuleViolation when the number, the debtor number or the id is taken */
export async function createMerchant(deps: MerchantsDeps, input: NewMerchant, actor: Actor): Promise<MerchantView> {
  assertHouse(actor);
  assertMerchantFits(input);
  const { id = uuidv7(deps.now()), ...content } = input;
  return translateTaken(() =>
    transact(deps, actor, async (em, announce, audit) => {
      await lockId(em, id);
      const existing = await em.findOne(Merchant, { id });
      if (existing) {
        if (existing.createdContent === contentHash(asCreated(content)))
          return asRepeated(merchantView(existing, actor));
        throw new RuleViolation('ID_TAKEN', 'A merchant with this id and other content exists');
      }
      const merchant = em.create(Merchant, {
        id,
        merchantId: id,
        createdContent: contentHash(asCreated(content)),
        ...content,
        returnPolicy: content.returnPolicy ?? {},
        status: 'active',
        taxBefore: [],
        origin: ORIGINS[actor.kind],
        createdAt: deps.now(),
        updatedAt: deps.now(),
      });
      em.persist(merchant);
      await announceMerchant(em, announce, id);
      audit({ action: 'merchant.created', entity: 'merchant', entityId: id, merchantId: id, after: content });
      return merchantView(merchant, actor);
    }),
  );
}

/** Without what merchants of earlier days could not have, so that the same create is the same still. */
const asCreated = (given: Omit<NewMerchant, 'id'>): object => {
  const { exemptionReason, buyerReference, invoiceXml, invoiceLink, ...content } = given;
  return {
    ...content,
    ...(exemptionReason === null ? {} : { exemptionReason }),
    ...(buyerReference === null ? {} : { buyerReference }),
    ...(invoiceXml ? { invoiceXml } : {}),
    ...(invoiceLink ? { invoiceLink } : {}),
  };
};

/** A person at the screen, another program, or one of our own services with a file. */
const ORIGINS = { user: 'manual', apiKey: 'api', service: 'import', anonymous: 'manual', link: 'manual' } as const;

const TAKEN: Record<string, FieldError> = {
  merchant_number: { path: 'number', code: 'MERCHANT_NUMBER_TAKEN', message: 'Another merchant has this number' },
  merchant_debtor_number: {
    path: 'debtorNumber',
    code: 'DEBTOR_NUMBER_TAKEN',
    message: 'Another merchant has this debtor number',
  },
};

/** Uniqueness is the database's to decide: a check before would miss a twin in flight. */
export async function translateTaken<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const taken = TAKEN[violatedConstraint(error) ?? ''];
    throw taken ? refusedField(taken) : error;
  }
}
