import type { Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { returnInspectedV1 } from '../../../../shared/protocol/returns/events.ts';
import type { Inspected } from './view.ts';

const WORDING = {
  de: {
    holder: 'Teelichthalter „Herz“, weiß',
    damaged: 'Transportschaden',
    finding: 'Ein Halter ist zerbrochen, der zweite hat einen Riss am Sockel.',
    game: 'Steckspiel „Turm“ aus 7 Klötzen',
    dislike: 'Gefällt nicht',
    fine: 'Originalverpackt, ungeöffnet.',
  },
  en: {
    holder: 'Tealight holder “Heart”, white',
    damaged: 'Damaged in transit',
    finding: 'One holder is broken, the other has a crack at its base.',
    game: 'Tower game of 7 blocks',
    dislike: 'Did not like it',
    fine: 'In its original packaging, unopened.',
  },
};

/** A photo that is nowhere; the preview draws one in its place. */
export const samplePhoto = (name: string) => {
  const sha256 = uuidOf('sample', name).replaceAll('-', '').repeat(2);
  const key = `photos/${sha256.slice(0, 2)}/${sha256}.jpg`;
  return { photoId: uuidOf('sample', 'photo', name), thumbKey: key, webKey: key };
};

/** An inspected return to show texts with. */
export function sampleInspected(language: Language): Inspected {
  const words = WORDING[language];
  return returnInspectedV1.payload.parse({
    returnId: uuidOf('sample', 'return'),
    merchantId: uuidOf('sample', 'merchant'),
    number: 'RT-2026-00042',
    kind: 'withdrawal',
    orderNumber: '536365',
    trackingNumber: null,
    externalNumber: null,
    revision: 0,
    inspectedAt: '2026-10-14T09:30:00Z',
    inspectedOn: '2026-10-14',
    items: [
      {
        itemId: uuidOf('sample', 'item', 1),
        ...{ sku: '85123A', name: words.holder, quantity: 2, grade: 'D', reason: words.damaged },
        ...{ note: words.finding, disposition: 'rtv', photos: [samplePhoto('a'), samplePhoto('b')] },
      },
      {
        itemId: uuidOf('sample', 'item', 2),
        ...{ sku: '22752', name: words.game, quantity: 1, grade: 'A', reason: words.dislike },
        ...{ note: words.fine, disposition: 'restock', photos: [samplePhoto('c')] },
      },
    ],
    photos: [],
  });
}
