import type { z } from 'zod';
import { date, type Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { returnReceivedV1 } from '../../../../shared/protocol/returns/events.ts';
import type { Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { hint, opening, slotsOf, speaker } from '../slots.ts';
import { defineTemplate, type Reader } from '../template.ts';
import { WORDS } from '../words.ts';
import { TEXTS } from './texts.ts';

export type Received = z.output<typeof returnReceivedV1.payload>;

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

export const returnReceived = defineTemplate<typeof returnReceivedV1>({
  kind: 'returnReceived',
  consumer: 'notifications.tell-return-received',
  event: returnReceivedV1,
  audience: 'notice',
  about: ({ returnId }) => ({ documentId: returnId, revision: 0 }),
  slots: SLOTS,
  values: receivedValues,
  sample: sampleReceived,
  write: (payload, reader, { texts: own, links }) => {
    const { labels, inPortal } = TEXTS[reader.language];
    const say = speaker(SLOTS[reader.language], own, receivedValues(payload, reader));
    return {
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [
        ...opening(say('greeting'), say('intro')),
        {
          type: 'facts',
          facts: [
            [labels.number, payload.number],
            ...(payload.orderNumber ? [[labels.order, payload.orderNumber] as const] : []),
            [labels.kind, WORDS[reader.language].kinds[payload.kind]],
            [labels.receivedOn, date(payload.receivedOn, reader.language)],
          ],
        },
        { type: 'button', label: inPortal, url: links.returnPage(payload.returnId) },
        ...hint(say('closing')),
      ],
      attachments: [],
    };
  },
});

/** What the texts may name. */
export function receivedValues(payload: Received, reader: Reader): Values {
  const words = WORDS[reader.language];
  return {
    ...readerValues(reader),
    return: {
      number: payload.number,
      order: payload.orderNumber ?? words.none,
      kind: words.kinds[payload.kind],
      receivedOn: date(payload.receivedOn, reader.language),
    },
  };
}

function sampleReceived(_language: Language): Received {
  return {
    returnId: uuidOf('sample', 'return'),
    merchantId: uuidOf('sample', 'merchant'),
    number: 'RT-2026-00042',
    kind: 'withdrawal',
    orderNumber: '536365',
    receivedAt: '2026-10-14T07:10:00Z',
    receivedOn: '2026-10-14',
  };
}
