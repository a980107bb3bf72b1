import { afterAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { openInvoiceRenderer } from '../../../services/billing/documents/invoice-renderer.ts';
import { renderInvoice } from '../../../services/billing/documents/render-invoice.ts';
import { openDocumentRenderer } from '../../../services/returns/documents/document-renderer.ts';
import { renderPackingList } from '../../../services/returns/documents/render-packing-list.ts';
import { sampleInvoice } from '../../support/invoice-samples.ts';
import { fiveSections, oneLine } from '../../support/invoice-sections.ts';
import { samplePackingList } from '../../support/packing-list-samples.ts';

const renderer = openInvoiceRenderer({ size: 1 });
const papers = openDocumentRenderer({ size: 1 });
afterAll(() => Promise.all([renderer.close(), papers.close()]));

test('a child draws the same bytes', async () => {
  const model = sampleInvoice(fiveSections);
  expect((await renderer.render(model)).equals(await renderInvoice(model))).toBe(true);
});

test('a missing character comes back as the error it is, and the child goes on', async () => {
  const model = sampleInvoice(oneLine);
  await expect(renderer.render({ ...model, number: 'RE-茶' })).rejects.toMatchObject({
    type: 'DOCUMENT_GLYPH_MISSING',
    data: { character: '茶' },
  });
  expect((await renderer.render(model)).subarray(0, 5).toString()).toBe('%PDF-');
});

test('packing lists with photos are drawn alike', async () => {
  const photo = await sharp({ create: { width: 32, height: 24, channels: 3, background: '#88aa66' } })
    .jpeg()
    .toBuffer();
  const list = samplePackingList(2);
  const withPhotos = { ...list, pieces: list.pieces.map((piece) => ({ ...piece, photo })) };
  const drawn = await papers.render({ kind: 'packingList', list: withPhotos });
  expect(drawn.includes(photo)).toBe(true);
  expect(drawn.equals(await renderPackingList(withPhotos))).toBe(true);
});
