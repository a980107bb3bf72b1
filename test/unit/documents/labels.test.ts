import { expect, test } from '@jest/globals';
import type { Label, LabelFormat } from '../../../services/returns/documents/label-model.ts';
import { renderLabels } from '../../../services/returns/documents/render-labels.ts';
import { hasPdftotext, textOf } from '../../support/pdf.ts';
import { hasPdftoppm, printed, scanned } from '../../support/scan.ts';

const itemLabel: Label = {
  kind: 'item',
  code: 'KI-0004P7',
  title: 'Teekanne „Waldmeister“, 1,2 l, grün glasiert, mit Stövchen',
  subtitle: 'TG-4100',
  hint: 'rtv',
  grade: 'C',
  quantity: 2,
  merchantNumber: '10023',
  returnNumber: 'RT-2026-00123',
  orderNumber: '536001',
};
const batchLabel: Label = {
  ...itemLabel,
  ...{ kind: 'batch', code: 'KB-0009X1', title: 'Töpferei Grünwald GmbH & Co. KG', subtitle: 'RTV-2026-00017' },
  ...{ grade: null, returnNumber: null, orderNumber: null },
};
const longest: Label = {
  ...itemLabel,
  ...{
    code: 'KI-XXXXXXXXX',
    title: 'Donaudampfschifffahrtsgesellschaftskapitänsmütze '.repeat(5),
    subtitle: 'S'.repeat(80),
  },
  ...{ hint: 'restock_b', quantity: 100_000, merchantNumber: 'M'.repeat(20), returnNumber: 'RT-2026-1234567' },
  ...{ orderNumber: '9'.repeat(80) },
};

const render = (format: LabelFormat, ...labels: Label[]) =>
  renderLabels({ format, language: 'de', printedOn: '2026-10-15', labels });

const codesOf = ({ code }: Label) => [
  { format: 'Code128', text: code },
  { format: 'QRCode', text: code },
];

(hasPdftoppm ? test : test.skip).each(
  (['62x29', 'a6'] as const).flatMap((format) => [203, 300].map((dpi) => [format, dpi] as const)),
)('A15 both codes are read from a label of %s printed with %i dpi', async (format, dpi) => {
  const labels = [itemLabel, batchLabel, longest];
  const pages = printed(await render(format, ...labels), dpi);
  expect(pages).toHaveLength(3);
  for (const [index, page] of pages.entries()) expect(await scanned(page)).toEqual(codesOf(labels[index]!));
});

(hasPdftotext ? test : test.skip).each(['62x29', 'a6'] as const)(
  'A15 a label of %s says what it is, where it goes and whose it is',
  async (format) => {
    const text = textOf(await render(format, itemLabel));
    for (const part of ['KI-0004P7', 'Teekanne', 'TG-4100', 'ZUM HÄNDLER', '2 Stück', 'RT-2026-00123', '10023'])
      expect(text).toContain(part);
  },
);

test('the same labels are the same bytes, in the size of the label', async () => {
  const pdf = await render('62x29', itemLabel);
  expect(pdf.equals(await render('62x29', itemLabel))).toBe(true);
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 175\.7\d+ 82\.2\d+\]/);
});

test('a name with signs the font lacks is printed nevertheless', async () => {
  const pdf = await render('62x29', { ...itemLabel, title: '茶壶 🫖 Kanne', subtitle: '茶' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});
