import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ServiceName } from '../../shared/config.ts';
import { findNatsServer } from '../../shared/runtime/embedded-nats.ts';
import { logIn, type Api } from '../support/api.ts';
import { setUpIssuer, setUpMerchant, shipOrder } from '../support/fixtures.ts';
import { closeFreezes, freezeAt } from '../support/freeze.ts';
import { openMailSink, type MailSink } from '../support/mail-sink.ts';
import { hasPdftotext, textOf } from '../support/pdf.ts';
import {
  openPremises,
  startProcess,
  until,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../support/product.ts';

jest.setTimeout(180_000);

/** Two processes need a bus between them; CI installs one. */
const withNats = findNatsServer() ? test : test.skip;

/** Requests in one process, billing and mail in another, as two machines would run them. */
const FRONT: ServiceName[] = ['gateway', 'identity', 'merchants', 'orders', 'returns', 'sync'];
const BACK: ServiceName[] = ['billing', 'notifications'];

let premises: Premises;
let mails: MailSink;
let front: ProductProcess;
let back: ProductProcess;
let api: Api;
let alpha: string;
let beta: string;
let administrator: { email: string; password: string };

const env = () => ({ KONTOR_CLOCK: '2026-11-01T06:00:00Z', ...mails.env });
const startBack = async () => (back = await startProcess(premises, BACK, env()));
const startFront = async () => {
  front = await startProcess(premises, FRONT, env());
  if (front.administrator) administrator = front.administrator;
  api = await logIn(front.url!, administrator);
};
const charges = (merchantId: string) =>
  premises.database.query<{ type: string; quantity: string }>(
    `select charge_type as type, trim_scale(quantity)::text as quantity from billing.charge where merchant_id = $1 order by created_at, charge_type`,
    [merchantId],
  );
const count = async (table: string, where = 'true') =>
  Number((await premises.database.query(`select count(*) as n from ${table} where ${where}`))[0]!['n']);
/** Kills the back office just when it comes to a point, then starts it again. */
const killBackAt = async (point: Parameters<typeof freezeAt>[1], provoke: () => Promise<unknown>) => {
  const freeze = await freezeAt(premises.database.url, point);
  await provoke();
  await freeze.reached();
  await back.kill();
  await freeze.release();
  await startBack();
  await untilReady(front.url!);
};
/** What a dead worker had claimed is taken up when its lease ends; the test does not wait for that. */
const endLeases = async () => {
  await premises.database.query(`update billing.invoice_document set next_at = now() where state = 'pending'`);
  await premises.database.query(`update notifications.message set next_at = now() where state <> 'sent'`);
};
const post = (path: string, body: unknown = {}) =>
  until(`POST ${path}`, () => api.post(path, body).catch(retryWhileAway));
/** A call to a service that is just coming up may time out or find nobody: a client tries again. */
const retryWhileAway = (error: { status?: number }) => {
  if (error.status === 503) return undefined;
  throw error;
};

beforeAll(async () => {
  if (!findNatsServer()) return;
  premises = await openPremises();
  mails = await openMailSink();
  [, back] = await Promise.all([startFront(), startBack()]);
  await untilReady(front.url!);
  // from November on, so that the clock does not start October's runs before finance does
  await setUpIssuer(api, '2026-11-01');
  alpha = await setUpMerchant(api, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
  beta = await setUpMerchant(api, { number: 'B-1', name: 'Beta & Söhne OHG' });
});
afterAll(async () => {
  await closeFreezes();
  await Promise.all([front?.kill(), back?.kill()]);
  await mails?.close();
  await premises?.close();
});

withNats('D1 a shipment makes its charges once, though the consumer is killed inside its handler', async () => {
  await killBackAt({ table: 'billing.charge', event: 'insert' }, () => shipOrder(api, alpha, 'A-1001', { pieces: 5 }));
  await until('the charges', async () => (await charges(alpha)).length > 0);
  const made = await charges(alpha);
  expect(made.toSorted((a, b) => a.type.localeCompare(b.type))).toEqual([
    { type: 'freight', quantity: '1' },
    { type: 'material', quantity: '1' },
    { type: 'pack', quantity: '1' },
    { type: 'pick_first', quantity: '1' },
    { type: 'pick_further', quantity: '4' },
  ]);
});

withNats('K14 a shipment is charged though its producer is killed before the bus hears of it', async () => {
  process.kill(premises.nats!.pid, 'SIGSTOP');
  await shipOrder(api, beta, 'B-1001', { pieces: 1 });
  await front.kill();
  process.kill(premises.nats!.pid, 'SIGCONT');
  await until('the charges', async () => (await charges(beta)).length === 4);
  await startFront();
  await untilReady(front.url!);
});

withNats(
  'G5 a run is drafted, approved and finalized once, killed at each step and between two merchants',
  async () => {
    let run = { id: '' };
    await killBackAt({ table: 'billing.run_merchant', event: 'update', when: `new.state = 'draft'` }, async () => {
      run = await post('/billing-runs', { cutoff: '2026-10-15' });
    });
    const state = async () =>
      (await api.get<{ state: string; rows: { state: string }[] }>(`/billing-runs/${run.id}`)).state;
    await until('the drafts', async () => (await state().catch(retryWhileAway)) === 'draft');
    await killBackAt({ table: 'billing.charge', event: 'update', when: 'new.line_id is not null' }, () =>
      post(`/billing-runs/${run.id}/approve`),
    );
    await until('the approval', async () => (await state().catch(retryWhileAway)) === 'approved');
    // the second merchant stands still while the first is done
    await killBackAt(
      { table: 'billing.invoice', event: 'update', when: `new.state = 'finalized' and new.merchant_id = '${beta}'` },
      () => post(`/billing-runs/${run.id}/finalize`),
    );
    await until('the numbers', async () => (await state().catch(retryWhileAway)) === 'finalized');
    expect(await premises.database.query(`select number from billing.invoice order by number`)).toEqual([
      { number: 'RE-2026-00001' },
      { number: 'RE-2026-00002' },
    ]);
    expect(await count('billing.charge', 'line_id is null')).toBe(0);
  },
);

withNats('H9 the documents are archived and each invoice is mailed once, with its PDF', async () => {
  await endLeases();
  await until('the mails', () => mails.mails.length >= 2);
  expect(mails.mails.map(({ to }) => (Array.isArray(to) ? to[0]! : to!).text).toSorted()).toEqual([
    'rechnung-a-1@example.com',
    'rechnung-b-1@example.com',
  ]);
  expect(new Set(mails.mails.map(({ messageId }) => messageId)).size).toBe(2);
  await until('the delivery', async () => (await count('billing.invoice_status', `delivery = 'sent'`)) === 2);
});

withNats('a worker killed while rendering and right before archiving makes one document and one mail', async () => {
  mails.mails.length = 0;
  await shipOrder(api, alpha, 'A-1002', { pieces: 3, shippedAt: '2026-10-20T10:00:00Z' });
  await until('the charges', async () => (await count('billing.charge', 'line_id is null')) === 5);
  const run = await post('/billing-runs', { cutoff: '2026-10-31' });
  const rows = async () =>
    (
      await api.get<{ rows: { merchantId: string; state: string }[] }>(`/billing-runs/${run.id}`).catch(retryWhileAway)
    )?.rows.find(({ merchantId }) => merchantId === alpha)?.state;
  await until('the draft', async () => (await rows()) === 'draft');
  await post(`/billing-runs/${run.id}/approve`);
  await until('the approval', async () => (await rows()) === 'approved');
  const claiming = await freezeAt(premises.database.url, {
    table: 'billing.invoice_document',
    event: 'update',
    when: `new.state = 'pending'`,
  });
  await post(`/billing-runs/${run.id}/finalize`);
  await claiming.reached();
  // in place before the next worker starts, which would be done before we look
  const archiving = await freezeAt(premises.database.url, {
    table: 'billing.invoice_document',
    event: 'update',
    when: `new.state = 'ready'`,
  });
  await back.kill();
  await claiming.release();
  await startBack();
  await archiving.reached();
  await back.kill();
  await archiving.release();
  await endLeases();
  await startBack();
  await untilReady(front.url!);
  await until('the mail', () => mails.mails.length > 0);
  expect(await count('billing.invoice_document', `state = 'ready'`)).toBe(3);
  const [mail] = mails.mails;
  expect(mail!.attachments.filter(({ contentType }) => contentType === 'application/pdf')).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(mails.mails).toHaveLength(1);
});

withNats('the PDF says what was billed', async () => {
  if (!hasPdftotext) return;
  const { items } = await api.get<{ items: { id: string; number: string; grossMinor: number; netMinor: number }[] }>(
    '/invoices?limit=50',
  );
  for (const invoice of items) {
    const response = await api.raw('GET', `/invoices/${invoice.id}/document.pdf`);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const text = textOf(Buffer.from(await response.arrayBuffer()));
    expect(text).toContain(invoice.number);
    expect(text).toContain((invoice.grossMinor / 100).toFixed(2).replace('.', ','));
  }
});

withNats('NATS killed and started again under load loses nothing and repeats nothing', async () => {
  const before = (await charges(beta)).length;
  let shipped = 0;
  const load = (async () => {
    for (let index = 0; index < 60; index += 1) {
      await until('an accepted order', () =>
        shipOrder(api, beta, `B-2${String(index).padStart(3, '0')}`, { shippedAt: '2026-10-25T10:00:00Z' }).catch(
          retryWhileAway,
        ),
      );
      shipped += 1;
    }
  })();
  for (let round = 0; round < 2; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await premises.restartNats();
  }
  await load;
  expect(shipped).toBe(60);
  await until('all charges', async () => (await charges(beta)).length === before + 60 * 4, 60_000);
  expect(
    await premises.database.query(
      `select source_event from billing.charge group by source, source_event, charge_type, revision having count(*) > 1`,
    ),
  ).toEqual([]);
});
