import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { disputeInvariants } from '../../../services/billing/persistence/self-check/dispute-invariants.ts';
import {
  getLineDispute,
  listLineDisputes,
  openLineDispute,
} from '../../../services/billing/use-cases/disputes/open-dispute.ts';
import {
  creditLineDispute,
  rejectLineDispute,
  withdrawLineDispute,
} from '../../../services/billing/use-cases/disputes/settle-dispute.ts';
import { writeToLineDispute } from '../../../services/billing/use-cases/disputes/write-message.ts';
import { getInvoice } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { changeMessageSetting } from '../../../services/notifications/use-cases/message-settings.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { disputesActions } from '../../../shared/protocol/billing/disputes-actions.ts';
import type { InvoiceView } from '../../../shared/protocol/billing/runs-actions.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { notificationsFixture, person, type NotificationsFixture } from '../../support/notifications.ts';
import { corrupt, findings } from '../../support/self-check.ts';

let world: BillingWorld;
let mails: NotificationsFixture;
let serial = 0;
const query = (text: string, values?: unknown[]) => world.database.query(text, values);

beforeAll(async () => {
  world = await createBillingWorld();
  mails = await notificationsFixture(world.database);
});
afterAll(async () => {
  await mails.close();
  await world.close();
});

const deciderOf = (merchantId: string): Actor => ({
  ...{ kind: 'user', id: `decider-${merchantId}`, roles: ['merchantDecider'], scope: [merchantId], requestId: 'test' },
});

/** A merchant's invoice: 100 parcels for 45.00 and a return for 2.90. */
async function invoiced(
  parcels = '1',
): Promise<{ invoice: InvoiceView; lineId: string; otherLineId: string; decider: Actor }> {
  serial += 1;
  const merchantId = await world.addMerchant(`Merchant ${serial}`);
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-20', quantity: '100' },
    { merchantId, rule: 'returnParcel', day: '2026-10-20', quantity: parcels },
  ]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31', merchantIds: [merchantId] }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds: [merchantId] }, FINANCE);
    await world.work();
  }
  const [found] = await correctionsOf(world).live(merchantId);
  const invoice = await getInvoice(world.deps, { id: found!.id }, FINANCE);
  const lineOf = (type: string) => invoice.lines.find(({ chargeType }) => chargeType === type)!.id;
  return { invoice, lineId: lineOf('pack'), otherLineId: lineOf('returnParcel'), decider: deciderOf(merchantId) };
}

const COMPLAINT = { reason: 'wrongQuantity', text: 'Es waren nur 60 Pakete.' } as const;
const openOn = ({ id }: { id: string }, lineId: string, actor: Actor, more: object = {}) =>
  openLineDispute(world.deps, { id, lineId, ...COMPLAINT, ...more }, actor);
async function disputed(more: object = {}) {
  const made = await invoiced();
  return { ...made, dispute: await openOn(made.invoice, made.lineId, made.decider, more) };
}
const axis = async ({ id }: { id: string }) => (await getInvoice(world.deps, { id }, FINANCE)).dispute;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { type: string; data: { errors?: { path: string }[] } }) => error.data.errors?.[0]?.path ?? error.type,
  );
const credit = (id: string, netMinor: number, answer = 'Es waren 60 Pakete') =>
  creditLineDispute(world.deps, { id, netMinor, answer }, FINANCE);
const reject = (id: string, answer = 'Die Menge stimmt') => rejectLineDispute(world.deps, { id, answer }, FINANCE);
const withdraw = (id: string, actor: Actor) => withdrawLineDispute(world.deps, { id }, actor);

test('H11 a credit of more than the invoice has left is refused at the amount, as the request names it', async () => {
  const { invoice, lineId, decider } = await invoiced('-1');
  expect(invoice.netMinor).toBe(4210);
  const { id } = await openOn(invoice, lineId, decider);
  await expect(credit(id, 4211)).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'netMinor', code: 'CREDIT_EXCEEDS_INVOICE' }] },
  });
  expect(await credit(id, 4210)).toMatchObject({ state: 'credited', creditedNetMinor: 4210 });
});

