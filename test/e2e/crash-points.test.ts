import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { CRASH_POINTS } from '../../shared/messaging/crash-points.ts';
import { chanceOf } from '../../demo/chance.ts';
import { accessTokenOf, openApi, type Api } from '../support/api.ts';
import { endLeases, finance } from '../support/crash-billing.ts';
import { billedByOracle, billedByProduct, chargesOf, documentsOf, mailsOf } from '../support/crash-evidence.ts';
import { startLoad, type Attempt, type Load } from '../support/crash-load.ts';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import { openMailSink, type MailSink } from '../support/mail-sink.ts';
import { openPremises, until, type Premises } from '../support/product.ts';
import { openVictim, type Victim } from '../support/victim.ts';

/** The bound of the whole: a hundred deaths in six minutes. */
const WITHIN_MS = 360_000;
jest.setTimeout(WITHIN_MS);
/** Nothing is waited for any shorter: how long a request takes depends on when the product is there. */
const PATIENCE_MS = WITHIN_MS - 10_000;

/** Business time when the test begins; far enough behind the cut-offs that no clock starts their runs. */
const TODAY = '2027-01-05';
const NOW = Date.parse(`${TODAY}T06:00:00Z`);
const MERCHANTS = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6', 'G7', 'H8'];
/** The product is killed in all of them but the last, which bills what came in meanwhile. */
const ALL_PERIODS = [
  { from: '2026-10-01', to: '2026-10-15' },
  { from: '2026-10-16', to: '2026-10-31' },
  { from: '2026-11-01', to: '2026-11-15' },
  { from: '2026-11-16', to: '2026-11-30' },
  { from: '2026-12-01', to: '2026-12-15' },
];
/** Whose bins are charged by the day. */
const WITH_STOCK = ['A1', 'E5'];
const ACCEPTED = 80;

/** Where the product ends in each wave, in the order of the work. */
const INTAKE = [
  'event.stored@orders',
  'delivery.claimed@billing.charge-shipments',
  'delivery.handled@billing.charge-shipments',
  'delivery.done@billing.charge-shipments',
];
const DRAFT = ['draft.priced', 'step.worked@draft', 'step.committed@draft'];
const APPROVE = ['step.worked@approve', 'step.committed@approve'];
const FINALIZE = [
  ...['number.taken', 'step.worked@finalize', 'step.committed@finalize', 'document.rendered', 'document.stored'],
  ...['delivery.handled@notifications.tell-invoice-ready', 'mail.claimed', 'mail.accepted'],
];
const NAMED = [...INTAKE, ...DRAFT, ...APPROVE, ...FINALIZE];
/** In each of the four phases of a wave: one after a moment by chance, and the one that saw the phase to its end. */
const BY_CHANCE = 2;
/** A hundred deaths; fewer waves for a short look. */
const WAVES = Number(process.env['KONTOR_CRASH_WAVES'] ?? 4);
const KILLS = WAVES * (NAMED.length + 4 * BY_CHANCE);

const PERIODS = ALL_PERIODS.slice(0, WAVES + 1);
const seed = process.env['KONTOR_SEED'] ?? String(Date.now());
const chance = chanceOf(seed);
const came = new Map(NAMED.map((point) => [point, 0]));

let premises: Premises;
let mails: MailSink;
let victim: Victim;
let load: Load;
let token: Promise<string> | undefined;
let over = false;

beforeAll(async () => {
  premises = await openPremises({ withNats: false });
  mails = await openMailSink();
  const env = { ...mails.env, TEST_SHIFT_MS: String(NOW - Date.now()), LOG_LEVEL: 'fatal' };
  victim = openVictim(premises, env, () => endLeases(premises.database));
  await victim.live();
}, 60_000);
afterAll(async () => {
  over = true;
  await load?.stop();
  await victim?.kill();
  await mails?.close();
  await premises?.close();
});

/** The client of whoever lives now. Everybody shares one session, which outlives the product. */
async function client(): Promise<Api> {
  const url = victim.url();
  if (!url) throw new Error('The product is away');
  token ??= accessTokenOf(url, victim.administrator()!).catch((error: unknown) => {
    token = undefined;
    throw error;
  });
  return openApi(url, await token);
}

/** Asks until there is an answer: nobody there, a connection that breaks and 503 are none. */
const attempt: Attempt = <Body>(request: (api: Api, headers: Record<string, string>) => Promise<Body>, key: string) => {
  let cause: unknown;
  const ask = async (): Promise<Body | undefined> => {
    if (over) throw new Error('The test is over', { cause });
    try {
      return await request(await client(), { 'idempotency-key': key.replaceAll(' ', '_') });
    } catch (error) {
      cause = error;
      const { status } = error as { status?: number };
      if (status === 401) token = undefined;
      if (status !== undefined && ![401, 409, 500, 503, 504].includes(status)) throw error;
      return undefined;
    }
  };
  return until<Body>(key, ask, PATIENCE_MS).catch((error: Error): never => {
    throw new Error(error.message, { cause });
  });
};

