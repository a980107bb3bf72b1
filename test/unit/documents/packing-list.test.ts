import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { renderPackingList } from '../../../services/returns/documents/render-packing-list.ts';
import { samplePackingList } from '../../support/packing-list-samples.ts';
import { hasPdftotext, linesOf, pageCountOf, source, textOf } from '../../support/pdf.ts';

const readBack = hasPdftotext ? describe : describe.skip;
const jpeg = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#88aa66' } })
    .jpeg()
    .toBuffer();

describe('the packing list as a file', () => {
  test('the same list gives the same bytes', async () => {
    const [first, second] = await Promise.all([
      renderPackingList(samplePackingList(30)),
      renderPackingList(samplePackingList(30)),
    ]);
    expect(first.equals(second)).toBe(true);
  });

  test('photos are embedded as they are', async () => {
    const photo = await jpeg(32, 24);
    const list = samplePackingList(3);
    const pdf = await renderPackingList({ ...list, pieces: list.pieces.map((piece) => ({ ...piece, photo })) });
    expect(pdf.includes(photo)).toBe(true);
    expect(source(pdf).match(/\/Subtype \/Image/g)).toHaveLength(3);
  });

  test('C7 five hundred pieces with photos are a list of some dozen pages, in seconds', async () => {
    const photo = await jpeg(320, 240);
    const list = samplePackingList(500, { code: 'KB-0004P7' });
    const pieces = list.pieces.map((piece) => ({ ...piece, photo, photos: 3, serialNumbers: ['SN-1', 'SN-2'] }));
    const pdf = await renderPackingList({ ...list, pieces });
    expect(source(pdf).match(/\/Subtype \/Image/g)).toHaveLength(500);
    expect(pageCountOf(pdf)).toBeGreaterThan(40);
    expect(pageCountOf(pdf)).toBeLessThan(80);
    expect(pdf.length).toBeLessThan(500 * photo.length + 3_000_000);
  }, 30_000);

  test('what is no JPEG is refused', async () => {
    const photo = await sharp(await jpeg(8, 8))
      .png()
      .toBuffer();
    const list = samplePackingList(1);
    await expect(renderPackingList({ ...list, pieces: [{ ...list.pieces[0]!, photo }] })).rejects.toThrow(RangeError);
  });

  test('an article code the font lacks is an error, since it cannot be guessed', async () => {
    const list = samplePackingList(1);
    await expect(
      renderPackingList({ ...list, pieces: [{ ...list.pieces[0]!, articleCode: 'TG-茶' }] }),
    ).rejects.toMatchObject({ type: 'DOCUMENT_GLYPH_MISSING' });
  });
});

readBack('the packing list read back', () => {
  test('says what is in the batch, where it goes and how', async () => {
    const lines = linesOf(textOf(await renderPackingList(samplePackingList(3))));
    expect(lines).toEqual(
      expect.arrayContaining([
        'Packliste zur Sammelrücksendung RTV-2026-00017',
        'Sammelrücksendung RTV-2026-00017',
        expect.stringContaining('Sendungsnummer 00340434161094022115'),
        expect.stringContaining('Gewicht 18,45 kg'),
        '1 Teekanne „Waldmeister“, 1,2 l, grün glasiert Defekt · Bruch 1',
        '2 Müslischale 14 cm Leicht gebraucht · Gebrauchsspuren 2',
        '3 Vorratsdose mit Korkdeckel Stark gebraucht · Teil fehlt 3',
        'TG-4101',
        'RET-88001 · Auftrag 536001',
        'Gesamt 3 Positionen · Leicht gebraucht 2 · Stark gebraucht 3 · Defekt 1 6 Stück',
        'Gepackt (Lager) Empfangen (Händler)',
        'Seite 1 von 1',
      ]),
    );
  });

  test('runs over pages with its head repeated, in English, before anything is known of the dispatch', async () => {
    const pdf = await renderPackingList(samplePackingList(300, { language: 'en', dispatch: {} }));
    const pages = textOf(pdf).split('\f').slice(0, -1);
    expect(pages).toHaveLength(pageCountOf(pdf));
    for (const page of pages) expect(linesOf(page)).toContain('Item Article Grade and finding Quantity');
    expect(linesOf(pages.at(-1)!)).toContain(
      'Total 300 items · Lightly used 150 · Heavily used 300 · Defective 150 600 pieces',
    );
    expect(pages.join('')).not.toMatch(/Tracking|Carrier|Seite/);
  });

  test('a symbol the font lacks does not keep goods from leaving', async () => {
    const list = samplePackingList(1);
    const text = textOf(
      await renderPackingList({ ...list, pieces: [{ ...list.pieces[0]!, note: 'Geschenk 🎁 offen' }] }),
    );
    expect(text).toContain('Geschenk □ offen');
  });
});
