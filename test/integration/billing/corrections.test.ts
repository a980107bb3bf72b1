import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { validateCii } from '../../../services/billing/documents/e-invoice/validate-cii.ts';
import { readTotals } from '../../../services/billing/documents/e-invoice/read-totals.ts';
import { writeCii } from '../../../services/billing/documents/e-invoice/write-cii.ts';
import { invoiceModel } from '../../../services/billing/documents/invoice-model.ts';
import {
  creditInvoice,
  creditWithin,
  previewCredit,
} from '../../../services/billing/use-cases/corrections/credit-invoice.ts';
import { issueCredit } from '../../../services/billing/use-cases/corrections/issue-credit.ts';

import { cancelInvoice } from '../../../services/billing/use-cases/corrections/cancel-invoice.ts';
import { getInvoice, listInvoices } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { putIssuer } from '../../../services/billing/use-cases/issuer/issuer.ts';
import { getCreditBalance } from '../../../services/billing/use-cases/payments/credit.ts';
import { getPayment, recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InvoiceView } from '../../../shared/protocol/billing/runs-actions.ts';
import { createBillingWorld, FINANCE, type BillingWorld, type TestCharge } from '../../support/billing-world.ts';
import { correctionsOf, type IssuedDocument } from '../../support/corrections.ts';
import { corrupt, findings } from '../../support/self-check.ts';

let world: BillingWorld;
let fix: ReturnType<typeof correctionsOf>;
let serial = 0;
const CUTOFF = '2026-10-31';
const query = (text: string, values?: unknown[]) => world.database.query(text, values);

beforeAll(async () => {
  world = await createBillingWorld();
  fix = correctionsOf(world);
});
afterAll(() => world.close());

type Charge = Omit<TestCharge, 'merchantId' | 'day'> & { day?: string };
const PACKS: Charge[] = [
  { rule: 'pack', quantity: '100' },
  { rule: 'returnParcel', quantity: '1' },
];

/** A merchant with charges of October. */
async function merchantWith(charges: readonly Charge[] = PACKS): Promise<string> {
  serial += 1;
  const merchantId = await world.addMerchant(`Merchant ${serial}`);
  await world.addCharges(charges.map((charge) => ({ day: '2026-10-20', ...charge, merchantId })));
  return merchantId;
}

/** Drafts and, unless it stays there, issues what is due. */
async function bill(merchantId: string, cutoff = CUTOFF): Promise<string> {
  const { id } = await startRun(world.deps, { cutoff, merchantIds: [merchantId] }, FINANCE);
  await world.work();
  await steps(id, merchantId);
  return id;
}
async function steps(id: string, merchantId: string): Promise<void> {
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds: [merchantId] }, FINANCE);
    await world.work();
  }
}
async function invoiced(charges?: readonly Charge[]): Promise<InvoiceView> {
  const merchantId = await merchantWith(charges);
  await bill(merchantId);
  const [found] = await fix.live(merchantId);
  return getInvoice(world.deps, { id: found!.id }, FINANCE);
}
const lineOf = ({ lines }: InvoiceView, chargeType = 'pack') => lines.find((line) => line.chargeType === chargeType)!;
const rowOf = async (runId: string, merchantId: string) =>
  (await getRun(world.deps, { id: runId }, FINANCE)).rows.find((row) => row.merchantId === merchantId)!;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { type: string }) => error.type,
  );
const modelOf = async (id: string) =>
  (await query('select model from billing.invoice_document where invoice_id = $1', [id]))[0]!['model'];

test('H5 twenty clicks at once cancel once, and every answer is that cancellation', async () => {
  const invoice = await invoiced();
  const answers = await Promise.all(Array.from({ length: 20 }, () => fix.cancel(invoice.id)));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(answers[0]).toMatchObject({
    ...{ kind: 'cancellation', state: 'finalized', number: 'ST-2026-00001', reason: 'Falscher Preis' },
    ...{ netMinor: -4790, vatMinor: -910, grossMinor: -5700, dueDate: '2026-11-02' },
    corrects: { id: invoice.id, number: invoice.number, issueDate: invoice.issueDate },
    lines: [
      { quantity: '-100', netMinor: -4500, remainingNetMinor: 0 },
      { quantity: '-1', netMinor: -290 },
    ],
  });
  const original = await getInvoice(world.deps, { id: invoice.id }, FINANCE);
  expect(original).toMatchObject({ state: 'cancelled', corrections: [{ id: answers[0]!.id, kind: 'cancellation' }] });
  expect(original.lines.map(({ remainingNetMinor }) => remainingNetMinor)).toEqual([0, 0]);
  expect(await query(`select kind, last_number from billing.number_series where kind = 'cancellation'`)).toEqual([
    { kind: 'cancellation', last_number: 1 },
  ]);
});

