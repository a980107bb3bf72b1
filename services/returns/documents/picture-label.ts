import { openSheet } from '../../../shared/documents/sheet.ts';
import type { LocalDate } from '../../../shared/kernel/dates.ts';

/** A label of a carrier that came as a picture; printers of labels take pages. */
export interface PictureLabel {
  batchNumber: string;
  addedOn: LocalDate;
  jpeg: Uint8Array;
}

const A6 = { width: 105, height: 148 };
const MARGIN = 2;

/** Puts a picture on a page of A6, as large as it fits. @throws RangeError when it is not a JPEG */
export async function renderPictureLabel({ batchNumber, addedOn, jpeg }: PictureLabel): Promise<Buffer> {
  const sheet = openSheet({ title: batchNumber, author: 'Kontor', language: 'en', createdOn: addedOn, page: A6 });
  sheet.jpeg(jpeg, MARGIN, MARGIN, A6.width - 2 * MARGIN, A6.height - 2 * MARGIN);
  return sheet.finish();
}
