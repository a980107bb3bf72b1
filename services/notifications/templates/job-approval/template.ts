import type { z } from 'zod';
import { date, decimal, type Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { specialJobChangedV1 } from '../../../../shared/protocol/orders/special-jobs.ts';
import type { Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { hint, opening, slotsOf, speaker } from '../slots.ts';
import { defineTemplate, type Reader } from '../template.ts';
import { TEXTS } from './texts.ts';

export type ChangedJob = z.output<typeof specialJobChangedV1.payload>;

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

/** Each time the merchant is asked is a version of the job of its own; what it has answered since is not asked. */
export const jobApprovalAsked = defineTemplate<typeof specialJobChangedV1>({
  kind: 'jobApprovalAsked',
  consumer: 'notifications.tell-job-approval-asked',
  event: specialJobChangedV1,
  audience: 'notice',
  about: ({ specialJobId, version }) => ({ documentId: specialJobId, revision: version }),
  slots: SLOTS,
  values: jobValues,
  sample: sampleJob,
  write: (payload, reader, { texts: own, links }) => {
    const { labels, inPortal } = TEXTS[reader.language];
    const values = jobValues(payload, reader);
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
            [labels.number, payload.number],
            [labels.description, payload.description],
            [labels.quantity, quantityOf(payload, reader.language)],
            [labels.openedOn, date(payload.openedOn, reader.language)],
          ],
        },
        { type: 'button', label: inPortal, url: links.specialJobPage(payload.specialJobId) },
        ...hint(say('closing')),
      ],
      attachments: [],
    };
  },
});

/** What the texts may name. */
export function jobValues(payload: ChangedJob, reader: Reader): Values {
  const { number, description, openedOn } = payload;
  return {
    ...readerValues(reader),
    job: {
      ...{ number, description, quantity: quantityOf(payload, reader.language) },
      openedOn: date(openedOn, reader.language),
    },
  };
}

function quantityOf({ estimatedQuantity, unit }: ChangedJob, language: Language): string {
  const [one, many] = TEXTS[language].units[unit];
  return `${decimal(estimatedQuantity, language)} ${Number(estimatedQuantity) === 1 ? one : many}`;
}

function sampleJob(language: Language): ChangedJob {
  return {
    merchantId: uuidOf('sample', 'merchant'),
    specialJobId: uuidOf('sample', 'special-job'),
    version: 1,
    number: 'SJ-10042',
    code: 'relabel',
    description: language === 'de' ? 'Etiketten an 120 Tassen erneuern' : 'Put new labels on 120 cups',
    unit: 'minute',
    estimatedQuantity: '90',
    state: 'awaiting_approval',
    openedOn: '2026-10-14',
  };
}
