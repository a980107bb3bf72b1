import { afterAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { openInvoiceRenderer } from '../../../services/billing/documents/invoice-renderer.ts';
import { CHECKS } from '../../../services/billing/documents/checks/invalid.ts';
import { makeDocument } from '../../../services/billing/documents/make-document.ts';
import { openDocumentRenderer } from '../../../services/returns/documents/document-renderer.ts';
import { renderPackingList } from '../../../services/returns/documents/render-packing-list.ts';
import { sampleInvoice } from '../../support/invoice-samples.ts';
import { fiveSections, oneLine } from '../../support/invoice-sections.ts';
import { samplePackingList } from '../../support/packing-list-samples.ts';

const renderer = openInvoiceRenderer({ size: 1 });
const papers = openDocumentRenderer({ size: 1 });
afterAll(() => Promise.all([renderer.close(), papers.close()]));

test('a child makes the same bytes', async () => {
  const content = sampleInvoice(fiveSections);
  const [made, here] = [await renderer.make({ content }), await makeDocument({ content })];
  for (const file of ['pdf', 'xml', 'model'] as const)
    expect(Buffer.from(made[file]).equals(Buffer.from(here[file]))).toBe(true);
  expect(made.checks).toEqual([...CHECKS]);
});

test('a missing character comes back as the error it is, and the child goes on', async () => {
  const content = sampleInvoice(oneLine);
  await expect(renderer.make({ content: { ...content, number: 'RE-茶' } })).rejects.toMatchObject({
    type: 'DOCUMENT_GLYPH_MISSING',
    data: { field: 'number', character: '茶' },
  });
  expect(Buffer.from((await renderer.make({ content })).pdf).toString('latin1', 0, 5)).toBe('%PDF-');
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
