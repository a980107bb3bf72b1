import type { z } from 'zod';
import { money, type Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { lineDisputeAnsweredV1 } from '../../../../shared/protocol/billing/dispute-events.ts';
import type { Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { hint, opening, slotsOf, speaker } from '../slots.ts';
import { defineTemplate, type Reader } from '../template.ts';
import { TEXTS } from './texts.ts';

type Answered = z.output<typeof lineDisputeAnsweredV1.payload>;

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

/** Each answer of a dispute is told once; what was written stands in the mail, with the way to answer. */
export const disputeAnswered = defineTemplate<typeof lineDisputeAnsweredV1>({
  kind: 'disputeAnswered',
  consumer: 'notifications.tell-dispute-answered',
  event: lineDisputeAnsweredV1,
  audience: 'invoice',
  about: ({ disputeId, revision }) => ({ documentId: disputeId, revision }),
  slots: SLOTS,
  values: disputeValues,
  sample: sampleAnswer,
  write: (payload, reader, { texts: own, links }) => {
    const { labels, inPortal } = TEXTS[reader.language];
    const values = disputeValues(payload, reader);
    const { state, disputed } = values['dispute'] as Record<string, string>;
    const say = speaker(SLOTS[reader.language], own, values);
    return {
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [
        ...opening(say('greeting'), say('intro')),
        {
          type: 'facts',
          facts: [
            [labels.invoice, payload.invoiceNumber],
            [labels.line, `${payload.position}. ${payload.label}`],
            [labels.disputed, disputed!],
            [labels.state, state!],
            ...creditFacts(payload, reader.language),
          ],
        },
        { type: 'paragraph', text: payload.text },
        { type: 'button', label: inPortal, url: links.invoicePage(payload.invoiceId) },
        ...(payload.state === 'open' ? hint(say('closing')) : []),
      ],
      attachments: [],
    };
  },
});

function creditFacts({ credit, currency }: Answered, language: Language): [string, string][] {
  if (!credit) return [];
  const { labels } = TEXTS[language];
  return [
    [labels.credited, money(credit.netMinor, currency, language)],
    [labels.creditNote, credit.number],
  ];
}

/** What the texts may name. */
export function disputeValues(payload: Answered, reader: Reader): Values {
  const { invoiceNumber, label, state, disputedNetMinor, currency } = payload;
  const { states, wholeLine } = TEXTS[reader.language];
  return {
    ...readerValues(reader),
    dispute: {
      invoice: invoiceNumber,
      line: label,
      state: states[state],
      disputed: disputedNetMinor === null ? wholeLine : money(disputedNetMinor, currency, reader.language),
    },
  };
}

function sampleAnswer(language: Language): Answered {
  const german = language === 'de';
  return {
    ...{ disputeId: uuidOf('sample', 'dispute'), merchantId: uuidOf('sample', 'merchant') },
    ...{ invoiceId: uuidOf('sample', 'invoice'), invoiceNumber: 'RE-2026-00123', lineId: uuidOf('sample', 'line') },
    ...{ position: 4, label: german ? 'Retoure annehmen' : 'Return received', currency: 'EUR' },
    ...{ reason: 'wrongQuantity', disputedNetMinor: 2_900, revision: 2, state: 'open', credit: null },
    text: german
      ? 'Wir prüfen die Menge und melden uns bis Freitag.'
      : 'We are checking the quantity and will get back to you by Friday.',
    answeredAt: '2026-11-04T09:30:00.000Z',
  };
}
