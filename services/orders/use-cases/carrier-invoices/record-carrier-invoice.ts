import { createHash } from 'node:crypto';
import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { InvalidInput, invalidField, RuleViolation, type FieldError } from '../../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { transact, type Announce, type Audit } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { CarrierInvoiceInput, CarrierInvoiceView } from '../../../../shared/protocol/orders/carrier-invoices.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import {
  carrierInvoiceByNumber,
  findCarrierInvoice,
  insertCarrierInvoice,
  type NewCarrierInvoice,
} from '../../persistence/carrier-invoices.ts';
import { lockCarrierLines, matchByNumber } from '../../persistence/carrier-lines.ts';
import { tellMatched } from './tell-matched.ts';

/**
 * Takes the lines of a carrier's invoice. Those whose number one shipment has become late charges; the others wait on
 * the worklist. The same invoice again is the same one.
 * @throws AppError 403   an API key of a merchant
 * @throws RuleViolation  `CARRIER_INVOICE_EXISTS` of this number with other lines
 * @throws InvalidInput   two lines of one number, a day to come
 */
export async function recordCarrierInvoice(
  deps: OrdersDeps,
  input: CarrierInvoiceInput,
  actor: Actor,
): Promise<CarrierInvoiceView> {
  assertHouse(actor);
  if (input.invoicedOn > localDateOf(deps.now(), deps.config.KONTOR_ZONE))
    throw invalidField('invoicedOn', 'IN_THE_FUTURE', 'Must not lie in the future');
  const invoice = newInvoice(input);
  return transact(deps, actor, async (em, announce, audit) => {
    await lockCarrierLines(em, 'alone');
    const recorded = await record(em, { announce, audit }, invoice, { origin: 'api', by: actor.id, at: deps.now() });
    const view = (await findCarrierInvoice(em, recorded.id))!;
    return recorded.isNew ? view : asRepeated(view);
  });
}

/** One invoice within a transaction that holds the lock of the lines. */
export async function record(
  em: EntityManager,
  { announce, audit }: { announce: Announce; audit: Audit },
  invoice: NewCarrierInvoice,
  by: { origin: 'api' | 'csv'; by: string; at: Date },
): Promise<{ id: string; isNew: boolean; matched: number }> {
  const known = await carrierInvoiceByNumber(em, invoice);
  if (known && known.contentHash !== invoice.contentHash) throw invoiceExists(invoice);
  if (known) return { id: known.id, isNew: false, matched: 0 };
  await insertCarrierInvoice(em, invoice, by);
  const matched = await matchByNumber(em, { invoiceId: invoice.id }, by);
  await tellMatched(em, announce, matched);
  const { id, carrier, number, lines } = invoice;
  audit({
    ...{ action: 'carrier-invoice.recorded' as const, entity: 'carrier-invoice', entityId: id, merchantId: null },
    after: { carrier, number, lines: lines.length, matched: matched.length, origin: by.origin },
  });
  return { id, isNew: true, matched: matched.length };
}

export const invoiceExists = ({ carrier, number }: { carrier: string; number: string }): RuleViolation =>
  new RuleViolation('CARRIER_INVOICE_EXISTS', `Invoice ${number} of ${carrier} is stored already, with other lines`, {
    errors: [{ path: 'number', code: 'CARRIER_INVOICE_EXISTS', message: 'It is stored already, with other lines' }],
  });

/** With ids made of carrier, number and line, so that what is imported again is the same. @throws InvalidInput */
export function newInvoice({ lines, ...invoice }: CarrierInvoiceInput): NewCarrierInvoice {
  const id = uuidOf('carrier-invoice', invoice.carrier.toLowerCase(), invoice.number);
  const numbered = lines.map((one, index) => ({ ...one, line: one.line ?? index + 1 }));
  const errors = numbered.flatMap(({ line }, index): FieldError[] =>
    numbered.findIndex((other) => other.line === line) === index
      ? []
      : [{ path: `lines.${index}.line`, code: 'DUPLICATE', message: 'The invoice has a line of this number already' }],
  );
  if (errors.length) throw new InvalidInput(errors);
  const sorted = numbered.toSorted((a, b) => a.line - b.line);
  const said = [
    ...[invoice.invoicedOn, invoice.currency],
    sorted.map(({ line, trackingNumber, kind, amountMinor, text }) => [line, trackingNumber, kind, amountMinor, text]),
  ];
  return {
    ...{ ...invoice, id },
    contentHash: createHash('sha256').update(JSON.stringify(said)).digest('hex'),
    lines: sorted.map((one) => ({ ...one, id: uuidOf('carrier-line', id, one.line) })),
  };
}