test('H5 a cancelled invoice frees its charges; the row is billed anew with what came meanwhile', async () => {
  const invoice = await invoiced();
  const { merchantId, runId } = invoice;
  await fix.cancel(invoice.id);
  expect(
    await query(`select line_id, state, late_exempt from billing.charge where merchant_id = $1`, [merchantId]),
  ).toEqual([1, 2].map(() => ({ line_id: null, state: 'accrued', late_exempt: true })));
  expect(await rowOf(runId, merchantId)).toMatchObject({ state: 'cancelled', netMinor: null });
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-21', quantity: '1' }]);
  await fix.again(merchantId, runId);
  expect(await rowOf(runId, merchantId)).toMatchObject({ state: 'finalized', netMinor: 4835 });
  const [live] = await fix.live(merchantId);
  expect(live).toMatchObject({ net: 4835 });
  expect(live!.number).not.toBe(invoice.number);
});

test('H5 H6 I1 I7 what was paid of a document that is corrected is credit, which the same bill made anew uses at once', async () => {
  const [cancelled, credited] = [await invoiced(), await invoiced()];
  const pay = ({ id, merchantId, grossMinor }: InvoiceView) =>
    recordPayment(
      world.deps,
      {
        merchantId,
        amountMinor: grossMinor,
        valueDate: '2026-11-01',
        remittance: '',
        allocations: [{ invoiceId: id, amountMinor: grossMinor }],
      },
      FINANCE,
    );
  const [first, second] = [await pay(cancelled), await pay(credited)];
  await cancelInvoice(world.deps, { id: cancelled.id, reason: 'Wrong merchant' }, FINANCE);
  expect(await getInvoice(world.deps, { id: cancelled.id }, FINANCE)).toMatchObject({
    state: 'cancelled',
    openMinor: 0,
  });
  const balanceOf = async ({ merchantId: id }: InvoiceView) =>
    (await getCreditBalance(world.deps, { id }, FINANCE)).balanceMinor;
  const creditOf = { unallocatedMinor: 0, creditMinor: cancelled.grossMinor };
  expect(await getPayment(world.deps, { id: first.id }, FINANCE)).toMatchObject(creditOf);
  expect(await balanceOf(cancelled)).toBe(cancelled.grossMinor);
  await fix.again(cancelled.merchantId, cancelled.runId);
  const [anew] = await fix.live(cancelled.merchantId);
  expect(await getInvoice(world.deps, { id: anew!.id }, FINANCE)).toMatchObject({ openMinor: 0, payment: 'paid' });
  expect(await modelOf(anew!.id)).toMatchObject({ prepaidMinor: cancelled.grossMinor });
  expect(await balanceOf(cancelled)).toBe(0);
  const lines = [{ lineId: lineOf(credited).id, netMinor: 1000 }];
  await creditInvoice(world.deps, { id: credited.id, reason: 'Goodwill', lines }, FINANCE);
  expect(await getInvoice(world.deps, { id: credited.id }, FINANCE)).toMatchObject({ openMinor: 0, payment: 'paid' });
  expect(await getPayment(world.deps, { id: second.id }, FINANCE)).toMatchObject({
    ...{ unallocatedMinor: 0, creditMinor: 1190 },
  });
  expect(await balanceOf(credited)).toBe(1190);
});

