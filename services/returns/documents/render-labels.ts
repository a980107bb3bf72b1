import { openSheet } from '../../../shared/documents/sheet.ts';
import { drawSheetLabel } from './label-a6.ts';
import { drawSmallLabel } from './label-62x29.ts';
import type { LabelFormat, LabelSheet } from './label-model.ts';
import { LABEL_TEXTS } from './label-texts.ts';

const LAYOUTS: Record<LabelFormat, { width: number; height: number; draw: typeof drawSmallLabel }> = {
  '62x29': { width: 62, height: 29, draw: drawSmallLabel },
  a6: { width: 105, height: 148, draw: drawSheetLabel },
};

/**
 * Draws labels, each on a page of its own in the size of the label. Pure: the same labels give the same bytes.
 * Characters the font lacks are shown as `□`.
 * @throws RangeError without a label
 */
export async function renderLabels({ format, language, printedOn, labels }: LabelSheet): Promise<Buffer> {
  if (!labels.length) throw new RangeError('No labels');
  const texts = LABEL_TEXTS[language];
  const { draw, ...page } = LAYOUTS[format];
  const title = `${texts.title(labels.length)} ${labels[0]!.code}`;
  const sheet = openSheet({ title, author: 'Kontor', language, createdOn: printedOn, page });
  labels.forEach((label, index) => {
    if (index > 0) sheet.addPage();
    draw(sheet, label, texts);
  });
  return sheet.finish();
}
