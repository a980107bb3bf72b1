import type { z } from 'zod';
import { date, money } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { directDebitAnnouncedV1 } from '../../../../shared/protocol/billing/direct-debit-events.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { hint, opening, slotsOf, speaker } from '../slots.ts';
import { defineTemplate, type Reader } from '../template.ts';
import { TEXTS } from './texts.ts';

type Announced = z.output<typeof directDebitAnnouncedV1.payload>;

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

/** Each time that an invoice is collected other than it said is told once. */
export const directDebitAnnounced = defineTemplate<typeof directDebitAnnouncedV1>({
  kind: 'directDebitAnnounced',
  consumer: 'notifications.tell-direct-debit-announced',
  event: directDebitAnnouncedV1,
  audience: 'invoice',
  // those of before announcements were counted are told apart by their days
  about: ({ invoiceId, announcement, collectOn }) => ({
    documentId: invoiceId,
    revision: announcement ?? Number(collectOn.replaceAll('-', '')),
  }),
  slots: SLOTS,
  values: debitValues,
  sample: sampleDebit,
  write: (payload, reader, { texts: own, links }) => {
    const { labels, amount, onDay, inPortal } = TEXTS[reader.language];
    const values = debitValues(payload, reader);
    const say = speaker(SLOTS[reader.language], own, values);
    return {
      issuerName: payload.issuerName,
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [
        ...opening(say('greeting'), say('intro')),
        {
          type: 'figure',
          label: amount,
          value: money(payload.amountMinor, payload.currency, reader.language),
          detail: fill(onDay, values),
        },
        {
          type: 'facts',
          facts: [
            [labels.invoice, payload.invoiceNumber],
            [labels.day, date(payload.collectOn, reader.language)],
            [labels.iban, payload.iban],
            [labels.mandate, payload.mandateReference],
            [labels.creditor, payload.creditorId],
          ],
        },
        ...hint(say('closing')),
        { type: 'button', label: inPortal, url: links.invoicePage(payload.invoiceId) },
      ],
      attachments: [],
    };
  },
});

/** What the texts may name. */
export function debitValues(payload: Announced, reader: Reader): Values {
  const { invoiceNumber, amountMinor, currency, collectOn, iban, mandateReference, creditorId } = payload;
  return {
    ...readerValues(reader),
    issuer: { name: payload.issuerName },
    debit: {
      invoice: invoiceNumber,
      amount: money(amountMinor, currency, reader.language),
      day: date(collectOn, reader.language),
      iban,
      mandate: mandateReference,
      creditor: creditorId,
    },
  };
}

function sampleDebit(): Announced {
  return {
    ...{ invoiceId: uuidOf('sample', 'invoice'), merchantId: uuidOf('sample', 'merchant') },
    ...{ invoiceNumber: 'RE-2026-00123', currency: 'EUR', amountMinor: 146_913, collectOn: '2026-12-14' },
    ...{ issuerName: 'Muster Fulfillment GmbH', mandateReference: 'MANDAT-10851-1' },
    ...{ creditorId: 'DE98ZZZ09999999999', iban: 'DE02••••••••••••••2051' },
  };
}
