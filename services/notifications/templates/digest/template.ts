import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/documents/formats.ts';
import { sampleBatch } from '../batch-dispatched/sample.ts';
import { sampleShipped } from '../order-shipped/sample.ts';
import { sampleInspected } from '../return-inspected/sample.ts';
import { hint, opening, slotsOf, speaker } from '../slots.ts';
import type { LetterTemplate } from '../template.ts';
import { TEXTS } from './texts.ts';
import { digestBlocks, digestValues, type DigestFacts } from './view.ts';

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

/** One mail a day with everything that is not told one by one. */
export const digest: LetterTemplate<DigestFacts> = {
  kind: 'digest',
  slots: SLOTS,
  values: digestValues,
  sample,
  write: (facts, reader, { texts, links }) => {
    const say = speaker(SLOTS[reader.language], texts, digestValues(facts, reader));
    const { blocks, attachments } = digestBlocks(facts, reader, links);
    return {
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [...opening(say('greeting'), say('intro')), ...blocks, ...hint(say('closing'))],
      attachments,
    };
  },
};

function sample(language: Language): DigestFacts {
  const inspected = sampleInspected(language);
  const { returnId: _, ...rest } = inspected;
  const second = { ...rest, returnId: uuidOf('sample', 'return', 2), number: 'RT-2026-00043', orderNumber: '536401' };
  const { merchantId, kind } = inspected;
  const received = { merchantId, kind, receivedAt: '2026-10-14T07:10:00Z', receivedOn: '2026-10-14' };
  return {
    day: '2026-10-14',
    inspected: [inspected, { ...second, items: inspected.items.slice(1) }],
    received: [
      { ...received, returnId: uuidOf('sample', 'return', 3), number: 'RT-2026-00044', orderNumber: '536420' },
      { ...received, returnId: uuidOf('sample', 'return', 4), number: 'RT-2026-00045', orderNumber: null },
    ],
    batches: [sampleBatch(language)],
    shipped: [sampleShipped(language)],
  };
}