test('H5 what nobody bills again comes with the next run, not held for its age, and with the day of its service', async () => {
  const invoice = await invoiced([
    { rule: 'pack', day: '2026-07-20', quantity: '10' },
    { rule: 'pack', day: '2026-10-20' },
  ]);
  const { merchantId } = invoice;
  // held for its age at first, so it stands on nothing yet
  const held = await query(`select id from billing.charge where merchant_id = $1 and state = 'held'`, [merchantId]);
  expect(held).toHaveLength(1);
  await fix.cancel(invoice.id);
  world.at('2027-02-05T08:00:00Z');
  await bill(merchantId, '2027-01-31');
  world.at('2026-11-02T08:00:00Z');
  const [live] = await fix.live(merchantId);
  expect(live).toMatchObject({ net: 45, number: 'RE-2027-00001' });
  const content = invoiceModel.parse(await modelOf(live!.id));
  expect(content.sections).toMatchObject([
    {
      servicePeriod: { from: '2026-10-20', to: '2027-01-31' },
      lines: [{ quantity: '1', detail: expect.stringContaining('Nachberechnung, Leistung vom 20.10.2026') }],
    },
  ]);
  expect(writeCii(content)).toContain('<udt:DateTimeString format="102">20261020</udt:DateTimeString>');
});

test('H5 the cancellation is a document like others: content, event, mail, audit', async () => {
  const invoice = await invoiced();
  const { id } = await fix.cancel(invoice.id, 'Kunde verwechselt');
  const [original, mirrored] = [invoiceModel.parse(await modelOf(invoice.id)), invoiceModel.parse(await modelOf(id))];
  expect(mirrored).toMatchObject({
    ...{ kind: 'cancellation', reason: 'Kunde verwechselt', corrects: { number: invoice.number } },
    ...{ seller: original.seller, buyer: original.buyer, servicePeriod: original.servicePeriod },
  });
  await world.work();
  expect(await getInvoice(world.deps, { id }, FINANCE)).toMatchObject({ document: 'ready', delivery: 'queued' });
  const events = await query(
    `select type, payload -> 'kind' as kind, payload -> 'corrects' as corrects from messaging.event where payload ->> 'invoiceId' = $1 order by type`,
    [id],
  );
  const corrects = { invoiceId: invoice.id, number: invoice.number, issueDate: invoice.issueDate };
  expect(events).toEqual(
    ['document-ready', 'finalized'].map((fact) => ({
      type: `billing.invoice-${fact}.v1`,
      kind: 'cancellation',
      corrects,
    })),
  );
  expect(
    await query(
      `select action, actor_id from messaging.audit_entry where entity_id = any($1) and action <> 'invoice.document-retried' order by at, action`,
      [[invoice.id, id]],
    ),
  ).toEqual(
    expect.arrayContaining([
      { action: 'invoice.cancelled', actor_id: 'finance-1' },
      { action: 'invoice.finalized', actor_id: 'finance-1' },
    ]),
  );
});

test('H5 H6 what cannot be corrected says why, and nothing is written', async () => {
  const draft = await merchantWith();
  await startRun(world.deps, { cutoff: CUTOFF, merchantIds: [draft] }, FINANCE);
  await world.work();
  const [{ id: draftId }] = (await query(`select id from billing.invoice where merchant_id = $1`, [draft])) as [
    { id: string },
  ];
  const cancelled = await invoiced();
  const cancellation = await fix.cancel(cancelled.id);
  const credited = await invoiced();
  const creditNote = await fix.credit(credited.id, [{ lineId: lineOf(credited).id, quantity: '1' }]);
  const before = await query('select count(*) from billing.invoice');
  const line = [{ lineId: lineOf(credited).id, netMinor: 1 }];
  const outsider: Actor = { ...FINANCE, scope: [credited.merchantId] };
  expect({
    draft: await refusal(fix.cancel(draftId)),
    cancellation: await refusal(fix.cancel(cancellation.id)),
    creditNote: await refusal(fix.cancel(creditNote.id)),
    credited: await refusal(fix.cancel(credited.id)),
    unknown: await refusal(fix.cancel(draft)),
    outsider: await refusal(cancelInvoice(world.deps, { id: credited.id, reason: 'x' }, outsider)),
    'credit of a draft': await refusal(fix.credit(draftId, line)),
    'credit of a credit note': await refusal(fix.credit(creditNote.id, line)),
    'credit of a cancelled one': await refusal(fix.credit(cancelled.id, line)),
    'credit of an unknown one': await refusal(fix.credit(draft, line)),
    'too much': await refusal(fix.credit(credited.id, [{ lineId: lineOf(credited).id, quantity: '99.5' }])),
  }).toEqual({
    ...{
      draft: 'INVOICE_IS_DRAFT',
      cancellation: 'NOT_AN_INVOICE',
      creditNote: 'NOT_AN_INVOICE',
      credited: 'CREDITED_ALREADY',
    },
    ...{ unknown: 'INVOICE_NOT_FOUND', outsider: expect.any(String) },
    ...{
      'credit of a draft': 'INVOICE_IS_DRAFT',
      'credit of a credit note': 'NOT_AN_INVOICE',
      'credit of a cancelled one': 'INVOICE_CANCELLED',
    },
    ...{ 'credit of an unknown one': 'INVOICE_NOT_FOUND', 'too much': 'INVALID_INPUT' },
  });
  expect(await query('select count(*) from billing.invoice')).toEqual(before);
});

