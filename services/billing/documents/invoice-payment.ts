import type { Block } from '../../../shared/documents/flow.ts';
import { date, groupedIban, money } from '../../../shared/documents/formats.ts';
import { drawInOneLine } from '../../../shared/documents/letter.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { ascent, COLORS, LEFT, pitch, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';
import { fitted } from '../../../shared/documents/table.ts';
import { giroCodeBoxes, giroCodeText } from './giro-code.ts';
import type { InvoiceModel } from './invoice-model.ts';
import { owedMinor, paymentReference } from './invoice-payable.ts';
import type { InvoiceTexts } from './invoice-texts.ts';

const INSET = 5;
const STEP = 5.2;
/** With four light squares around it a code of 57 squares has 0.5 mm a square. */
const CODE = 28;
/** Codes are black on white, whatever the accent of a document is. */
const CODE_COLORS = { dark: '#000000', light: '#FFFFFF' };
const CODE_HEIGHT = CODE + 4;
const CODE_INSET = 4;
const REQUEST = { ...TYPE.strong, size: 10 };

type Pair = readonly [label: string, value: string];

/** How a document is paid: by transfer, by direct debit, or what happens with the amount of a correction. */
export function paymentBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block[] {
  const sentence = settlementOf(model, texts);
  if (sentence) return [boxBlock(sheet, model, texts.payment, sentence, [], TYPE.body)];
  if (model.grossMinor <= 0) return [];
  return [model.directDebit ? debitBlock(sheet, model, texts) : transferBlock(sheet, model, texts)];
}

function settlementOf(model: InvoiceModel, { settlement }: InvoiceTexts): string | undefined {
  const { kind, corrects, language } = model;
  const original = corrects && { number: corrects.number, date: date(corrects.issueDate, language) };
  if (kind === 'cancellation') return settlement.cancellation(corrects!.number);
  if (kind === 'creditNote')
    return settlement.creditNote(money(Math.abs(model.grossMinor), model.currency, language), original);
  return model.prepaidMinor && owedMinor(model) === 0 ? settlement.prepaid : undefined;
}

function transferBlock(sheet: Sheet, model: InvoiceModel, { payment }: InvoiceTexts): Block {
  const due = date(model.dueDate, model.language);
  const owed = money(owedMinor(model), model.currency, model.language);
  const { bank, name } = model.seller;
  return boxBlock(sheet, model, payment, payment.request(owed, due), [
    [payment.payee, name],
    [payment.iban, groupedIban(bank.iban)],
    [payment.bic, `${bank.bic} · ${bank.name}`],
    [payment.reference, paymentReference(model)],
    [payment.terms, payment.termsDays(model.paymentTermsDays)],
  ]);
}

/** Says at once what the scheme calls the pre-notification: amount, day, account, mandate and creditor. */
function debitBlock(sheet: Sheet, model: InvoiceModel, { payment }: InvoiceTexts): Block {
  const { collectedOn, iban, mandateReference, signedOn } = model.directDebit!;
  const owed = money(owedMinor(model), model.currency, model.language);
  return boxBlock(sheet, model, payment, payment.collect(owed, date(collectedOn, model.language)), [
    [payment.fromAccount, groupedIban(iban)],
    [payment.mandate, payment.mandateOf(mandateReference, date(signedOn, model.language))],
    [payment.creditor, model.seller.sepaCreditorId ?? ''],
    [payment.reference, paymentReference(model)],
  ]);
}

function boxBlock(
  sheet: Sheet,
  model: InvoiceModel,
  payment: InvoiceTexts['payment'],
  sentence: string,
  pairs: readonly Pair[],
  style: TextStyle = REQUEST,
): Block {
  const code = giroCodeText(model);
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
      if (code) drawGiroCode(sheet, model, payment, code, top + (height - CODE_HEIGHT) / 2);
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

function drawGiroCode(
  sheet: Sheet,
  model: InvoiceModel,
  payment: InvoiceTexts['payment'],
  code: string,
  top: number,
): void {
  const box = { x: RIGHT - CODE_INSET - CODE, y: top, width: CODE, height: CODE };
  const quiet = 4 / 60;
  const alt = payment.giroCodeAlt(money(owedMinor(model), model.currency, model.language), model.seller.name);
  sheet.figure(alt.replaceAll('\u00A0', ' '), box, () => {
    sheet.fillBoxes([box], CODE_COLORS.light);
    const size = CODE * (1 - 2 * quiet);
    sheet.fillBoxes(giroCodeBoxes(code, box.x + CODE * quiet, top + CODE * quiet, size), CODE_COLORS.dark);
  });
  sheet.tag('P', () => sheet.text(payment.giroCode, box.x + CODE / 2, top + CODE + 3.4, TYPE.detail, 'center'));
}
