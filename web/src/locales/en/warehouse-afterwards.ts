import type { TextsLike } from '../../app/i18n/texts.ts';
import type { warehouseAfterwards as german } from '../de/warehouse-afterwards.ts';

/** Returns that were finished or given up, when something of them is still to be done. */
export const warehouseAfterwards: TextsLike<typeof german> = {
  after: {
    arrived: 'Arrived after all: receive it',
    gone: 'Nobody is waiting for this return any more. If the parcel is in front of you, receive it.',
    closedHit:
      'Only this return goes by this code, and nobody expects anything more of it. Open it, or receive the parcel as unknown.',
    parcelText: 'The parcel is recorded as a further parcel of this return. The merchant may be charged a fee for it.',
    parcelReopens: 'The inspection then goes on: what was missing is expected again. Everything else stays as it is.',
    parcelKnown: 'This parcel has been received already.',
    parcelSubmit: 'Receive parcel',
    carrier: 'Carrier',
    tracking: 'Tracking number',
    trackingHint: 'From the label of the new parcel, if it has one',
    title: 'Still open',
    reassess: 'Refurbished: assess again',
    reassessText: 'Assess the goods as they are now. They then go their way at once.',
    decide: 'Decide',
    decideSubmit: 'Decide so',
    decideText: 'The decision takes effect at once.',
    reason: 'Why?',
    saving: 'Saving',
  },
};
