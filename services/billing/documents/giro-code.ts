import QRCode from 'qrcode';
import { visible } from '../../../shared/documents/drawable.ts';
import type { Box } from '../../../shared/documents/sheet.ts';

/** EPC069-12, version 2: bounds of the fields in characters and of the whole in bytes. */
const NAME = 70;
const REFERENCE = 140;
const MOST_MINOR = 99_999_999_999;
const MOST_BYTES = 331;
const GREATEST_VERSION = 13;

/** Money that somebody is asked to transfer. */
export interface Transfer {
  amountMinor: number;
  currency: string;
  payee: string;
  bank: { name: string; iban: string; bic: string };
  /** By which the payment finds what it is for. */
  reference: string;
}

/**
 * What a banking app reads of a GiroCode (EPC069-12): a SEPA transfer with payee, account, amount and reference.
 * @returns `undefined` where nothing is to be transferred, or not in euros, or more than the code can say
 */
export function giroCodeText(transfer: Transfer): string | undefined {
  const { amountMinor: minor, currency, bank } = transfer;
  if (minor <= 0 || minor > MOST_MINOR || currency !== 'EUR') return undefined;
  const text = (name: string) =>
    [
      ...['BCD', '002', '1', 'SCT', bank.bic, name, bank.iban],
      `EUR${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
      ...['', '', shortened(transfer.reference, REFERENCE)],
    ].join('\n');
  const payee = Array.from(shortened(transfer.payee, NAME));
  // a name of letters with three bytes each is cut further
  while (payee.length > 1 && Buffer.byteLength(text(payee.join(''))) > MOST_BYTES) payee.pop();
  return text(payee.join('').trim());
}

const shortened = (text: string, characters: number): string =>
  Array.from(visible(text).replaceAll('\u00A0', ' ').trim()).slice(0, characters).join('').trim();

/**
 * The dark squares of a GiroCode, level M as the standard wants it, whose top left corner stands at a point; the four
 * light squares around it are the caller's.
 * @param size  of the whole code in millimetres
 */
export function giroCodeBoxes(text: string, x: number, y: number, size: number): Box[] {
  const { modules, version } = QRCode.create([{ data: Buffer.from(text), mode: 'byte' }], {
    errorCorrectionLevel: 'M',
  });
  if (version > GREATEST_VERSION) throw new RangeError(`A GiroCode has at most version ${GREATEST_VERSION}`);
  const side = size / modules.size;
  const boxes: Box[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      const from = column;
      while (column + 1 < modules.size && modules.get(row, column + 1)) column += 1;
      boxes.push({ x: x + from * side, y: y + row * side, width: (column - from + 1) * side, height: side });
    }
  }
  return boxes;
}
