import type { Block } from '../../../shared/documents/flow.ts';
import { date, groupedIban, money, type Language } from '../../../shared/documents/formats.ts';
import { drawInOneLine } from '../../../shared/documents/letter.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { ascent, COLORS, LEFT, pitch, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';
import { fitted } from '../../../shared/documents/table.ts';
import { giroCodeBoxes, giroCodeText, type Transfer } from './giro-code.ts';
import { TRANSFER_TEXTS } from './payment-texts.ts';

const INSET = 5;
const STEP = 5.2;
/** With four light squares around it a code of 57 squares has 0.5 mm a square. */
const CODE = 28;
/** Codes are black on white, whatever the accent of a document is. */
const CODE_COLORS = { dark: '#000000', light: '#FFFFFF' };
const CODE_HEIGHT = CODE + 4;
const CODE_INSET = 4;
/** Of the sentence above the account. */
export const REQUEST = { ...TYPE.strong, size: 10 };

export type Pair = readonly [label: string, value: string];

export interface PaymentBox {
  sentence: string;
  style: TextStyle;
  /** The account and what else belongs to the payment. */
  pairs: readonly Pair[];
  /** What a banking app reads, what is below the code, and what those hear who do not see it. */
  code?: { text: string; label: string; alt: string } | undefined;
}

/**
 * The tinted box that asks for a transfer, with its GiroCode where there can be one.
 * @param more  pairs below the reference
 */
export function transferBox(
  sheet: Sheet,
  transfer: Transfer,
  { due, language, more = [] }: { due: string; language: Language; more?: readonly Pair[] },
): Block {
  const texts = TRANSFER_TEXTS[language];
  const { payee, bank, reference } = transfer;
  const asked = money(transfer.amountMinor, transfer.currency, language);
  const text = giroCodeText(transfer);
  return paymentBox(sheet, {
    sentence: texts.request(asked, date(due, language)),
    style: REQUEST,
    pairs: [
      [texts.payee, payee],
      [texts.iban, groupedIban(bank.iban)],
      [texts.bic, `${bank.bic} · ${bank.name}`],
      [texts.reference, reference],
      ...more,
    ],
    code: text ? { text, label: texts.giroCode, alt: texts.giroCodeAlt(asked, payee) } : undefined,
  });
}

/** The tinted box that says how a document is paid. */
export function paymentBox(sheet: Sheet, { sentence, style, pairs, code }: PaymentBox): Block {
  const x = LEFT + INSET;
  const edge = code ? RIGHT - INSET - CODE - 4 : RIGHT - INSET;
  const request = sheet.wrap(sentence, edge - x, style);
  const requestHeight = request.length * pitch(style.size);
  const height = Math.max(2 * INSET + requestHeight + pairs.length * STEP, code ? CODE_HEIGHT + 2 * CODE_INSET : 0);
  return {
    height,
    draw: (top) => {
      sheet.fill(LEFT, top, RIGHT - LEFT, height, COLORS.tint);
      sheet.fill(LEFT, top, 0.9, height, COLORS.accent);
      sheet.tag('P', () =>
        request.forEach((line, index) =>
          sheet.text(line, x, top + INSET + ascent(style.size) - 1 + index * pitch(style.size), style),
        ),
      );
      drawPairs(sheet, pairs, { x, right: edge, first: top + INSET + requestHeight + 4.6 });
      if (code) drawGiroCode(sheet, code, top + (height - CODE_HEIGHT) / 2);
    },
  };
}

function drawPairs(sheet: Sheet, pairs: readonly Pair[], at: { x: number; right: number; first: number }): void {
  const valueX = at.x + Math.max(0, ...pairs.map(([label]) => sheet.width(label, TYPE.label))) + 2.5;
  pairs.forEach(([label, value], index) => {
    const y = at.first + index * STEP;
    sheet.tag('P', () => {
      sheet.text(label, at.x, y, TYPE.label);
      // figures and references may not be cut
      if (/\d/.test(value)) sheet.text(value, valueX, y, fitted(sheet, value, at.right - valueX, TYPE.body));
      else drawInOneLine(sheet, value, valueX, y, at.right - valueX, TYPE.body);
    });
  });
}

function drawGiroCode(sheet: Sheet, { text, label, alt }: NonNullable<PaymentBox['code']>, top: number): void {
  const box = { x: RIGHT - CODE_INSET - CODE, y: top, width: CODE, height: CODE };
  const quiet = 4 / 60;
  sheet.figure(alt.replaceAll('\u00A0', ' '), box, () => {
    sheet.fillBoxes([box], CODE_COLORS.light);
    const size = CODE * (1 - 2 * quiet);
    sheet.fillBoxes(giroCodeBoxes(text, box.x + CODE * quiet, top + CODE * quiet, size), CODE_COLORS.dark);
  });
  sheet.tag('P', () => sheet.text(label, box.x + CODE / 2, top + CODE + 3.4, TYPE.detail, 'center'));
}