test('H11 a merchant disputes a line of its invoice; both sides write; finance credits it by a credit note', async () => {
  const { invoice, lineId, decider } = await invoiced();
  expect(await axis(invoice)).toBe('none');
  const opened = await openOn(invoice, lineId, decider, { netMinor: 1800 });
  expect(opened).toMatchObject({
    ...{ state: 'open', invoiceNumber: invoice.number, lineNetMinor: 4500, remainingNetMinor: 4500 },
    ...{ disputedNetMinor: 1800, waitsFor: 'house', creditNote: null, settledAt: null },
    messages: [{ position: 1, side: 'merchant', text: 'Es waren nur 60 Pakete.' }],
  });
  expect(await axis(invoice)).toBe('open');
  const answered = await writeToLineDispute(world.deps, { id: opened.id, text: 'Wir prüfen das.' }, FINANCE);
  expect(answered).toMatchObject({ waitsFor: 'merchant', messageCount: 2 });
  const asked = await writeToLineDispute(world.deps, { id: opened.id, text: 'Bitte bald.' }, decider);
  expect(asked.messages.map(({ position, side }) => [position, side])).toEqual([
    [1, 'merchant'],
    [2, 'house'],
    [3, 'merchant'],
  ]);
  const settled = await credit(opened.id, 1800);
  expect(settled).toMatchObject({
    ...{ state: 'credited', creditedNetMinor: 1800, remainingNetMinor: 2700, waitsFor: null },
    ...{ answer: 'Es waren 60 Pakete', creditNote: { number: expect.stringMatching(/^RK-2026-/) } },
  });
  expect(await axis(invoice)).toBe('settled');
  const note = await getInvoice(world.deps, { id: settled.creditNote!.id }, decider);
  expect(note).toMatchObject({
    ...{ kind: 'creditNote', netMinor: -1800, vatMinor: -342, grossMinor: -2142, reason: 'Es waren 60 Pakete' },
    lines: [{ correctsLineId: lineId, netMinor: -1800 }],
  });
  expect(
    await query(
      `select action from messaging.audit_entry where entity = 'line-dispute' and entity_id = $1 order by action`,
      [opened.id],
    ),
  ).toEqual(['credited', 'opened', 'written-to', 'written-to'].map((action) => ({ action: `line-dispute.${action}` })));
});

test('H11 ten clicks at once open one dispute, and settle it by one credit note', async () => {
  const { invoice, lineId, decider } = await invoiced();
  const opened = await Promise.all(Array.from({ length: 10 }, () => refusal(openOn(invoice, lineId, decider))));
  expect(opened.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'LINE_DISPUTED_ALREADY'), 'done']);
  const { items } = await listLineDisputes(world.deps, { limit: 10, invoiceId: invoice.id }, decider);
  const answers = await Promise.all(Array.from({ length: 10 }, () => credit(items[0]!.id, 500)));
  expect(new Set(answers.map(({ creditNote }) => creditNote!.number)).size).toBe(1);
  expect(
    await query(`select count(*)::int as notes from billing.invoice where corrects_id = $1`, [invoice.id]),
  ).toEqual([{ notes: 1 }]);
});

test('H11 of several people who settle it differently at once, one does, and the others learn of it', async () => {
  const { invoice, dispute, decider } = await disputed();
  const outcomes = await Promise.all([
    refusal(credit(dispute.id, 4500)),
    refusal(credit(dispute.id, 100)),
    refusal(reject(dispute.id)),
    refusal(reject(dispute.id, 'Ein anderer Grund')),
    refusal(withdraw(dispute.id, decider)),
    refusal(writeToLineDispute(world.deps, { id: dispute.id, text: 'Noch etwas' }, decider)),
  ]);
  expect(outcomes.slice(0, 5).toSorted()).toEqual([...Array.from({ length: 4 }, () => 'LINE_DISPUTE_SETTLED'), 'done']);
  expect(['LINE_DISPUTE_SETTLED', 'done']).toContain(outcomes[5]);
  const after = await getLineDispute(world.deps, { id: dispute.id }, FINANCE);
  const notes = await query(`select net_minor::int as net from billing.invoice where corrects_id = $1`, [invoice.id]);
  expect(notes).toEqual(after.state === 'credited' ? [{ net: -after.creditedNetMinor! }] : []);
});

