import { date, money } from '../../../../shared/documents/formats.ts';
import { addDays, localDateOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { invoiceDocumentReadyV1 } from '../../../../shared/protocol/billing/events.ts';
import type { TemplateKind } from '../../../../shared/protocol/notifications/template-actions.ts';
import type { Block, Fact } from '../content.ts';
import { fill, type Values } from '../fill.ts';
import { defineTemplate, type Attachment, type Desk, type Letter, type Reader } from '../template.ts';
import { opening, slotsOf, speaker, type SlotTexts } from '../slots.ts';
import type { Ready } from './ready.ts';
import { sampleInvoice } from './sample.ts';
import { TEXTS, type Texts } from './texts.ts';
import { debitOf, invoiceValues, payableMinor } from './values.ts';

/** The mail that brings one kind of document, with texts of its own. */
function documentMail(document: Ready['kind'], kind: TemplateKind & `${string}Ready`) {
  const slots = slotsOf(TEXTS[document], ['subject', 'preheader', 'heading', 'intro', 'closing']);
  return defineTemplate<typeof invoiceDocumentReadyV1>({
    kind,
    consumer: 'notifications.tell-invoice-ready',
    event: invoiceDocumentReadyV1,
    isFor: (payload) => payload.kind === document,
    audience: 'invoice',
    about: ({ invoiceId }) => ({ documentId: invoiceId, revision: 0 }),
    slots,
    values: invoiceValues,
    sample: (language) => sampleInvoice(language, document),
    write: (payload, reader, desk) => write(payload, reader, desk, slots[reader.language]),
  });
}

export const invoiceReady = documentMail('invoice', 'invoiceReady');
export const cancellationReady = documentMail('cancellation', 'cancellationReady');
export const creditNoteReady = documentMail('creditNote', 'creditNoteReady');

function write(payload: Ready, reader: Reader, desk: Desk, standard: SlotTexts): Letter {
  const { texts: own, links } = desk;
  const [texts, values] = [TEXTS[payload.kind][reader.language], invoiceValues(payload, reader)];
  const say = speaker(standard, own, values);
  const opens = texts.openDocuments(date(lastDayOf(desk), reader.language));
  return {
    issuerName: payload.issuerName,
    subject: say('subject'),
    preheader: say('preheader'),
    heading: say('heading'),
    blocks: [
      ...opening(say('greeting'), say('intro')),
      amountOf(payload, texts, values),
      { type: 'facts', facts: factsOf(payload, texts, values, reader) },
      ...opening(say('closing')),
      {
        type: 'links',
        links: [
          ...(reader.invoiceLink ? [{ label: opens, url: links.invoiceDocuments(payload.invoiceId) }] : []),
          { label: texts.inPortal, url: links.invoicePage(payload.invoiceId) },
        ],
      },
    ],
    attachments: attachmentsOf(payload, reader),
  };
}

/** The link ends in the course of the day after it. */
const lastDayOf = ({ links, zone }: Desk): LocalDate => addDays(localDateOf(links.invoiceEnds, zone), -1);

const isPartlySettled = (payload: Ready): boolean =>
  payload.kind === 'invoice' && payableMinor(payload) !== payload.grossMinor;

function amountOf(payload: Ready, texts: Texts, values: Values): Block {
  const asks = isPartlySettled(payload) && payableMinor(payload) > 0;
  const rest = debitOf(payload) ? texts.toCollect : texts.payable;
  const whole = isPartlySettled(payload) ? texts.total : texts.amount;
  const [label, value] = asks ? [rest, '{{invoice.payable}}'] : [whole, '{{invoice.gross}}'];
  return { type: 'figure', label, value: fill(value, values), detail: fill('{{invoice.due}}', values) };
}

function factsOf(payload: Ready, { labels, original }: Texts, values: Values, { language }: Reader): Fact[] {
  const put = (text: string) => fill(text, values);
  const settledMinor = payload.grossMinor - payableMinor(payload);
  return [
    [labels.number, put('{{invoice.number}}')],
    [labels.issueDate, put('{{invoice.issueDate}}')],
    ...(payload.corrects ? [[labels.corrects, put(original)] as const] : []),
    [labels.period, put('{{invoice.period}}')],
    [labels.net, put('{{invoice.net}}')],
    [labels.vat, put('{{invoice.vat}}')],
    [labels.gross, put('{{invoice.gross}}')],
    ...(isPartlySettled(payload) ? [[labels.settled, money(settledMinor, payload.currency, language)] as const] : []),
    ...paymentFacts(payload, labels, put('{{invoice.dueDate}}'), language),
  ];
}

function paymentFacts(payload: Ready, labels: Texts['labels'], dueDate: string, language: Reader['language']): Fact[] {
  const debit = debitOf(payload);
  if (debit)
    return [
      [labels.collectedOn, date(debit.collectedOn, language)],
      [labels.mandate, debit.mandateReference],
    ];
  return payableMinor(payload) > 0 ? [[labels.dueDate, dueDate]] : [];
}

/** The PDF, and the XML for merchants that wish for it, where there is one. */
function attachmentsOf({ pdf, xml }: Ready, { invoiceXml }: Reader): Attachment[] {
  const attached = (file: Ready['pdf'], contentType: string): Attachment => ({ ...file, contentType, cid: null });
  return [attached(pdf, 'application/pdf'), ...(xml && invoiceXml ? [attached(xml, 'application/xml')] : [])];
}
