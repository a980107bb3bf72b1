import type { Delivery } from '../../shared/deliveries/words.tsx';

/** A line of the form; the key lets it keep its place while others come and go. */
export interface FormLine {
  key: string;
  sku: string;
  name: string;
  quantity: number;
}

/** What the form says. */
export interface Announcement {
  reference: string;
  expectedOn: string;
  expectedPallets: number | null;
  expectedCartons: number | null;
  note: string;
  lines: FormLine[];
}

export const emptyLine = (): FormLine => ({ key: crypto.randomUUID(), sku: '', name: '', quantity: 1 });

export const emptyAnnouncement = (): Announcement => ({
  ...{ reference: '', expectedOn: '', expectedPallets: null, expectedCartons: null, note: '' },
  lines: [emptyLine()],
});

export const announcementOf = (delivery: Delivery): Announcement => ({
  reference: delivery.reference,
  expectedOn: delivery.expectedOn,
  expectedPallets: delivery.expectedPallets,
  expectedCartons: delivery.expectedCartons,
  note: delivery.note,
  lines: delivery.lines.map(({ id, sku, name, expectedQuantity }) => ({
    key: id,
    sku,
    name,
    quantity: expectedQuantity,
  })),
});

/** Lines with an article and pieces, as the API wants them. */
export const toLines = (lines: readonly FormLine[]) =>
  lines
    .filter(({ sku, quantity }) => sku.trim() && quantity > 0)
    .map(({ sku, name, quantity }) => ({ sku: sku.trim(), name: name.trim(), quantity }));

/**
 * Lines copied from a spreadsheet: SKU, pieces and maybe a name, with tabs or semicolons between; a heading is passed
 * over. The same article again adds to its pieces.
 * @returns the lines, and the numbers of those that cannot be read
 */
export function readPasted(text: string): { lines: FormLine[]; faults: number[] } {
  const bySku = new Map<string, FormLine>();
  const faults: number[] = [];
  for (const [index, row] of text.split(/\r?\n/).entries()) {
    if (!row.trim()) continue;
    const [sku = '', pieces = '', name = ''] = row.split(/[\t;]/).map((cell) => cell.trim().replaceAll(/^"|"$/g, ''));
    if (!sku || !/^\d{1,7}$/.test(pieces) || Number(pieces) === 0) {
      if (index > 0 || /\d/.test(pieces)) faults.push(index + 1);
      continue;
    }
    const known = bySku.get(sku);
    const quantity = (known?.quantity ?? 0) + Number(pieces);
    bySku.set(sku, { ...(known ?? { ...emptyLine(), sku, name }), quantity });
  }
  return { lines: [...bySku.values()], faults };
}