test('H6 credits by quantity and amount up to the last cent of net and tax', async () => {
  // 3 × 0.45 = 1.35, 19 % of it 0.26; and 2.90 with 0.55: together 0.81 of 4.25
  const invoice = await invoiced([{ rule: 'pack', quantity: '3' }, { rule: 'returnParcel' }]);
  const [pack, parcel] = [lineOf(invoice), lineOf(invoice, 'returnParcel')];
  const notes = [
    await fix.credit(invoice.id, [{ lineId: pack.id, quantity: '1' }]),
    await fix.credit(invoice.id, [
      { lineId: pack.id, quantity: '1' },
      { lineId: parcel.id, netMinor: 101 },
    ]),
    await fix.credit(invoice.id, [{ lineId: parcel.id, netMinor: 33 }]),
  ];
  expect(notes.map(({ netMinor, vatMinor }) => [netMinor, vatMinor])).toEqual([
    [-45, -9],
    [-146, -28],
    [-33, -6],
  ]);
  const rest = await getInvoice(world.deps, { id: invoice.id }, FINANCE);
  expect(rest.lines.map(({ remainingQuantity, remainingNetMinor }) => [remainingQuantity, remainingNetMinor])).toEqual([
    ['1', 45],
    ['1', 156],
  ]);
  const lines = rest.lines.map(({ id, remainingNetMinor }) => ({ lineId: id, netMinor: remainingNetMinor }));
  const preview = await previewCredit(world.deps, { id: invoice.id, lines }, FINANCE);
  const last = await fix.credit(invoice.id, lines, 'Rest');
  expect(preview).toMatchObject({ netMinor: last.netMinor, vatMinor: last.vatMinor, grossMinor: last.grossMinor });
  const all = [...notes, last];
  expect(all.reduce((sum, { grossMinor }) => sum + grossMinor, 0)).toBe(-invoice.grossMinor);
  expect(all.map(({ number }) => number!.slice(0, 8))).toEqual(all.map(() => 'RK-2026-'));
  for (const { id } of all) invoiceModel.parse(await modelOf(id));
  expect(await refusal(fix.credit(invoice.id, [{ lineId: pack.id, netMinor: 1 }]))).toBe('INVALID_INPUT');
  expect((await getInvoice(world.deps, { id: invoice.id }, FINANCE)).corrections.map(({ id }) => id)).toEqual(
    all.map(({ id }) => id),
  );
  // its charges stay billed, and nothing of it is open for a run
  expect(
    await query(`select count(line_id)::int as linked from billing.charge where merchant_id = $1`, [
      invoice.merchantId,
    ]),
  ).toEqual([{ linked: 2 }]);
  await world.work();
  expect(
    await query(`select distinct state from billing.invoice_document where invoice_id = any($1)`, [
      all.map(({ id }) => id),
    ]),
  ).toEqual([{ state: 'ready' }]);
});

test('H6 the last credit note takes the rest of a tax, and its document is made', async () => {
  // 0.45 have 0.09 and 0.30 have 0.06 of tax; together they have 0.14
  const invoice = await invoiced([{ rule: 'pack' }, { rule: 'pick' }]);
  const notes = [];
  for (const { id: lineId, quantity } of invoice.lines)
    notes.push(await fix.credit(invoice.id, [{ lineId, quantity }]));
  expect(notes.map(({ vatMinor }) => vatMinor).toSorted((a, b) => a - b)).toEqual([-8, -6]);
  await world.work();
  for (const { id } of notes)
    expect(await getInvoice(world.deps, { id }, FINANCE)).toMatchObject({ document: 'ready', documentFinding: null });
});