test('H11 an invoice is disputed until the last of its lines is settled; settled lines may be disputed again', async () => {
  const { invoice, lineId, otherLineId, decider, dispute } = await disputed();
  world.at('2026-11-03T08:00:00Z');
  const other = await openOn(invoice, otherLineId, decider, { reason: 'notOrdered' });
  expect(await refusal(openOn(invoice, lineId, decider))).toBe('LINE_DISPUTED_ALREADY');
  await Promise.all([reject(dispute.id), withdraw(other.id, decider)]);
  expect(await axis(invoice)).toBe('settled');
  world.at('2026-11-04T08:00:00Z');
  const again = await openOn(invoice, lineId, decider, { reason: 'wrongPrice' });
  expect(await axis(invoice)).toBe('open');
  await credit(again.id, 4500);
  expect(await refusal(openOn(invoice, lineId, decider))).toBe('NOTHING_LEFT_TO_DISPUTE');
  const { items } = await listLineDisputes(world.deps, { limit: 1, invoiceId: invoice.id, state: 'settled' }, FINANCE);
  expect(items).toMatchObject([{ id: again.id, state: 'credited' }]);
  const rest = await listLineDisputes(world.deps, { limit: 200, invoiceId: invoice.id }, decider);
  world.at('2026-11-02T08:00:00Z');
  expect(rest.items.map(({ state }) => state)).toEqual(['credited', 'withdrawn', 'rejected']);
});

test.each<[what: string, more: object, expected: string]>([
  ['more than the line', { netMinor: 4501 }, 'netMinor'],
  ['a line of another invoice', { lineId: '00000000-0000-4000-8000-000000000000' }, 'INVOICE_LINE_NOT_FOUND'],
  ['another invoice', { id: '00000000-0000-4000-8000-000000000000' }, 'INVOICE_NOT_FOUND'],
])('H11 %s is not disputed, and nothing is stored', async (_what, more, expected) => {
  const { invoice, lineId, decider } = await invoiced();
  expect(await refusal(openOn(invoice, lineId, decider, more))).toBe(expected);
  expect(await axis(invoice)).toBe('none');
});

test.each<[field: string, what: string, input: object]>([
  ['text', 'nothing that is seen', { text: ' \u200b ' }],
  ['text', 'NUL', { text: 'a\u0000b' }],
  ['text', 'a control character', { text: 'a\u001bb' }],
  ['text', 'more than fits', { text: 'x'.repeat(2001) }],
  ['reason', 'none of the list', { reason: 'expensive' }],
  ['netMinor', 'zero', { netMinor: 0 }],
  ['netMinor', 'less than zero', { netMinor: -1 }],
  ['netMinor', 'parts of cents', { netMinor: 1.5 }],
  ['state', 'a field of ours', { state: 'credited' }],
])('H11 bad input names its field: %s, %s', (field, _what, input) => {
  const id = '00000000-0000-4000-8000-000000000000';
  const parse = () => parseInput(disputesActions.openLineDispute, { id, lineId: id, ...COMPLAINT, ...input });
  expect(parse).toThrow(field);
});

test('H11 an answer that no credit note can show is refused; where none is issued it is an answer like others', async () => {
  const { invoice, dispute } = await disputed();
  expect(await refusal(credit(dispute.id, 100, 'Entschuldigung 🙏'))).toBe('answer');
  expect(await axis(invoice)).toBe('open');
  expect(await reject(dispute.id, 'Entschuldigung 🙏')).toMatchObject({
    state: 'rejected',
    answer: 'Entschuldigung 🙏',
  });
});

