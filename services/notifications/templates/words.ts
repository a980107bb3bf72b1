import type { z } from 'zod';
import type { Language } from '../../../shared/documents/formats.ts';
import type { disposition, grade, returnKind } from '../../../shared/protocol/returns/events.ts';
import type { Tone } from './content.ts';

type Grade = z.output<typeof grade>;
type Disposition = z.output<typeof disposition>;
type ReturnKind = z.output<typeof returnKind>;

/** Words of the trade that several mails use. */
export interface Words {
  greeting: string;
  /** By whom it is read: a merchant, told by the house itself or by a person of it, or a merchant's customer. */
  footers: { merchant: string; written: string; consumer: string };
  grades: Record<Grade, { name: string; meaning: string }>;
  ungraded: string;
  dispositions: Record<Disposition, string>;
  undecided: string;
  /** What a merchant can choose, as a list of options. */
  choices: Record<Disposition, string>;
  /** What happens to an item without an answer. */
  defaults: Record<Disposition, string>;
  kinds: Record<ReturnKind, string>;
  unknownArticle: string;
  /** Stands for what came in a return and belongs to somebody else. */
  notYours: string;
  /** In place of a grade, for the same. */
  foreign: string;
  more: string;
  larger: string;
  /** Stands for what is not known. */
  none: string;
}

/** Colour is never the only sign of a grade: its name stands beside it. */
export const GRADE_TONES: Record<Grade, Tone> = { A: 'good', B: 'fair', C: 'poor', D: 'bad' };

/** A reason as people read it: the words of the list it comes from, or what the worker wrote. */
export const reasonIn = (
  language: Language,
  { reason, reasonText }: { reason: string | null; reasonText: Record<Language, string> | null },
): string | null => reasonText?.[language] ?? reason;

export const WORDS: Record<Language, Words> = {
  de: {
    greeting: 'Guten Tag,',
    footers: {
      merchant:
        'Diese Nachricht wurde automatisch von {{issuer.name}} versandt. Ihre Kundennummer: {{merchant.number}}.',
      written: 'Diese Nachricht hat Ihnen {{issuer.name}} geschrieben. Ihre Kundennummer: {{merchant.number}}.',
      consumer: 'Diese Nachricht erhalten Sie von {{issuer.name}} im Auftrag von {{merchant.name}}.',
    },
    grades: {
      A: { name: 'Wie neu', meaning: 'als neu verkäuflich' },
      B: { name: 'Leicht gebraucht', meaning: 'als B-Ware verkäuflich' },
      C: { name: 'Stark gebraucht', meaning: 'so nicht verkäuflich' },
      D: { name: 'Defekt', meaning: 'beschädigt oder unbrauchbar' },
    },
    ungraded: 'nicht bewertet',
    dispositions: {
      restock: 'wieder eingelagert als A-Ware',
      restock_b: 'wieder eingelagert als B-Ware',
      refurbish: 'wird aufbereitet',
      rtv: 'geht mit der nächsten Sammelrücksendung an Sie zurück',
      dispose: 'wird entsorgt',
      donate: 'wird gespendet',
      hold: 'im Sperrlager, bis entschieden ist',
    },
    undecided: 'noch nicht entschieden',
    choices: {
      restock: 'als A-Ware einlagern',
      restock_b: 'als B-Ware einlagern',
      refurbish: 'aufbereiten',
      rtv: 'an Sie zurücksenden',
      dispose: 'entsorgen',
      donate: 'spenden',
      hold: 'zurücklegen (Sperrlager)',
    },
    defaults: {
      restock: 'wird als A-Ware eingelagert',
      restock_b: 'wird als B-Ware eingelagert',
      refurbish: 'wird aufbereitet',
      rtv: 'geht mit der nächsten Sammelrücksendung an Sie zurück',
      dispose: 'wird entsorgt',
      donate: 'wird gespendet',
      hold: 'bleibt im Sperrlager',
    },
    kinds: {
      withdrawal: 'Widerruf',
      complaint: 'Reklamation',
      undeliverable: 'unzustellbar, Rückläufer',
      exchange: 'Umtausch',
    },
    unknownArticle: 'Unbekannter Artikel',
    notYours: 'Ware, die nicht Ihnen gehört',
    foreign: 'fremd',
    more: 'Hier nicht aufgeführte weitere Positionen: {{count}}.',
    larger: 'Ein Klick auf ein Foto zeigt es größer.',
    none: '–',
  },
  en: {
    greeting: 'Hello,',
    footers: {
      merchant: 'This message was sent automatically by {{issuer.name}}. Your customer number: {{merchant.number}}.',
      written: 'This message was written to you by {{issuer.name}}. Your customer number: {{merchant.number}}.',
      consumer: 'This message comes from {{issuer.name}} on behalf of {{merchant.name}}.',
    },
    grades: {
      A: { name: 'Like new', meaning: 'can be sold as new' },
      B: { name: 'Lightly used', meaning: 'can be sold as B-grade' },
      C: { name: 'Heavily used', meaning: 'cannot be sold as it is' },
      D: { name: 'Defective', meaning: 'damaged or unusable' },
    },
    ungraded: 'not graded',
    dispositions: {
      restock: 'back in stock as grade A',
      restock_b: 'back in stock as B-grade',
      refurbish: 'being refurbished',
      rtv: 'will come back to you with the next batch',
      dispose: 'will be disposed of',
      donate: 'will be donated',
      hold: 'in quarantine until a decision is made',
    },
    undecided: 'not decided yet',
    choices: {
      restock: 'restock as grade A',
      restock_b: 'restock as B-grade',
      refurbish: 'refurbish',
      rtv: 'send back to you',
      dispose: 'dispose of',
      donate: 'donate',
      hold: 'put aside (quarantine)',
    },
    defaults: {
      restock: 'goes back into stock as grade A',
      restock_b: 'goes back into stock as B-grade',
      refurbish: 'will be refurbished',
      rtv: 'will come back to you with the next batch',
      dispose: 'will be disposed of',
      donate: 'will be donated',
      hold: 'stays in quarantine',
    },
    kinds: {
      withdrawal: 'Change of mind',
      complaint: 'Complaint',
      undeliverable: 'Undeliverable, returned to sender',
      exchange: 'Exchange',
    },
    unknownArticle: 'Unknown item',
    notYours: 'Goods that are not yours',
    foreign: 'foreign',
    more: 'Further lines not listed here: {{count}}.',
    larger: 'Click a photo to see it larger.',
    none: '–',
  },
};