test('H5 H6 a reason that no document can show is refused, and nothing is stored', async () => {
  const invoice = await invoiced();
  const before = await query('select count(*) from billing.invoice');
  const refused = (work: Promise<unknown>) =>
    expect(work).rejects.toMatchObject({
      ...{ code: 422, type: 'INVALID_INPUT' },
      data: { errors: [{ path: 'reason', code: 'NOT_PRINTABLE' }] },
    });
  await refused(fix.cancel(invoice.id, 'Entschuldigung 🙏'));
  await refused(fix.credit(invoice.id, [{ lineId: lineOf(invoice).id, netMinor: 1 }], '対応'));
  expect(await query('select count(*) from billing.invoice')).toEqual(before);
  expect((await getInvoice(world.deps, { id: invoice.id }, FINANCE)).state).toBe('finalized');
});

/** Issued with what no document can show, as before a run looked for it. */
async function parked(frozen: string, charges?: readonly Charge[]): Promise<InvoiceView> {
  const merchantId = await merchantWith(charges);
  const { id } = await startRun(world.deps, { cutoff: CUTOFF, merchantIds: [merchantId] }, FINANCE);
  await world.work();
  await requestStep(world.deps, 'approve', { id, merchantIds: [merchantId] }, FINANCE);
  await world.work();
  await corrupt(world.database, frozen.replaceAll('$merchant', `'${merchantId}'`));
  await requestStep(world.deps, 'finalize', { id, merchantIds: [merchantId] }, FINANCE);
  await world.work();
  const [found] = await fix.live(merchantId);
  return getInvoice(world.deps, { id: found!.id }, FINANCE);
}

test('H5 what could not be printed is cancelled by the records of now, and billed again', async () => {
  const invoice = await parked(
    `update billing.run_merchant set merchant_frozen = jsonb_set(merchant_frozen, '{address,name}', '"深圳市 Ltd"') where merchant_id = $merchant;
     update billing.invoice_line set label = 'Verpackung 📦' where merchant_id = $merchant and charge_type = 'pack'`,
  );
  expect(invoice).toMatchObject({ document: 'parked', documentFinding: { code: 'DOCUMENT_GLYPH_MISSING' } });
  const { id } = await fix.cancel(invoice.id);
  await world.work();
  expect(await getInvoice(world.deps, { id }, FINANCE)).toMatchObject({ document: 'ready', documentFinding: null });
  expect(await modelOf(id)).toMatchObject({
    buyer: { name: expect.stringMatching(/^Merchant \d+$/) },
    sections: [{ lines: [{ description: 'Verpackung □' }] }, {}],
  });
  await fix.again(invoice.merchantId, invoice.runId);
  const [again] = await fix.live(invoice.merchantId);
  expect(await getInvoice(world.deps, { id: again!.id }, FINANCE)).toMatchObject({
    ...{ document: 'ready', grossMinor: invoice.grossMinor },
  });
});

test('H5 what still cannot be made is not cancelled before the records are put right', async () => {
  const invoice = await parked(
    `update billing.run_merchant set merchant_frozen = jsonb_set(merchant_frozen, '{address,country}', '"UK"') where merchant_id = $merchant`,
  );
  expect(invoice).toMatchObject({ document: 'parked', documentFinding: { findings: [{ rule: 'BR-CL-14' }] } });
  const rename = (key: string, value: string) =>
    query(
      `update billing.merchant_ref set snapshot = jsonb_set(snapshot, $2::text[], to_jsonb($3::text)) where merchant_id = $1`,
      [invoice.merchantId, `{address,${key}}`, value],
    );
  const before = await query('select * from billing.number_series order by kind, year');
  await rename('country', 'UK');
  expect(await refusal(fix.cancel(invoice.id))).toBe('COUNTRY_UNKNOWN');
  await rename('country', 'GB');
  await rename('city', '深圳');
  expect(await refusal(fix.cancel(invoice.id))).toBe('DOCUMENT_GLYPH_MISSING');
  expect(await query('select * from billing.number_series order by kind, year')).toEqual(before);
  await rename('city', 'Leeds');
  const { id } = await fix.cancel(invoice.id);
  await world.work();
  expect((await getInvoice(world.deps, { id }, FINANCE)).document).toBe('ready');
});