/** Kills at the points and at moments by chance while `work` goes on, then lets it come to its end. */
async function killDuring(points: readonly string[], work: () => Promise<unknown>): Promise<void> {
  let failure: unknown;
  const done = work().catch((error: unknown) => void (failure = error));
  for (const point of points) if (!failure && (await victim.dieAt(point))) came.set(point, came.get(point)! + 1);
  await victim.dieAfter(chance.whole(200, 2_500));
  await victim.live();
  await done;
  if (failure) throw failure;
}

async function setUp(): Promise<void> {
  const api = await client();
  await setUpIssuer(api, '2027-01-01');
  const merchants = [];
  for (const number of MERCHANTS) {
    const hasStock = WITH_STOCK.includes(number);
    const id = await setUpMerchant(api, {
      ...{ number, name: `Merchant ${number}`, contract: hasStock ? { storageMethod: 'binDay' } : {} },
      // every mail is one of an invoice
      merchant: { noticeEmails: [] },
    });
    merchants.push({ id, number, hasStock });
  }
  load = startLoad({ chance, merchants, attempt, today: TODAY }, PERIODS[0]!);
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
const enough = () => until('the load', () => load.accepted() >= ACCEPTED, PATIENCE_MS);

test(`G5 the product killed ${KILLS} times at ${NAMED.length} named points and by chance bills what the oracle says, each once`, async () => {
  process.stderr.write(`    KONTOR_SEED=${seed}\n`);
  const begun = Date.now();
  await setUp();
  for (const [wave, { to }] of PERIODS.slice(0, -1).entries()) {
    await killDuring(INTAKE, enough);
    await load.turnTo({ ...PERIODS[wave + 1]!, lateTo: to });
    const { drafted, approved, finalized } = finance(attempt, to, PATIENCE_MS);
    await killDuring(DRAFT, drafted);
    await killDuring(APPROVE, approved);
    await killDuring(FINALIZE, finalized);
    process.stderr.write(`    ${to}: ${victim.kills()} kills after ${Math.round((Date.now() - begun) / 1_000)} s\n`);
  }
  await enough();
  await load.stop();
  const { drafted, approved, finalized } = finance(attempt, PERIODS.at(-1)!.to, PATIENCE_MS);
  for (const step of [drafted, approved, finalized]) await step();
  process.stderr.write(
    `    ${victim.kills()} kills, a start takes ${median(victim.startsMs)} ms, ${load.sent.length} shipments, ${load.others.returns.length} returns, ${load.others.specialJobs.length} jobs, ${JSON.stringify(Object.fromEntries(came))}\n`,
  );
  await expectTruth();
  expect(victim.kills()).toBe(KILLS);
  expect([...came].filter(([, times]) => times < WAVES - 1)).toEqual([]);
});

async function expectTruth(): Promise<void> {
  const { database } = premises;
  const oracle = await billedByOracle(database, MERCHANTS, load, { from: '2026-10-15', to: PERIODS.at(-1)!.to });
  expect(await chargesOf(database)).toEqual(oracle.charges);
  expect(await billedByProduct(database)).toEqual(oracle.invoices);
  const invoices = oracle.invoices.length;
  const numbers = await database.query<{ n: number }>(`select series_number as n from billing.invoice order by 1`);
  expect(numbers.map(({ n }) => n)).toEqual(Array.from({ length: invoices }, (_, index) => index + 1));
  await until(
    'the documents and mails',
    async () => (await mailsOf(database)).filter(({ sent }) => sent).length === invoices,
    PATIENCE_MS,
  );
  expect(await documentsOf(premises)).toEqual(
    Array.from({ length: invoices }, () => ({ state: 'ready', intact: true })),
  );
  const stored = await mailsOf(database);
  expect(new Set(stored.map(({ invoice }) => invoice)).size).toBe(invoices);
  const delivered = mails.mails.map(({ messageId }) => messageId!);
  expect(new Set(delivered)).toEqual(new Set(stored.map(({ messageId }) => messageId)));
  // RFC 1047: what the server took and nobody could note goes out once more, with the same id
  for (const { messageId, attempts } of stored)
    expect(delivered.filter((id) => id === messageId).length).toBeLessThanOrEqual(attempts);
  await expectInvariants();
}

async function expectInvariants(): Promise<void> {
  const api = await client();
  await api.post('/self-check');
  const ended = async () => {
    const view = await api.get<SelfCheck>('/self-check');
    return view.finishedAt && !view.running ? view : undefined;
  };
  const { invariants } = await until('the self-check', ended, PATIENCE_MS);
  expect(invariants.length).toBeGreaterThan(30);
  expect(invariants.filter(({ state }) => state !== 'kept' && state !== 'impossible')).toEqual([]);
}

interface SelfCheck {
  running: boolean;
  finishedAt: string | null;
  invariants: { id: string; state: string }[];
}

test('every point has a place in the product, and the test comes to each of them', () => {
  const named = new Set(NAMED.map((point) => point.split('@')[0]));
  expect([...CRASH_POINTS].filter((point) => !named.has(point))).toEqual([]);
  expect(named.size).toBeGreaterThanOrEqual(12);
});
