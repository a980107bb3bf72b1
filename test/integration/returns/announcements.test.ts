import { expect, test } from '@jest/globals';
import { changeAnnouncedItems } from '../../../services/returns/use-cases/announce-items.ts';
import { getAnnouncementTemplate } from '../../../services/returns/use-cases/get-announcement-template.ts';
import { getReturnSlip, sendReturnSlip } from '../../../services/returns/use-cases/return-slip.ts';
import { importAnnouncements } from '../../../services/returns/use-cases/import-announcements.ts';
import { lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { hasPdftotext, textOf } from '../../support/pdf.ts';
import { countRows, inputOf, newId, userOf, worker } from '../../support/returns.ts';
import { hasPdftoppm, printed, scanned } from '../../support/scan.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const FILE = 'RMA;Auftrag;SKU;Menge;Grund\nR-1;4711;MUG;2;Defekt\nR-1;;CUP;1;\nR-2;;MUG;1;Gefällt nicht\n';
interface Sending {
  actor?: typeof worker;
  dryRun?: 'true' | 'false';
  merchantId?: string;
}
async function send(text: string, { actor = worker, dryRun = 'false', merchantId }: Sending) {
  const file = await fixture.upload(Buffer.from(text));
  const answer = importAnnouncements(fixture.deps, { file, dryRun, ...(merchantId ? { merchantId } : {}) }, actor);
  return answer.finally(async () => expect(await fixture.deps.store.has(file.uploadKey)).toBe(false));
}
const stored = (merchantId: string) => countRows(database, 'returns.return', 'merchant_id = $1', [merchantId]);
const told = (merchantId: string) =>
  countRows(database, 'messaging.event', `merchant_id = $1 and type = 'returns.return-progressed.v1'`, [merchantId]);

test('C12 a merchant announces returns by file, once, and they are matched to their orders', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, '4711', [{ sku: 'MUG', quantity: 2 }]);
  const actor = userOf(merchantId);
  const outcome = { created: 2, unchanged: 0, errors: [], ignoredColumns: [] };
  expect(await send(FILE, { actor, dryRun: 'true' })).toEqual(outcome);
  expect(await stored(merchantId)).toBe(0);
  expect(await send(FILE, { actor })).toEqual(outcome);
  const { returns } = await lookupReturns(fixture.deps, { code: 'R-1' }, worker);
  expect(returns).toEqual([
    expect.objectContaining({
      ...{ merchantId, state: 'announced', kind: 'withdrawal', channel: 'csv', externalNumber: 'R-1' },
      ...{ matchState: 'matched', orderId, orderNumber: '4711', pieces: 3, number: expect.stringMatching(/^RT-2026-/) },
    }),
  ]);
  expect(await told(merchantId)).toBe(2);
  expect(await send(FILE, { actor })).toEqual({ ...outcome, created: 0, unchanged: 2 });
  expect(await send(`${FILE}R-3;;MUG;1;\n`, { actor })).toMatchObject({ created: 1, unchanged: 2 });
  expect(await stored(merchantId)).toBe(3);
  expect(await told(merchantId)).toBe(3);
});

test('C12 with a mistake in any line nothing is stored, and every mistake is told', async () => {
  const merchantId = await fixture.merchant();
  const wrong = `${FILE}R-4;;MUG;0;\nR-5;;;1;\n`;
  const dry = await send(wrong, { merchantId, dryRun: 'true' });
  expect(dry.errors.map(({ line, field, code }) => [line, field, code])).toEqual([
    [5, 'quantity', 'NOT_A_QUANTITY'],
    [6, 'sku', 'REQUIRED'],
  ]);
  await expect(send(wrong, { merchantId })).rejects.toMatchObject({
    ...{ code: 422, type: 'ANNOUNCEMENTS_INVALID' },
    data: { count: 2, errors: [{ path: 'lines.5.quantity' }, { path: 'lines.6.sku' }] },
  });
  await expect(send('\u0000\u0001', { merchantId })).rejects.toMatchObject({ code: 422 });
  await expect(send('', { merchantId })).rejects.toMatchObject({ code: 422 });
  expect(await stored(merchantId)).toBe(0);
  expect(await told(merchantId)).toBe(0);
});

test('C12 what is announced in another way or with other content is not announced again', async () => {
  const merchantId = await fixture.merchant();
  await desk.create({ merchantId, externalNumber: 'R-2', items: [{ sku: 'MUG', quantity: 1 }] });
  await expect(send(FILE, { merchantId })).rejects.toMatchObject({
    data: { errors: [{ path: 'lines.4.rma', code: 'RMA_EXISTS' }] },
  });
  expect(await stored(merchantId)).toBe(1);
});