test('H6 many credits at once never exceed the line, whoever is first', async () => {
  const invoice = await invoiced();
  const { id: lineId } = lineOf(invoice);
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => refusal(fix.credit(invoice.id, [{ lineId, quantity: '20' }]))),
  );
  expect(answers.toSorted()).toEqual(
    [...Array.from({ length: 7 }, () => 'INVALID_INPUT'), ...Array.from({ length: 5 }, () => 'done')].toSorted(),
  );
  expect((await getInvoice(world.deps, { id: invoice.id }, FINANCE)).lines[0]).toMatchObject({ remainingNetMinor: 0 });
});

test('H5 H6 a cancellation and credits at once: one or the other', async () => {
  const invoice = await invoiced();
  const credit = () => refusal(fix.credit(invoice.id, [{ lineId: lineOf(invoice).id, quantity: '1' }]));
  const answers = await Promise.all([
    credit(),
    refusal(fix.cancel(invoice.id)),
    credit(),
    refusal(fix.cancel(invoice.id)),
  ]);
  const { state, corrections } = await getInvoice(world.deps, { id: invoice.id }, FINANCE);
  const kinds = corrections.map(({ kind }) => kind);
  expect(state === 'cancelled' ? kinds : new Set(kinds)).toEqual(
    state === 'cancelled' ? ['cancellation'] : new Set(['creditNote']),
  );
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(2);
});

test('H6 a credit is a part of another use case, and undone with it', async () => {
  const invoice = await invoiced();
  const credit = {
    invoiceId: invoice.id,
    lines: [{ lineId: lineOf(invoice).id, quantity: '2' }],
    reason: 'Beanstandet',
  };
  const within = (fails: boolean) =>
    transact(world.deps, FINANCE, async (em, announce, audit) => {
      const issued = await creditWithin(world.deps, { em, announce, audit }, credit, FINANCE);
      if (fails) throw new Error('the dispute was settled by somebody else');
      return issued;
    });
  const last = () => query(`select last_number from billing.number_series where kind = 'creditNote' and year = 2026`);
  const before = await last();
  await expect(within(true)).rejects.toThrow('somebody else');
  expect(await last()).toEqual(before);
  expect(await within(false)).toMatchObject({ grossMinor: -107 });
});

test('H6 the database refuses what no use case asks for', async () => {
  const [invoice, other] = [await invoiced(), await invoiced()];
  const credit = await fix.credit(invoice.id, [{ lineId: lineOf(invoice).id, quantity: '1' }]);
  const copy = (changes: string, lines: string) =>
    refusalOf(`
      insert into billing.invoice select n.* from billing.invoice t, jsonb_populate_record(t, jsonb_build_object('id', '${NEW}', 'state', 'draft', 'number', null, 'series_number', 999) || ${changes}) n where t.id = '${credit.id}';
      insert into billing.invoice_line select n.* from billing.invoice_line t, jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'invoice_id', '${NEW}') || ${lines}) n where t.invoice_id = '${credit.id}';
      insert into billing.invoice_vat select n.* from billing.invoice_vat t, jsonb_populate_record(t, jsonb_build_object('invoice_id', '${NEW}')) n where t.invoice_id = '${credit.id}';
      update billing.invoice set state = 'finalized', number = 'X', series_number = 999 where id = '${NEW}'`);
  expect({
    'no line': await copy(`'{}'`, `'{"corrects_line_id": null}'`),
    'more than a line': await copy(`'{}'`, `'{"quantity": -100, "net_minor": -4500}'`),
    'more than the invoice': await copy(`'{"gross_minor": -5697, "net_minor": -4787, "vat_minor": -910}'`, `'{}'`),
    'a credit of a credit': await copy(`jsonb_build_object('corrects_id', '${credit.id}')`, `'{}'`),
    'a cancellation of what was credited': await copy(`'{"kind": "cancellation"}'`, `'{}'`),
    'a state without document': await refusalOf(
      `update billing.invoice set state = 'cancelled' where id = '${other.id}'; set constraints all immediate`,
    ),
  }).toEqual({
    ...{ 'no line': 'credit_of_its_lines', 'more than a line': 'credit_within_line' },
    ...{ 'more than the invoice': 'credit_within_invoice', 'a credit of a credit': 'correction_of_invoice' },
    ...{
      'a cancellation of what was credited': 'cancellation_uncredited',
      'a state without document': 'cancelled_with_document',
    },
  });
});
const NEW = '00000000-0000-4000-8000-000000000001';
const refusalOf = (statements: string) =>
  query(statements).then(
    () => 'done',
    (error: { constraint?: string; message: string }) => error.constraint ?? error.message,
  );

