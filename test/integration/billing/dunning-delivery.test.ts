import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import {
  getDunningLetter,
  getDunningLetterPdf,
  listDunningLetters,
  retryDunningLetter,
} from '../../../services/billing/use-cases/dunning/letters.ts';
import { proposeDunning, selectForDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { DunningRunView } from '../../../shared/protocol/billing/dunning-views.ts';
import { lettersArrive, lettersDrawn, tellOfMails, type MailOutcome } from '../../support/arriving-letters.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { issueInvoice, type IssuedInvoice } from '../../support/issued-invoices.ts';
import { textOf } from '../../support/pdf.ts';

let world: BillingWorld;
let serial = 0;

beforeAll(async () => {
  world = await createBillingWorld();
});
afterAll(() => world.close());

const propose = (day: string) => {
  world.at(`${day}T08:00:00Z`);
  return proposeDunning(world.deps, { asOf: day }, FINANCE);
};
const issue = ({ id }: DunningRunView) => issueDunning(world.deps, { id }, FINANCE);
const draw = () => lettersDrawn(world);
const letterOf = (id: string) => getDunningLetter(world.deps, { id }, FINANCE);
const rowOf = ({ rows }: DunningRunView, merchantId: string) => {
  const { level, lastLetter, selected, outcome } = rows.find((row) => row.merchantId === merchantId)!;
  return { level, lastLetter, selected, outcome };
};
/** What is told of the mails of a letter, at once. */
const delivered = (letterId: string, ...told: MailOutcome[]) => tellOfMails(world, 'dunningNotice', letterId, ...told);

/** A merchant that was reminded on 22 October of an invoice that was due on the 15th. */
async function reminded(drawn = true) {
  const merchantId = await world.addMerchant(`Merchant ${(serial += 1)}`);
  await issueInvoice(world.database, merchantId, { dueDate: '2026-10-15' });
  const { issued } = await issue(await propose('2026-10-22'));
  if (drawn) await draw();
  return { merchantId, letterId: issued.find((letter) => letter.merchantId === merchantId)!.id };
}

test('I4 a dunning letter has arrived while one recipient has it, whatever order the news of its mails comes in', async () => {
  const { merchantId, letterId } = await reminded(false);
  expect(await letterOf(letterId)).toMatchObject({ document: 'pending', delivery: null });
  await draw();
  const steps: [MailOutcome[], string][] = [
    [[], 'queued'],
    [[['a', 0, 'bounced']], 'bounced'],
    [[['a', 0, 'bounced']], 'bounced'],
    [[['b', 0, 'sent']], 'sent'],
    // what was taken comes back later, and the news of having been taken comes after that
    [
      [
        ['b', 0, 'bounced'],
        ['b', 0, 'sent'],
      ],
      'bounced',
    ],
    [[['b', 0, 'sent']], 'bounced'],
    [[['b', 1, 'sent']], 'sent'],
    [[['b', 0, 'bounced']], 'sent'],
  ];
  for (const [told, word] of steps) {
    await delivered(letterId, ...told);
    expect(await letterOf(letterId)).toMatchObject({ delivery: word });
  }
  const found = async (filter: object) =>
    (await listDunningLetters(world.deps, { limit: 50, merchantId, ...filter }, FINANCE)).items.map(({ id }) => id);
  expect(await found({ delivery: 'sent' })).toEqual([letterId]);
  expect(await found({ delivery: 'bounced' })).toEqual([]);
  // of a letter that is not known here
  await delivered(uuidOf('no', 'letter'), ['a', 0, 'sent']);
});

test('I4 who never got the last letter is proposed, and dunned once finance chose so', async () => {
  const [lost, other] = [await reminded(), await reminded()];
  await delivered(lost.letterId, ['a', 0, 'bounced']);
  await delivered(other.letterId, ['a', 0, 'sent']);
  const run = await propose('2026-11-02');
  expect(rowOf(run, lost.merchantId)).toMatchObject({ level: 1, lastLetter: 'bounced', selected: false });
  expect(rowOf(run, other.merchantId)).toMatchObject({ level: 1, lastLetter: null, selected: true });
  // nor is an invoice that was never dunned: what goes to this merchant comes back
  await issueInvoice(world.database, lost.merchantId, { dueDate: '2026-10-20' });
  const { rows } = await propose('2026-11-02');
  expect(rows.filter(({ merchantId }) => merchantId === lost.merchantId).map(({ lastLetter }) => lastLetter)).toEqual([
    'bounced',
    'bounced',
  ]);
  // between look and click: nobody saw that this one came back
  await delivered(other.letterId, ['a', 0, 'bounced']);
  const row = run.rows.find(({ merchantId }) => merchantId === lost.merchantId)!;
  await selectForDunning(world.deps, { id: run.id, invoiceIds: [row.invoiceId], selected: true }, FINANCE);
  const issued = await issue(run);
  expect(rowOf(issued, lost.merchantId)).toMatchObject({ outcome: 'issued' });
  expect(rowOf(issued, other.merchantId)).toMatchObject({ selected: true, outcome: 'changed' });
  // sent again to an address that works: its days begin with this one
  await delivered(other.letterId, ['b', 0, 'sent']);
  expect(rowOf(await propose('2026-11-09'), other.merchantId)).toMatchObject({ level: null, lastLetter: null });
  expect(rowOf(await propose('2026-11-10'), other.merchantId)).toMatchObject({ lastLetter: null, selected: true });
});

test('I4 a letter that cannot be drawn says why, holds the next level back and can be drawn again', async () => {
  const { merchantId, letterId } = await reminded(false);
  const { render } = world.deps.letters;
  world.deps.letters.render = () =>
    Promise.reject(
      new AppError(422, 'DOCUMENT_GLYPH_MISSING', 'The font cannot print U+5D0', {
        ...{ field: 'buyer.name', text: 'א GmbH', character: 'א', codePoint: 'U+05D0' },
      }),
    );
  await draw();
  const parked = await letterOf(letterId);
  expect(parked).toMatchObject({
    ...{ document: 'parked', documentError: 'The font cannot print U+5D0', delivery: null },
    documentFinding: { code: 'DOCUMENT_GLYPH_MISSING', field: 'buyer.name', character: 'א' },
  });
  const viewer: Actor = {
    ...{ kind: 'user', id: 'anna', roles: ['merchantViewer'], scope: [merchantId], requestId: 'test' },
  };
  await expect(getDunningLetter(world.deps, { id: letterId }, viewer)).rejects.toMatchObject({ code: 404 });
  const held = await propose('2026-11-02');
  expect(rowOf(held, merchantId)).toMatchObject({ level: 1, lastLetter: 'notMade', selected: false });
  expect(rowOf(await issue(held), merchantId)).toMatchObject({ outcome: 'deselected' });

  world.deps.letters.render = render;
  expect(await retryDunningLetter(world.deps, { id: letterId }, FINANCE)).toMatchObject({
    ...{ document: 'pending', documentError: null, documentFinding: null },
  });
  // a second click
  await expect(retryDunningLetter(world.deps, { id: letterId }, FINANCE)).rejects.toMatchObject({
    ...{ type: 'DOCUMENT_NOT_PARKED', code: 409 },
  });
  await draw();
  expect(await getDunningLetter(world.deps, { id: letterId }, viewer)).toMatchObject({
    ...{ document: 'ready', delivery: 'queued', documentError: null },
  });
  await delivered(letterId, ['a', 0, 'sent']);
  // its days begin with the day it arrived
  expect(rowOf(await propose('2026-11-09'), merchantId)).toMatchObject({ level: null, lastLetter: null });
  expect(rowOf(await propose('2026-11-10'), merchantId)).toMatchObject({ level: 1, lastLetter: null, selected: true });
});

test('I4 a final letter that cannot be drawn takes the names and addresses of now when it is made again', async () => {
  const { merchantId } = await reminded();
  const rename = (name: string) =>
    world.database.query(
      `update billing.merchant_ref set snapshot = jsonb_set(snapshot, '{address,name}', to_jsonb($2::text)) where merchant_id = $1`,
      [merchantId, name],
    );
  let run = await propose('2026-10-22');
  for (const day of ['2026-11-02', '2026-11-13', '2026-11-26']) {
    await lettersArrive(world);
    if (day === '2026-11-26') await rename('Haus 茶 GmbH');
    run = await issue(await propose(day));
  }
  await draw();
  const { id } = run.issued.find((letter) => letter.merchantId === merchantId)!;
  const parked = await letterOf(id);
  expect(parked).toMatchObject({ level: 3, document: 'parked', documentFinding: { character: '茶' } });
  // nothing comes after it, so it has to come itself
  const { rows } = await propose('2026-12-20');
  expect(rows.find((row) => row.merchantId === merchantId)).toMatchObject({ hindrance: 'exhausted' });
  await rename('Haus Tee GmbH');
  const { number, totalMinor } = await retryDunningLetter(world.deps, { id }, FINANCE);
  expect({ number, totalMinor }).toEqual({ number: parked.number, totalMinor: parked.totalMinor });
  await draw();
  const { objectKey } = await getDunningLetterPdf(world.deps, { id }, FINANCE);
  expect(textOf(await world.deps.store.read(objectKey))).toContain('Haus Tee GmbH');
  const change = `update billing.dunning_letter set model = model || '{"level": 0}' where id = $1`;
  await expect(world.database.query(change, [id])).rejects.toThrow('never changes');
});

test('I4 an invoice that its merchant never got is proposed, and dunned once finance chose so', async () => {
  const invoices: IssuedInvoice[] = [];
  for (const delivery of ['bounced', 'queued', 'sent']) {
    const merchantId = await world.addMerchant(`Merchant ${(serial += 1)}`);
    invoices.push(await issueInvoice(world.database, merchantId, { dueDate: '2026-10-15', delivery }));
  }
  const [lost, waiting, known] = [invoices[0]!, invoices[1]!, invoices[2]!];
  const run = await propose('2026-10-22');
  const seen = ({ rows }: DunningRunView) =>
    invoices.map(({ id }) => {
      const { undelivered, selected, level, outcome } = rows.find(({ invoiceId }) => invoiceId === id)!;
      return [undelivered, selected, level, outcome];
    });
  expect(seen(run)).toEqual([
    ['bounced', false, 0, null],
    ['notSent', false, 0, null],
    [null, true, 0, null],
  ]);
  // between look and click one comes back that nobody saw as lost, and one gets through
  await tellOfMails(world, 'invoiceReady', known.id, ['a', 0, 'bounced']);
  await tellOfMails(world, 'invoiceReady', waiting.id, ['a', 0, 'sent']);
  const invoiceIds = [lost.id, waiting.id];
  await selectForDunning(world.deps, { id: run.id, invoiceIds, selected: true }, FINANCE);
  expect(seen(await issue(run)).map(([, , , outcome]) => outcome)).toEqual(['issued', 'issued', 'changed']);
  // sent again to an address that works
  await tellOfMails(world, 'invoiceReady', known.id, ['b', 0, 'sent']);
  expect(seen(await propose('2026-10-22'))[2]).toEqual([null, true, 0, null]);
});
