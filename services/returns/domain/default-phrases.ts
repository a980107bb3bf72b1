import type { ReturnPhrase } from '../../../shared/protocol/returns/settings-actions.ts';

/** Findings the product is shipped with, ready to be tapped (B6). */
export const DEFAULT_PHRASES: readonly ReturnPhrase[] = [
  {
    id: 'sealed',
    de: 'Originalverpackt und ungeöffnet.',
    en: 'Original packaging, unopened.',
    grades: ['A'],
  },
  {
    id: 'like-new',
    de: 'Ausgepackt, ohne Gebrauchsspuren, vollständig.',
    en: 'Unpacked, no signs of use, complete.',
    grades: ['A'],
  },
  {
    id: 'repacked',
    de: 'Einwandfrei, von uns neu verpackt.',
    en: 'In perfect condition, repacked by us.',
    grades: ['A'],
  },
  {
    id: 'packaging-damaged',
    de: 'Ware einwandfrei, Verpackung beschädigt.',
    en: 'Goods in perfect condition, packaging damaged.',
    grades: ['A', 'B'],
    reasons: ['packaging_damaged'],
  },
  {
    id: 'light-traces',
    de: 'Leichte Gebrauchsspuren, sonst einwandfrei.',
    en: 'Slight signs of use, otherwise in good condition.',
    grades: ['B'],
    reasons: ['used'],
  },
  {
    id: 'scratched',
    de: 'Sichtbarer Kratzer, Funktion nicht beeinträchtigt.',
    en: 'Visible scratch, works as it should.',
    grades: ['B', 'C'],
    reasons: ['used', 'transport_damage'],
  },
  {
    id: 'soiled',
    de: 'Verschmutzt, nicht mehr als neu verkäuflich.',
    en: 'Soiled, cannot be sold as new.',
    grades: ['C'],
    reasons: ['soiled'],
  },
  {
    id: 'worn',
    de: 'Deutlich getragen oder gebraucht.',
    en: 'Clearly worn or used.',
    grades: ['C'],
    reasons: ['used'],
  },
  {
    id: 'parts-missing',
    de: 'Unvollständig, es fehlen Teile oder Zubehör.',
    en: 'Incomplete, parts or accessories are missing.',
    grades: ['B', 'C'],
    reasons: ['parts_missing'],
  },
  {
    id: 'defective',
    de: 'Funktioniert nicht.',
    en: 'Does not work.',
    grades: ['C', 'D'],
    reasons: ['defective'],
  },
  {
    id: 'broken',
    de: 'Beim Transport zerbrochen, nicht mehr verwendbar.',
    en: 'Broken in transit, of no further use.',
    grades: ['D'],
    reasons: ['transport_damage'],
  },
  {
    id: 'wrong-item',
    de: 'Anderer Artikel als angemeldet.',
    en: 'Not the item that was announced.',
    reasons: ['wrong_item'],
  },
];