test('C12 two who send the same file at the same moment announce it once', async () => {
  const merchantId = await fixture.merchant();
  const sent = await Promise.allSettled([send(FILE, { merchantId }), send(FILE, { merchantId })]);
  expect(sent.some(({ status }) => status === 'fulfilled')).toBe(true);
  for (const one of sent)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 409, type: 'ANNOUNCED_MEANWHILE' });
  expect(await stored(merchantId)).toBe(2);
});

test('C12 a merchant announces for itself only, and whoever acts for several says for which', async () => {
  const [own, other] = [await fixture.merchant(), await fixture.merchant()];
  await expect(send(FILE, { actor: userOf(own), merchantId: other })).rejects.toMatchObject({ code: 404 });
  await expect(send(FILE, {})).rejects.toMatchObject({ code: 422, data: { errors: [{ path: 'merchantId' }] } });
  await expect(send(FILE, { merchantId: newId() })).rejects.toMatchObject({ code: 404 });
  expect(await stored(other)).toBe(0);
});

test('C12 five thousand returns come in one file', async () => {
  const merchantId = await fixture.merchant();
  const lines = Array.from({ length: 5_000 }, (_, n) => `B-${n};MUG;1`);
  expect(await send(`rma;sku;quantity\n${lines.join('\n')}`, { merchantId })).toMatchObject({ created: 5_000 });
  expect(await countRows(database, 'returns.return_item', 'merchant_id = $1', [merchantId])).toBe(5_000);
});

test('C12 the template is announced as it is', async () => {
  const merchantId = await fixture.merchant();
  const { objectKey, contentType } = await getAnnouncementTemplate(fixture.deps, { language: 'de' });
  expect(contentType).toBe('text/csv; charset=utf-8');
  const text = (await fixture.deps.store.read(objectKey)).toString();
  expect(await send(text, { merchantId })).toMatchObject({ created: 2, errors: [] });
});

const slip = (id: string, language?: 'de' | 'en', actor = worker) =>
  getReturnSlip(fixture.deps, inputOf(actions.getReturnSlip, { id, ...(language ? { language } : {}) }), actor);

(hasPdftoppm && hasPdftotext ? test : test.skip)(
  'C13 the sheet for the consumer names the house, the articles and the reasons, and its codes open the return',
  async () => {
    const merchantId = await fixture.merchant({ name: 'Töpferei Grünwald' });
    const parcel = await desk.create({
      ...{ merchantId, externalNumber: 'RMA-2026-77', orderNumber: '536001' },
      items: [{ sku: 'TG-1', name: 'Teekanne', quantity: 2, reason: 'too_large' }],
    });
    const { objectKey, filename } = await slip(parcel.id);
    expect(filename).toBe(`Ruecksendeschein-${parcel.number}.pdf`);
    const pdf = await fixture.deps.store.read(objectKey);
    const codes = await scanned(printed(pdf, 203)[0]!);
    expect(codes).toEqual([
      { format: 'Code128', text: 'RMA-2026-77' },
      { format: 'Code128', text: 'RMA-2026-77' },
      { format: 'QRCode', text: 'RMA-2026-77' },
    ]);
    expect((await lookupReturns(fixture.deps, { code: codes[0]!.text }, worker)).returns).toMatchObject([
      { id: parcel.id },
    ]);
    const text = textOf(pdf);
    for (const part of [
      'Retourenschein',
      'Teekanne',
      'Zu groß',
      'Gefällt nicht',
      'c/o Nordlager Fulfillment GmbH',
      '21035 Hamburg',
      '536001',
    ])
      expect(text).toContain(part);
    expect(textOf(await fixture.deps.store.read((await slip(parcel.id, 'en')).objectKey))).toContain('Return slip');
  },
);

test('C13 nobody gets the sheet of another merchant, nor one for goods that are here', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await desk.create({ merchantId, items: [{ sku: 'A', quantity: 1 }] });
  await expect(slip(parcel.id, 'de', userOf(await fixture.merchant()))).rejects.toMatchObject({ code: 404 });
  expect(await slip(parcel.id, 'de', userOf(merchantId))).toMatchObject({ contentType: 'application/pdf' });
  await receiveReturn(fixture.deps, { id: parcel.id }, worker);
  await expect(slip(parcel.id)).rejects.toMatchObject({ code: 409, type: 'RETURN_STATE_NOT_ALLOWED' });
  const blind = await desk.create({});
  await expect(slip(blind.id)).rejects.toMatchObject({ code: 409, type: 'RETURN_MERCHANT_UNKNOWN' });
});