test('H7 a negative total is issued on demand, and its charges are billed by it', async () => {
  const merchantId = await merchantWith([{ rule: 'pack', quantity: '-20' }]);
  const { id } = await startRun(world.deps, { cutoff: CUTOFF, merchantIds: [merchantId] }, FINANCE);
  await world.work();
  expect(await rowOf(id, merchantId)).toMatchObject({ state: 'skipped', issueCredit: false });
  await Promise.all([1, 2, 3].map(() => issueCredit(world.deps, { id, merchantId }, FINANCE)));
  await world.work();
  expect(await rowOf(id, merchantId)).toMatchObject({ state: 'draft', grossMinor: -1071, issueCredit: true });
  await steps(id, merchantId);
  const [issued] = (await fix.documents(merchantId)) as [IssuedDocument];
  expect(issued).toMatchObject({
    kind: 'creditNote',
    net: -900,
    gross: -1071,
    number: expect.stringMatching(/^RK-2026-/),
  });
  expect(invoiceModel.parse(await modelOf(issued.id))).toMatchObject({ kind: 'creditNote', grossMinor: -1071 });
  // as it says: it is credit, and nothing is owed of it besides
  expect((await getCreditBalance(world.deps, { id: merchantId }, FINANCE)).balanceMinor).toBe(1071);
  expect(await getInvoice(world.deps, { id: issued.id }, FINANCE)).toMatchObject({ openMinor: 0, payment: 'paid' });
  expect(
    await query(`select count(line_id)::int as linked from billing.charge where merchant_id = $1`, [merchantId]),
  ).toEqual([{ linked: 1 }]);
  expect(await refusal(issueCredit(world.deps, { id, merchantId: await merchantWith() }, FINANCE))).toBe(
    'MERCHANT_ROW_NOT_FOUND',
  );
  const paid = await merchantWith();
  await startRun(world.deps, { cutoff: CUTOFF, merchantIds: [paid] }, FINANCE);
  await world.work();
  expect(await refusal(issueCredit(world.deps, { id, merchantId: paid }, FINANCE))).toBe('TOTAL_NOT_NEGATIVE');
});

test('H7 a negative total names the invoices that it takes something back of, on paper and in its e-invoice', async () => {
  const invoice = await invoiced();
  const { merchantId } = invoice;
  // the charge of 100 parcels was wrong: its twin takes it back, and ten are charged
  const [twin] = await world.addCharges([
    { merchantId, rule: 'pack', quantity: '-100', day: '2026-10-20' },
    { merchantId, rule: 'pack', quantity: '10', day: '2026-11-10' },
  ]);
  await query(
    `update billing.charge t set source = o.source || '-reversal', source_event = o.source_event
     from billing.charge o where t.id = $1 and o.merchant_id = t.merchant_id and o.charge_type = 'pack' and o.line_id is not null`,
    [twin],
  );
  world.at('2026-12-01T08:00:00Z');
  const { id } = await startRun(world.deps, { cutoff: '2026-11-15', merchantIds: [merchantId] }, FINANCE);
  await world.work();
  await issueCredit(world.deps, { id, merchantId }, FINANCE);
  await world.work();
  await steps(id, merchantId);
  world.at('2026-11-02T08:00:00Z');
  const issued = (await fix.documents(merchantId)).find(({ kind }) => kind === 'creditNote')!;
  const model = invoiceModel.parse(await modelOf(issued.id));
  expect(model.takesBackOf).toEqual([{ number: invoice.number, issueDate: invoice.issueDate }]);
  const details = model.sections.flatMap(({ lines }) =>
    lines.map(({ quantity, detail = '' }) => [quantity, detail.split(' · ')[0]]),
  );
  expect(details).toContainEqual(['-100', `Berichtigung zu Rechnung ${invoice.number} vom 02.11.2026`]);
  expect((await getInvoice(world.deps, { id: issued.id }, FINANCE)).document).toBe('ready');
  const xml = writeCii(model);
  expect([validateCii(xml), readTotals(xml).preceding]).toEqual([[], model.takesBackOf]);
});

