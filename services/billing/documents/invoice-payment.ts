import type { Block } from '../../../shared/documents/flow.ts';
import { date, groupedIban, money } from '../../../shared/documents/formats.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { TYPE } from '../../../shared/documents/style.ts';
import type { InvoiceModel } from './invoice-model.ts';
import { owedMinor, paymentReference, transferOf } from './invoice-payable.ts';
import type { InvoiceTexts } from './invoice-texts.ts';
import { paymentBox, REQUEST, transferBox } from './payment-box.ts';
import { TRANSFER_TEXTS } from './payment-texts.ts';

/** How a document is paid: by transfer, by direct debit, or what happens with the amount of a correction. */
export function paymentBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block[] {
  const sentence = settlementOf(model, texts);
  if (sentence) return [paymentBox(sheet, { sentence, style: TYPE.body, pairs: [] })];
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
  return transferBox(sheet, transferOf(model), {
    due: model.dueDate,
    language: model.language,
    more: [[payment.terms, payment.termsDays(model.paymentTermsDays)]],
  });
}

/** Says at once what the scheme calls the pre-notification: amount, day, account, mandate and creditor. */
function debitBlock(sheet: Sheet, model: InvoiceModel, { payment }: InvoiceTexts): Block {
  const { collectedOn, iban, mandateReference, signedOn } = model.directDebit!;
  const owed = money(owedMinor(model), model.currency, model.language);
  return paymentBox(sheet, {
    sentence: payment.collect(owed, date(collectedOn, model.language)),
    style: REQUEST,
    pairs: [
      [payment.fromAccount, groupedIban(iban)],
      [payment.mandate, payment.mandateOf(mandateReference, date(signedOn, model.language))],
      [payment.creditor, model.seller.sepaCreditorId ?? ''],
      [TRANSFER_TEXTS[model.language].reference, paymentReference(model)],
    ],
  });
}
