import { decisionRequestedV1 } from '../../../../shared/protocol/returns/events.ts';
import { hint, opening, slotsOf, speaker, type SlotTexts } from '../slots.ts';
import { defineTemplate, type Desk, type Letter, type LetterTemplate, type Reader } from '../template.ts';
import { sampleDecision } from './sample.ts';
import { TEXTS } from './texts.ts';
import { decisionBlocks, decisionValues, openAt, type Asked } from './view.ts';

const slots = (which: 'requested' | 'reminder') =>
  slotsOf({ de: TEXTS.de[which], en: TEXTS.en[which] }, ['subject', 'preheader', 'heading', 'intro', 'closing']);
const REQUESTED = slots('requested');
const REMINDER = slots('reminder');

/** The merchant is asked what becomes of items, and can answer by the link in the mail. */
export const decisionRequested = defineTemplate<typeof decisionRequestedV1>({
  kind: 'decisionRequested',
  consumer: 'notifications.tell-decision-requested',
  event: decisionRequestedV1,
  audience: 'notice',
  about: ({ returnId, revision }) => ({ documentId: returnId, revision }),
  // after an outage: where the default has happened there is nothing to ask any more
  upToDate: openAt,
  slots: REQUESTED,
  values: decisionValues,
  sample: sampleDecision,
  write: (payload, reader, desk) => write(payload, reader, desk, REQUESTED[reader.language]),
});

/** The same once more a day before the deadline, about what is still open. */
export const decisionReminder: LetterTemplate<Asked> = {
  kind: 'decisionReminder',
  slots: REMINDER,
  values: decisionValues,
  sample: sampleDecision,
  write: (payload, reader, desk) => write(payload, reader, desk, REMINDER[reader.language]),
};

function write(payload: Asked, reader: Reader, desk: Desk, standard: SlotTexts): Letter {
  const say = speaker(standard, desk.texts, decisionValues(payload, reader, desk.zone));
  const { blocks, attachments } = decisionBlocks(payload, reader, desk);
  return {
    subject: say('subject'),
    preheader: say('preheader'),
    heading: say('heading'),
    blocks: [...opening(say('greeting'), say('intro')), ...blocks, ...hint(say('closing'))],
    attachments,
  };
}