test('H3 each kind counts its own numbers, also under a new pattern in mid-year and in a new year', async () => {
  const [{ profile, version }] = (await query('select profile, version from billing.issuer')) as [
    { profile: object; version: number },
  ];
  const address = { street: 'Speicherweg 4', postalCode: '20457', city: 'Hamburg', country: 'DE' };
  const put = (patterns: object, at = version) =>
    putIssuer(
      world.deps,
      { profile: { ...profile, address } as never, numberPattern: 'RE-{year}-{number:5}', waitDays: 0, ...patterns },
      { ...FINANCE, ifMatch: at } as never,
    );
  const first = await invoiced();
  const one = await fix.cancel(first.id);
  const next = (number: string) => Number(number.slice(-5)) + 1;
  const saved = await put({ cancellationPattern: 'STORNO/{year}/{number:5}' });
  expect(saved).toMatchObject({
    cancellationPattern: 'STORNO/{year}/{number:5}',
    creditNotePattern: 'RK-{year}-{number:5}',
  });
  const two = await fix.cancel((await invoiced()).id);
  expect(two.number).toBe(`STORNO/2026/${String(next(one.number!)).padStart(5, '0')}`);
  // midnight of the house, not of UTC
  world.at('2026-12-31T23:30:00Z');
  const third = await fix.cancel((await invoiced()).id);
  expect(third).toMatchObject({ number: 'STORNO/2027/00001', issueDate: '2027-01-01' });
  world.at('2026-11-02T08:00:00Z');
  const errors = async (patterns: object) =>
    put(patterns, saved.version).then(
      () => 'done',
      (error: { code: number; data: { errors: { path: string; code: string }[] } }) => [
        error.code,
        error.data.errors[0]?.path,
        error.data.errors[0]?.code,
      ],
    );
  expect(await errors({ cancellationPattern: 'RE-{number}-{year}' })).toEqual([
    422,
    'cancellationPattern',
    'NUMBER_PATTERNS_ALIKE',
  ]);
  expect(await errors({ creditNotePattern: 'storno/{year}/{number:3}' })).toEqual([
    422,
    'creditNotePattern',
    'NUMBER_PATTERNS_ALIKE',
  ]);
  expect(await errors({ numberPattern: 'RK-{year}-{number}' })).toEqual([
    422,
    'numberPattern',
    'NUMBER_PATTERNS_ALIKE',
  ]);
  // cancellations had it before
  expect(await errors({ creditNotePattern: 'ST-{year}-{number:6}' })).toEqual([
    422,
    'creditNotePattern',
    'NUMBER_TAKEN',
  ]);
});

test('H5 H6 merchants see their own documents of each kind with their links, and nobody else', async () => {
  const invoice = await invoiced();
  await fix.credit(invoice.id, [{ lineId: lineOf(invoice).id, quantity: '1' }]);
  const viewer = (merchantId: string): Actor => ({ ...FINANCE, roles: ['merchantViewer'], scope: [merchantId] });
  const { merchantId } = invoice;
  const { items } = await listInvoices(world.deps, { limit: 10, merchantId, kind: 'creditNote' }, viewer(merchantId));
  expect(items).toMatchObject([{ kind: 'creditNote', corrects: { id: invoice.id, number: invoice.number } }]);
  const seen = await getInvoice(world.deps, { id: items[0]!.id }, viewer(merchantId));
  expect(seen).toMatchObject({ reason: 'Minderleistung', lines: [{ correctsLineId: lineOf(invoice).id }] });
  expect(await refusal(getInvoice(world.deps, { id: items[0]!.id }, viewer(await merchantWith())))).toBe(
    'INVOICE_NOT_FOUND',
  );
});

test('H5 H6 H7 the electronic form of every correction keeps to the rules of EN 16931', async () => {
  const documents = await query(
    `select i.number, d.model from billing.invoice i join billing.invoice_document d on d.invoice_id = i.id where i.kind <> 'invoice'`,
  );
  expect(documents.length).toBeGreaterThan(15);
  const wrong = documents.map(({ number, model }) => [number, validateCii(writeCii(invoiceModel.parse(model)))]);
  expect(wrong.filter(([, rules]) => (rules as object[]).length)).toEqual([]);
});

test('X8 nothing of all that contradicts the self-check', async () => {
  const {
    'I30.rate': _,
    'I10.document': __,
    'I9.order': ___,
    ...others
  } = await findings(world.database, world.deps.now(), ['billing']);
  expect(others).toEqual({});
});
