import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readTable } from '../../../../shared/csv/read-table.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { carrierActions } from '../../../../shared/protocol/orders/carrier-actions.ts';
import type { CarrierFileMistake, CarrierFileOutcome } from '../../../../shared/protocol/orders/carrier-invoices.ts';
import { takingUpload } from '../../../../shared/storage/taken-upload.ts';
import { readCarrierFile } from '../../carrier-csv/read-carrier-file.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { carrierInvoiceByNumber, matchable, type NewCarrierInvoice } from '../../persistence/carrier-invoices.ts';
import { lockCarrierLines } from '../../persistence/carrier-lines.ts';
import { invoiceExists, newInvoice, record } from './record-carrier-invoice.ts';

const MOST_ERRORS_SHOWN = 100;

/**
 * The same from a CSV file of one or more invoices, all or none. A file that was imported before changes nothing; one
 * that says something else about a known invoice is a mistake of its first line.
 * @throws AppError 403 an API key of a merchant; 422 `CARRIER_INVOICE_INVALID` unless it is a dry run
 */
export function importCarrierInvoices(
  deps: OrdersDeps,
  { file, dryRun, ...defaults }: InputOf<typeof carrierActions.importCarrierInvoices>,
  actor: Actor,
): Promise<CarrierFileOutcome> {
  return takingUpload(deps, file, async () => {
    assertHouse(actor);
    const table = readTable(await deps.store.read(file.uploadKey));
    const { invoices, errors, ignoredColumns } = readCarrierFile(
      table,
      defaults,
      localDateOf(deps.now(), deps.config.KONTOR_ZONE),
    );
    const given = invoices.map(({ invoice, firstLine }) => ({ invoice: newInvoice(invoice), firstLine }));
    if (dryRun === 'true') {
      const checked = await read(deps, actor, (em) => compare(em, given));
      return { invoices: checked.invoices, errors: [...errors, ...checked.errors], ignoredColumns };
    }
    if (errors.length) throw invalid(errors);
    return transact(deps, actor, async (em, announce, audit) => {
      await lockCarrierLines(em, 'alone');
      const { errors: conflicts } = await compare(em, given);
      if (conflicts.length) throw invalid(conflicts);
      const outcomes = [];
      for (const { invoice } of given) {
        const by = { origin: 'csv' as const, by: actor.id, at: deps.now() };
        const { isNew, matched } = await record(em, { announce, audit }, invoice, by);
        outcomes.push({ ...summary(invoice), isNew, matched });
      }
      return { invoices: outcomes, errors: [], ignoredColumns };
    });
  });
}

/** What would become of each invoice, and which are there with other lines. */
async function compare(
  em: EntityManager,
  given: readonly { invoice: NewCarrierInvoice; firstLine: number }[],
): Promise<{ invoices: CarrierFileOutcome['invoices']; errors: CarrierFileMistake[] }> {
  const invoices: CarrierFileOutcome['invoices'] = [];
  const errors: CarrierFileMistake[] = [];
  for (const { invoice, firstLine } of given) {
    const known = await carrierInvoiceByNumber(em, invoice);
    if (known && known.contentHash !== invoice.contentHash)
      errors.push({
        line: firstLine,
        field: 'number',
        code: 'CARRIER_INVOICE_EXISTS',
        message: invoiceExists(invoice).message,
      });
    else {
      const numbers = invoice.lines.map(({ trackingNumber }) => trackingNumber);
      invoices.push({ ...summary(invoice), isNew: !known, matched: known ? 0 : await matchable(em, numbers) });
    }
  }
  return { invoices, errors };
}

const summary = ({ carrier, number, lines }: NewCarrierInvoice) => ({
  ...{ carrier, number, lines: lines.length },
  amountMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
});

const invalid = (errors: readonly CarrierFileMistake[]): AppError =>
  new AppError(422, 'CARRIER_INVOICE_INVALID', `The file has ${errors.length} mistakes, so nothing of it was stored`, {
    count: errors.length,
    errors: errors.slice(0, MOST_ERRORS_SHOWN).map(({ line, field, code, message }) => ({
      ...{ path: `lines.${line}${field === null ? '' : `.${field}`}`, code, message },
    })),
  });
