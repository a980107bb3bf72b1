import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/postgresql';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { baseColumns } from '../../../shared/persistence/columns.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { MerchantView } from '../../../shared/protocol/merchants/merchant-fields.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { returnPolicy, type ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import type { Address } from '../../../shared/protocol/schemas.ts';
import { treatmentFrom } from '../domain/dated-taxes.ts';

export const Merchant = defineEntity({
  name: 'Merchant',
  properties: {
    ...baseColumns,
    createdContent: p.string(),
    number: p.string(),
    name: p.string(),
    status: p.string().$type<MerchantSnapshot['status']>(),
    language: p.string().$type<MerchantSnapshot['language']>(),
    address: p.json<Address>(),
    vatId: p.string().nullable(),
    taxTreatment: p.string().$type<MerchantSnapshot['taxTreatment']>(),
    taxBefore: p.json<MerchantSnapshot['taxBefore']>(),
    exemptionReason: p.string().nullable(),
    paymentTermsDays: p.integer(),
    invoiceEmails: p.array(),
    noticeEmails: p.array(),
    purchaseOrderReference: p.string().nullable(),
    buyerReference: p.string().nullable(),
    invoiceXml: p.boolean(),
    invoiceLink: p.boolean(),
    debtorNumber: p.string().nullable(),
    rtvAddress: p.json<Address>().nullable(),
    rtvSchedule: p.string().$type<MerchantSnapshot['rtvSchedule']>(),
    returnRules: p.json<MerchantSnapshot['returnRules']>(),
    returnPolicy: p.json<Partial<ReturnPolicy>>(),
    roles: p.array().$type<('customer' | 'supplier')[]>(),
    origin: p.string().$type<'manual' | 'import' | 'api'>(),
  },
});
export type MerchantRow = InferEntity<typeof Merchant>;

/** @throws NotFound, also for a merchant out of the actor's scope: row security hides it */
export async function findMerchant(em: EntityManager, id: string, lock = false): Promise<MerchantRow> {
  const merchant = await em.findOne(Merchant, { id }, lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {});
  if (!merchant) throw new NotFound('merchant');
  return merchant;
}

/** Locks the row and nothing else; what is agreed with a merchant changes one at a time. */
export const lockMerchant = (em: EntityManager, id: string) =>
  firstRow<{ status: MerchantSnapshot['status'] }>(
    em,
    sql`select status from merchants.merchant where id = ${id} for update`,
  );

export interface MerchantFilter {
  status?: string | undefined;
  country?: string | undefined;
  number?: string | undefined;
  q?: string | undefined;
  sort: 'number' | '-number' | 'name' | '-name' | 'createdAt' | '-createdAt';
}

/** The text a list is ordered by; instants in a form whose order is that of time. */
export function sortKey(merchant: MerchantRow, sort: MerchantFilter['sort']): string {
  const field = sort.replace('-', '') as 'number' | 'name' | 'createdAt';
  return field === 'createdAt' ? merchant.createdAt.toISOString() : merchant[field];
}

/** @param after  `[sort key, id]` of the last row of the page before */
export async function findMerchants(
  em: EntityManager,
  { status, country, number, q, sort }: MerchantFilter,
  after: string[] | undefined,
  limit: number,
): Promise<MerchantRow[]> {
  const [key = null, id = null] = after ?? [];
  const column = { number: sql.ref('number'), name: sql.ref('name'), createdAt: sql.ref('created_at') };
  const by = column[sort.replace('-', '') as keyof typeof column];
  const type = sort.endsWith('createdAt') ? sql`timestamptz` : sql`text`;
  const direction = sort.startsWith('-') ? sql`desc` : sql`asc`;
  const compare = sort.startsWith('-') ? sql`<` : sql`>`;
  const found = await rows<{ id: string }>(
    em,
    sql`select id from merchants.merchant
        where (${status ?? null}::text is null or status = ${status ?? null}::text)
          and (${country ?? null}::text is null or address ->> 'country' = ${country ?? null}::text)
          and (${number ?? null}::text is null or number = ${number ?? null}::text)
          and (${q ?? null}::text is null or position(lower(${q ?? ''}) in lower(number || ' ' || name)) > 0)
          and (${key}::text is null or (${by}, id) ${compare} (${key}::${type}, ${id}::uuid))
        order by ${by} ${direction}, id ${direction} limit ${limit}`,
  );
  const merchants = await em.find(Merchant, { id: { $in: found.map((row) => row.id) } });
  const byId = new Map(merchants.map((merchant) => [merchant.id, merchant]));
  return found.map((row) => byId.get(row.id)!);
}

/** What the actor may see: a merchant's own users do not see the house's notes on it. */
export function merchantView(merchant: MerchantRow, actor: Actor): MerchantView {
  const { id, version, number, name, status, language, address, vatId, taxTreatment, paymentTermsDays } = merchant;
  const { invoiceEmails, noticeEmails, purchaseOrderReference, rtvAddress, rtvSchedule } = merchant;
  const { buyerReference, invoiceXml, invoiceLink, debtorNumber, returnRules, roles, origin } = merchant;
  return {
    id,
    version,
    number,
    name,
    status,
    language,
    address,
    vatId: vatId ?? null,
    taxTreatment,
    taxTreatmentFrom: treatmentFrom(merchant),
    exemptionReason: merchant.exemptionReason ?? null,
    paymentTermsDays,
    invoiceEmails,
    noticeEmails,
    purchaseOrderReference: purchaseOrderReference ?? null,
    buyerReference: buyerReference ?? null,
    invoiceXml,
    invoiceLink,
    rtvAddress: rtvAddress ?? null,
    rtvSchedule,
    ...(isStaff(actor)
      ? {
          debtorNumber: debtorNumber ?? null,
          returnRules,
          returnPolicy: returnPolicy.parse(merchant.returnPolicy),
          roles,
          origin,
        }
      : {}),
    createdAt: merchant.createdAt.toISOString(),
    updatedAt: merchant.updatedAt.toISOString(),
  };
}
