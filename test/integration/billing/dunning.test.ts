import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as claims from '../../../services/billing/use-cases/dunning/claims.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import * as letters from '../../../services/billing/use-cases/dunning/letters.ts';
import * as runs from '../../../services/billing/use-cases/dunning/runs.ts';
import * as settings from '../../../services/billing/use-cases/dunning/settings.ts';
import { recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { lettersArrive } from '../../support/arriving-letters.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { noise } from '../../support/hostile-images.ts';
import { issueInvoice, type IssuedInvoice } from '../../support/issued-invoices.ts';
import { textOf } from '../../support/pdf.ts';

let world: BillingWorld;
let [alpha, beta, gamma] = ['', '', ''];
const query = (text: string, values?: unknown[]) => world.database.query(text, values);
const refusal = (type: string) => expect.objectContaining({ type });
const ofMerchant = (merchantId: string): Actor => ({
  ...{ kind: 'user', id: 'anna', roles: ['merchantViewer'], scope: [merchantId], requestId: 'test' },
});
const invoices: Record<string, IssuedInvoice> = {};
/** By then the letters before have arrived. */
const propose = async (asOf: string) => {
  await lettersArrive(world);
  return runs.proposeDunning(world.deps, { asOf }, FINANCE);
};
/** The letters of the day before arrive on their day. */
const dayComes = async (day: string) => {
  await lettersArrive(world);
  world.at(`${day}T08:00:00Z`);
};
const issue = (id: string) => issueDunning(world.deps, { id }, FINANCE);
/** Level or hindrance of each invoice of a proposal, by its name here. */
const judged = (rows: Awaited<ReturnType<typeof propose>>['rows']) =>
  Object.fromEntries(
    Object.entries(invoices).flatMap(([name, { id }]) =>
      rows.filter((row) => row.invoiceId === id).map((row) => [name, row.level ?? row.hindrance]),
    ),
  );
const pay = (merchantId: string, invoiceId: string, amountMinor: number, valueDate: string) =>
  recordPayment(
    world.deps,
    { merchantId, amountMinor, valueDate, remittance: '', allocations: [{ invoiceId, amountMinor }] },
    FINANCE,
  );
const setLogo = (logo: { key: string; sha256: string } | null) =>
  query('update billing.issuer set logo_object_key = $1, logo_sha256 = $2', [logo?.key ?? null, logo?.sha256 ?? null]);
const status = (name: string, change: string) =>
  query(`update billing.invoice_status set ${change} where invoice_id = $1`, [invoices[name]!.id]);

beforeAll(async () => {
  world = await createBillingWorld('2026-10-22T08:00:00Z');
  alpha = await world.addMerchant('Alpha GmbH');
  beta = await world.addMerchant('Beta Ltd', { language: 'en' });
  gamma = await world.addMerchant('Gamma KG');
  const of = async (name: string, merchantId: string, more: object = {}) =>
    void (invoices[name] = await issueInvoice(world.database, merchantId, more));
  // due on 15 October
  await of('large', alpha, { grossMinor: 100_000 });
  await of('second', alpha, { grossMinor: 50_000 });
  await of('disputed', alpha);
  await of('tiny', alpha, { grossMinor: 499 });
  await of('young', alpha, { dueDate: '2026-10-21' });
  await of('paid', beta);
  await of('english', beta, { grossMinor: 20_000 });
  await of('stopped', gamma);
  await status('disputed', `dispute = 'open'`);
  await pay(beta, invoices['paid']!.id, 11_900, '2026-10-20');
  await settings.stopDunning(
    world.deps,
    { merchantId: gamma, reason: 'Ratenzahlung vereinbart', until: '2026-11-30' },
    FINANCE,
  );
});
afterAll(() => world.close());

describe('I4 dunning', () => {
  test('proposes the reminder of what is overdue, and says what stands against the others', async () => {
    const { rows, state } = await propose('2026-10-22');
    expect(state).toBe('proposed');
    expect(judged(rows)).toEqual({
      ...{ large: 0, second: 0, english: 0, disputed: 'disputed', tiny: 'small', young: 'waiting', stopped: 'stopped' },
    });
    await expect(propose('2026-10-23')).rejects.toMatchObject({ code: 422 });
  });

  test('issues one letter per merchant of what is selected, as it is open then', async () => {
    const { id, rows } = await propose('2026-10-22');
    const deselected = [invoices['second']!.id];
    await runs.selectForDunning(world.deps, { id, invoiceIds: deselected, selected: false }, FINANCE);
    const hindered = rows.findIndex(({ hindrance }) => hindrance !== null);
    await expect(
      runs.selectForDunning(world.deps, { id, invoiceIds: [rows[hindered]!.invoiceId], selected: true }, FINANCE),
    ).rejects.toMatchObject({ code: 422 });
    // paid in part between look and click
    await pay(alpha, invoices['large']!.id, 40_000, '2026-10-22');
    const issued = await issue(id);
    expect(
      issued.issued.map(({ merchantId, level, openMinor, claimsMinor, payBy }) => [
        merchantId,
        level,
        openMinor,
        claimsMinor,
        payBy,
      ]),
    ).toEqual([
      [alpha, 0, 60_000, 0, '2026-10-29'],
      [beta, 0, 20_000, 0, '2026-10-29'],
    ]);
    const outcome = (name: string) => issued.rows.find(({ invoiceId }) => invoiceId === invoices[name]!.id)!.outcome;
    expect(['large', 'second', 'english', 'disputed'].map(outcome)).toEqual(['issued', 'deselected', 'issued', null]);
    await expect(issue(id)).rejects.toEqual(refusal('DUNNING_STATE'));
  });

  test('two proposals of a day, or two clicks, never raise a level twice', async () => {
    // made before the letters above would be out of date: both see the second invoice
    const [one, two] = [await propose('2026-10-22'), await propose('2026-10-22')];
    expect(judged(one.rows)).toMatchObject({ large: 'waiting', second: 0 });
    const clicks = await Promise.allSettled([issue(one.id), issue(one.id), issue(two.id), issue(two.id)]);
    expect(clicks.map((click) => click.status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    const steps = await query('select level, on_day::text as day from billing.dunning_step where invoice_id = $1', [
      invoices['second']!.id,
    ]);
    expect(steps).toEqual([{ level: 0, day: '2026-10-22' }]);
    const step = `insert into billing.dunning_step select invoice_id, merchant_id, %, letter_id, on_day, pay_by, open_minor, interest_minor from billing.dunning_step`;
    await expect(query(step.replace('%', 'level'))).rejects.toThrow('dunning_step_pkey');
    await expect(query(step.replace('%', 'level + 1'))).rejects.toThrow('dunning_step_one_a_day');
    await expect(query('update billing.dunning_step set level = 3')).rejects.toThrow();
  });

  test('claims interest and the lump sum from level 1 on, and mails the letter as it is archived', async () => {
    await dayComes('2026-11-02');
    await pay(alpha, invoices['second']!.id, 50_000, '2026-11-01');
    const proposal = await propose('2026-11-02');
    expect(judged(proposal.rows)).toMatchObject({ large: 1, english: 1, young: 0 });
    expect(proposal.baseRateMissing).toBeNull();
    const logo = await noise(300, 90).jpeg().toBuffer();
    await setLogo(await world.deps.store.putContent('logos', logo, 'jpg'));
    const { issued } = await issue(proposal.id);
    // the letter keeps the logo it was issued with
    await setLogo(null);
    const letter = issued.find(({ merchantId }) => merchantId === alpha)!;
    // 10.52 % (1.52 and 9): 1000.00 for 7 days up to the payment of 22 October, 600.00 for 11 days: 2.0175 + 1.9022 = 3.92
    expect(letter).toMatchObject({
      level: 1,
      openMinor: 60_000 + 11_900,
      claimsMinor: 392 + 4000,
      document: 'pending',
    });
    expect(await claimsOf(alpha)).toEqual([
      ['interest', 392, 'open'],
      ['lumpSum', 4000, 'open'],
    ]);
    await lettersArrive(world);
    const { items } = await letters.listDunningLetters(world.deps, { limit: 10 }, ofMerchant(alpha));
    expect(items.map(({ number, document }) => [number, document]).toSorted()).toEqual([
      ['MA-M001-001', 'ready'],
      ['MA-M001-002', 'ready'],
      ['MA-M001-003', 'ready'],
    ]);
    const { objectKey } = await letters.getDunningLetterPdf(world.deps, { id: letter.id }, ofMerchant(alpha));
    const pdf = await world.deps.store.read(objectKey);
    expect(pdf.includes(logo)).toBe(true);
    const text = textOf(pdf);
    expect(text).toContain('1. Mahnung');
    expect(text).toContain('762,92');
    expect(text).toContain('bis zum 12.11.2026');
    await expect(letters.getDunningLetterPdf(world.deps, { id: letter.id }, ofMerchant(beta))).rejects.toMatchObject({
      code: 404,
    });
    const [event] = await query(
      `select payload from messaging.event where type = 'billing.dunning-letter-ready.v1' and payload ->> 'letterId' = $1`,
      [letter.id],
    );
    expect(event!['payload']).toMatchObject({ number: letter.number, level: 1, totalMinor: 76_292, claimsMinor: 4392 });
  });

  test('claims only what came since, and nothing of what finance gave up', async () => {
    const { items } = await claims.listDunningClaims(world.deps, { limit: 10, merchantId: alpha }, FINANCE);
    const lump = items.find(({ kind }) => kind === 'lumpSum')!;
    await claims.waiveDunningClaim(world.deps, { id: lump.id, reason: 'Kulanz' }, FINANCE);
    await expect(claims.payDunningClaim(world.deps, { id: lump.id, paymentId: null }, FINANCE)).rejects.toEqual(
      refusal('CLAIM_SETTLED'),
    );
    const put = await settings.getDunningSettings(world.deps, {}, FINANCE);
    const levels = put.settings.levels.map((terms, level) => (level > 0 ? { ...terms, feeMinor: 500 } : terms));
    const charging = { ...put.settings, levels };
    await expect(settings.putDunningSettings(world.deps, charging, { ...FINANCE, ifMatch: 0 })).rejects.toMatchObject({
      code: 422,
      data: { errors: [{ path: 'levels.1.feeMinor', code: 'FEE_BESIDE_LUMP_SUM' }] },
    });
    await settings.putDunningSettings(world.deps, { ...charging, lumpSum: false }, { ...FINANCE, ifMatch: 0 });
    await expect(
      settings.putDunningSettings(world.deps, put.settings, { ...FINANCE, ifMatch: 0 }),
    ).rejects.toMatchObject({ code: 412 });
    await dayComes('2026-11-13');
    const proposal = await propose('2026-11-13');
    expect(judged(proposal.rows)).toMatchObject({ large: 2, english: 2, young: 1 });
    await issue(proposal.id);
    // up to 13 November 5.82 in all: 1.90 more; 119.00 since 22 October 23 days: 0.79; no fee, as the lump sum was claimed once
    expect(await claimsOf(alpha)).toEqual([
      ['interest', 79, 'open'],
      ['interest', 190, 'open'],
      ['interest', 392, 'open'],
      ['lumpSum', 4000, 'waived'],
    ]);
    const dunning = await claims.getInvoiceDunning(world.deps, { id: invoices['large']!.id }, FINANCE);
    expect(dunning.steps.map(({ level, onDay }) => [level, onDay])).toEqual([
      [0, '2026-10-22'],
      [1, '2026-11-02'],
      [2, '2026-11-13'],
    ]);
    await expect(query('update billing.dunning_claim set amount_minor = 1')).rejects.toThrow('never changes');
  });

  test('leaves out what was paid, disputed or stopped between look and click', async () => {
    await dayComes('2026-11-26');
    const proposal = await propose('2026-11-26');
    expect(judged(proposal.rows)).toMatchObject({ large: 3, english: 3, young: 2 });
    await pay(alpha, invoices['large']!.id, 60_000, '2026-11-24');
    await status('young', `dispute = 'open'`);
    await settings.stopDunning(world.deps, { merchantId: beta, reason: 'Gespräch läuft', until: null }, FINANCE);
    const { issued, rows } = await issue(proposal.id);
    expect(issued).toEqual([]);
    expect(rows.flatMap(({ outcome }) => outcome ?? [])).toEqual(['changed', 'changed', 'changed']);
  });

  test('stops for a merchant once, however many click at once', async () => {
    const stop = () =>
      settings.stopDunning(world.deps, { merchantId: beta, reason: 'Gespräch läuft', until: null }, FINANCE);
    await Promise.all([stop(), stop(), stop()]);
    const { items } = await settings.listDunningStops(world.deps, { limit: 10, merchantId: beta }, FINANCE);
    expect(items).toMatchObject([{ reason: 'Gespräch läuft', until: null }]);
  });

  test('goes on when a stop ends or is lifted, and never after the last level', async () => {
    const { items } = await settings.listDunningStops(world.deps, { limit: 10 }, FINANCE);
    expect(items.map(({ merchantId, until }) => [merchantId, until])).toEqual([
      [beta, null],
      [gamma, '2026-11-30'],
    ]);
    await settings.liftDunningStop(world.deps, { id: items[0]!.id }, FINANCE);
    await expect(settings.liftDunningStop(world.deps, { id: items[0]!.id }, FINANCE)).rejects.toEqual(
      refusal('STOP_LIFTED'),
    );
    await dayComes('2026-12-01');
    const proposal = await propose('2026-12-01');
    expect(judged(proposal.rows)).toEqual({
      ...{ english: 3, stopped: 0, disputed: 'disputed', tiny: 'small', young: 'disputed' },
    });
    await issue(proposal.id);
    await dayComes('2026-12-20');
    expect(judged((await propose('2026-12-20')).rows)).toMatchObject({ english: 'exhausted' });
  });

  test('counts no interest for a half-year whose base rate nobody entered', async () => {
    await dayComes('2027-02-01');
    expect(await propose('2027-02-01')).toMatchObject({ baseRateMissing: '2027-01-01' });
    const rate = { rateBasisPoints: 150, source: 'Bundesanzeiger' };
    await expect(settings.putBaseRate(world.deps, { validFrom: '2027-02-01', ...rate }, FINANCE)).rejects.toMatchObject(
      { code: 422 },
    );
    await settings.putBaseRate(world.deps, { validFrom: '2027-01-01', ...rate }, FINANCE);
    expect(await propose('2027-02-01')).toMatchObject({ baseRateMissing: null });
  });

  test('corrects a base rate with a reason, also one that letters counted with', async () => {
    const put = (validFrom: string, reason?: string) =>
      settings.putBaseRate(
        world.deps,
        { validFrom, rateBasisPoints: 177, source: 'Bundesanzeiger', ...(reason === undefined ? {} : { reason }) },
        FINANCE,
      );
    await expect(put('2027-01-01')).rejects.toMatchObject({ code: 422, data: { errors: [{ path: 'reason' }] } });
    await put('2027-01-01', 'Vertippt');
    // the letters above bear interest from 16 October to 1 December
    expect(await put('2026-07-01', 'Anders bekannt gemacht')).toMatchObject({ rateBasisPoints: 177 });
    // as the product brings it, and no letter goes back that far
    expect(await put('2026-01-01', 'Anders bekannt gemacht')).toMatchObject({ rateBasisPoints: 177 });
    const [audited] = await query(
      `select before, after, reason from messaging.audit_entry where action = 'dunning.base-rate-corrected' and entity_id = '2026-01-01'`,
    );
    expect(audited).toMatchObject({
      ...{ before: { rateBasisPoints: 127 }, after: { rateBasisPoints: 177 }, reason: 'Anders bekannt gemacht' },
    });
  });
});

const claimsOf = async (merchantId: string) =>
  (
    await query(
      `select kind, amount_minor::int as amount, state from billing.dunning_claim where merchant_id = $1 order by kind, amount_minor, state`,
      [merchantId],
    )
  ).map(({ kind, amount, state }) => [kind, amount, state]);