test('H11 another merchant sees and changes nothing; who may do what', async () => {
  const { invoice, lineId, dispute } = await disputed();
  const stranger = (await invoiced()).decider;
  expect(await refusal(openOn(invoice, lineId, stranger))).toBe('INVOICE_NOT_FOUND');
  for (const work of [
    getLineDispute(world.deps, { id: dispute.id }, stranger),
    withdraw(dispute.id, stranger),
    writeToLineDispute(world.deps, { id: dispute.id, text: 'Hallo' }, stranger),
  ])
    expect(await refusal(work)).toBe('LINE_DISPUTE_NOT_FOUND');
  expect((await listLineDisputes(world.deps, { limit: 50, invoiceId: invoice.id }, stranger)).items).toEqual([]);
  expect(await refusal(creditLineDispute(world.deps, { id: dispute.id, netMinor: 1, answer: 'x' }, stranger))).toBe(
    'HOUSE_ONLY',
  );
  const access = Object.entries(disputesActions).map(([name, action]) => [name, [...action.access].toSorted()]);
  const readers = ['admin', 'api', 'finance', 'lead', 'merchantDecider', 'merchantViewer'];
  expect(Object.fromEntries(access)).toEqual({
    ...{ listLineDisputes: readers, getLineDispute: readers },
    ...{ openLineDispute: ['merchantDecider'], withdrawLineDispute: ['merchantDecider'] },
    writeToLineDispute: ['admin', 'finance', 'merchantDecider'],
    ...{ creditLineDispute: ['admin', 'finance'], rejectLineDispute: ['admin', 'finance'] },
  });
});

test('H11 not more is credited than what other credit notes left', async () => {
  const { invoice, lineId, dispute } = await disputed();
  await correctionsOf(world).credit(invoice.id, [{ lineId, netMinor: 4000 }]);
  expect(await refusal(credit(dispute.id, 501))).toBe('netMinor');
  expect(await credit(dispute.id, 500)).toMatchObject({ state: 'credited', remainingNetMinor: 0 });
});

test('H11 cancelling the invoice ends its disputes; corrections and drafts are not disputed', async () => {
  const { invoice, lineId, dispute, decider } = await disputed();
  const cancellation = await correctionsOf(world).cancel(invoice.id);
  expect(await getLineDispute(world.deps, { id: dispute.id }, decider)).toMatchObject({
    ...{ state: 'invoiceCancelled', remainingNetMinor: 0, answer: null, waitsFor: null },
  });
  expect(await axis(invoice)).toBe('settled');
  expect(await refusal(openOn(invoice, lineId, decider))).toBe('INVOICE_CANCELLED');
  expect(await refusal(openOn(cancellation, cancellation.lines[0]!.id, decider))).toBe('NOT_AN_INVOICE');
});

test('H11 the merchant is mailed each answer and the outcome once, and may switch that off', async () => {
  const { invoice, otherLineId, decider, dispute } = await disputed({ netMinor: 1800 });
  const { merchantId } = invoice;
  await mails.arrive({ merchantId, invoiceEmails: ['rechnung@muster.example'] });
  await writeToLineDispute(world.deps, { id: dispute.id, text: 'Wir <prüfen> das.' }, FINANCE);
  await writeToLineDispute(world.deps, { id: dispute.id, text: 'Danke.' }, decider);
  await credit(dispute.id, 1800);
  await credit(dispute.id, 1800);
  await mails.consumeAll();
  const sent = () =>
    query(
      `select revision, recipient, subject, text, html from notifications.message where kind = 'disputeAnswered' and merchant_id = $1 order by revision`,
      [merchantId],
    ) as Promise<{ revision: number; recipient: string; subject: string; text: string; html: string }[]>;
  const [answer, outcome, ...others] = await sent();
  expect(others).toEqual([]);
  expect([answer!.revision, outcome!.revision]).toEqual([2, 4]);
  expect(answer!.recipient).toBe('rechnung@muster.example');
  expect(answer!.subject).toBe(`Antwort auf Ihre Beanstandung der Rechnung ${invoice.number}`);
  expect(answer!.html).toContain('Wir &lt;prüfen&gt; das.');
  expect(answer!.text).toContain(`/merchant/invoices/${invoice.id}`);
  expect(outcome!.text).toContain('Es waren 60 Pakete');
  expect(outcome!.text).toMatch(/18,00\s€/);
  expect(outcome!.text).toContain('Anerkannt (netto)');
  expect(outcome!.text).not.toMatch(/Gutschrift|erstatte/i);
  await changeMessageSetting(mails.deps, { kind: 'disputeAnswered', merchantId, mode: 'off' }, person('admin'));
  const other = await openOn(invoice, otherLineId, decider);
  await reject(other.id);
  await mails.consumeAll();
  expect(await sent()).toHaveLength(2);
});