test('C13 the consumer is mailed a link to the sheet, the same mail when it is asked for again', async () => {
  const merchantId = await fixture.merchant({ name: 'Töpferei Grünwald' });
  const { id } = await desk.create({ merchantId, externalNumber: 'RMA-5', items: [{ sku: 'A', quantity: 1 }] });
  const sent: { definition: string; input: Record<string, unknown>; actor: object }[] = [];
  const deps = {
    ...fixture.deps,
    call: (async (definition: { name: string }, input: Record<string, unknown>, actor: never) => {
      if (definition.name === 'billing.getIssuer') return fixture.deps.call(definition as never, input as never, actor);
      sent.push({ definition: definition.name, input, actor });
      return { id: input['id'] };
    }) as typeof fixture.deps.call,
  };
  const answer = await sendReturnSlip(deps, { id, language: 'en' }, userOf(merchantId));
  expect(await sendReturnSlip(deps, { id, language: 'en' }, userOf(merchantId))).toEqual(answer);
  expect(sent[1]).toEqual(sent[0]);
  expect(sent[0]).toMatchObject({
    ...{ definition: 'notifications.sendMessage', actor: { kind: 'service', id: 'returns' } },
    input: { id: answer.messageId, to: 'consumer', merchantId, about: { type: 'return', id }, language: 'en' },
  });
  const body = String(sent[0]!.input['body']);
  for (const part of ['Töpferei Grünwald', 'RMA-5', 'c/o Nordlager Fulfillment GmbH', '21035 Hamburg'])
    expect(body).toContain(part);
  expect(body).toMatch(
    new RegExp(`https://kontor\\.example/api/v1/returns/${id}/return-slip/en\\?expires=\\d+&signature=`),
  );
  await expect(sendReturnSlip(deps, { id }, userOf(await fixture.merchant()))).rejects.toMatchObject({ code: 404 });
  expect(sent).toHaveLength(2);
});

test('C12 what was announced is changed until it arrives: items stay, change, go and come', async () => {
  const merchantId = await fixture.merchant();
  const actor = userOf(merchantId);
  const parcel = await desk.create({
    merchantId,
    items: [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 2 },
    ],
  });
  const [a, b] = parcel.items.map((item) => item.id);
  const change = (items: Parameters<typeof inputOf<typeof actions.changeAnnouncedItems>>[1]['items'], by = actor) =>
    changeAnnouncedItems(fixture.deps, inputOf(actions.changeAnnouncedItems, { id: parcel.id, items }), by);
  const changed = await change([
    { id: b!, sku: 'B', quantity: 5 },
    { name: 'Kanne', quantity: 1, reason: 'defective' },
  ]);
  expect(changed.items.map(({ id, sku, name, quantity, reason }) => [id === b, sku, name, quantity, reason])).toEqual([
    [true, 'B', '', 5, null],
    [false, null, 'Kanne', 1, 'defective'],
  ]);
  expect(changed.version).toBe(2);
  const same = changed.items.map(({ id, sku, name, quantity, reason }) => ({
    ...{ id, name, quantity },
    ...(sku ? { sku } : {}),
    ...(reason ? { reason } : {}),
  }));
  expect((await change(same)).version).toBe(2);
  expect(await countRows(database, 'returns.return_item', 'id = $1', [a])).toBe(0);
  await expect(change([{ quantity: 1 }])).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'items.0.name' }] },
  });
  await expect(
    change([
      { id: b!, sku: 'B', quantity: 1 },
      { id: b!, sku: 'C', quantity: 1 },
    ]),
  ).rejects.toMatchObject({ code: 422 });
  const foreign = await desk.create({ merchantId: await fixture.merchant(), items: [{ sku: 'F', quantity: 1 }] });
  await expect(change([{ id: foreign.items[0]!.id, sku: 'F', quantity: 1 }])).rejects.toMatchObject({
    type: 'ITEM_ID_TAKEN',
  });
  await expect(change([], userOf(await fixture.merchant()))).rejects.toMatchObject({ code: 404 });
  expect(await countRows(database, 'returns.return_item', 'return_id = $1', [parcel.id])).toBe(2);
  await receiveReturn(fixture.deps, { id: parcel.id }, worker);
  await expect(change([])).rejects.toMatchObject({ code: 409, type: 'RETURN_STATE_NOT_ALLOWED' });
});