test('H11 what was written and how it ended never changes, whoever writes to the database', async () => {
  const { invoice, lineId, dispute } = await disputed();
  const denied = (statement: string) =>
    world.deps.orm.em
      .fork()
      .transactional(async (em) => {
        await em.execute(`select set_config('kontor.scope', 'staff', true)`);
        await em.execute(statement);
      })
      .then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
  const message = (id: string, position: number) =>
    `insert into billing.line_dispute_message (id, merchant_id, dispute_id, position, side, author_id, text, at)
     values (gen_random_uuid(), '${invoice.merchantId}', '${id}', ${position}, 'house', 'x', 'x', now())`;
  expect(await denied(`update billing.line_dispute_message set text = 'x'`)).toBe('42501');
  expect(await denied(`delete from billing.line_dispute`)).toBe('42501');
  expect(await denied(`update billing.line_dispute set reason = 'other' where id = '${dispute.id}'`)).toBe('42501');
  expect(await denied(message(dispute.id, 1))).toBe('23505');
  await reject(dispute.id);
  expect(await denied(message(dispute.id, 2))).toBe('23514');
  expect(
    await denied(
      `update billing.line_dispute set state = 'open', settled_at = null, settled_by = null, answer = null where id = '${dispute.id}'`,
    ),
  ).toBe('23001');
  expect(
    await denied(`insert into billing.line_dispute (id, merchant_id, invoice_id, line_id, reason, opened_by, opened_at)
      select gen_random_uuid(), i.merchant_id, i.id, '${lineId}', 'other', 'x', now() from billing.invoice i
      where i.merchant_id = '${invoice.merchantId}' and i.kind <> 'invoice' union all
      select gen_random_uuid(), merchant_id, id, gen_random_uuid(), 'other', 'x', now() from billing.invoice where id = '${invoice.id}'`),
  ).toBe('23514');
});

test.each<[title: string, invariant: string, wrong: string, right: string, reported: 'invoice' | 'dispute']>([
  [
    'an invoice forgot that it is disputed',
    'I38.axis',
    `update billing.invoice_status set dispute = 'none' where invoice_id = '$invoice'`,
    `update billing.invoice_status set dispute = 'settled' where invoice_id = '$invoice'`,
    'invoice',
  ],
  [
    'a dispute says that another amount was credited',
    'I38.credit',
    `update billing.line_dispute set credited_net_minor = 1801 where id = '$dispute'`,
    `update billing.line_dispute set credited_net_minor = 1800 where id = '$dispute'`,
    'dispute',
  ],
  [
    'the first message of a dispute is gone',
    'I38.thread',
    `update billing.line_dispute_message set position = 2 where dispute_id = '$dispute'`,
    `update billing.line_dispute_message set position = 1 where dispute_id = '$dispute'`,
    'dispute',
  ],
])('X8 %s: %s', async (_title, invariant, wrong, right, reported) => {
  const { invoice, dispute } = await disputed();
  await credit(dispute.id, 1800);
  const ids = { invoice: invoice.id, dispute: dispute.id };
  const found = async () => {
    const all = await findings(world.database, world.deps.now(), ['billing']);
    return Object.fromEntries(Object.entries(all).filter(([id]) => id in disputeInvariants));
  };
  const change = (statement: string) =>
    corrupt(world.database, statement.replace('$invoice', ids.invoice).replace('$dispute', ids.dispute));
  await change(wrong);
  expect(await found()).toEqual({ [invariant]: [ids[reported]] });
  await change(right);
  expect(await found()).toEqual({});
});
