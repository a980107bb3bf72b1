import type { Found } from './table.ts';

const yes = (question: string) => ({ question, answer: 'yes' });
const no = (question: string) => ({ question, answer: 'no' });

/** What workers write about goods of the autumn range. */
export const FOUND = {
  likeNew: {
    grade: 'A',
    reason: 'not_liked',
    note: 'Ausgepackt, ohne Gebrauchsspuren, wieder eingelagert.',
    damage: 'none',
  },
  brokenBowl: {
    grade: 'D',
    reason: 'transport_damage',
    note: 'Mitten durchgebrochen, Polsterung im Karton fehlte.',
    damage: 'crack',
    checklist: [no('whole'), yes('packed')],
  },
  chippedBowl: {
    grade: 'C',
    reason: 'transport_damage',
    note: 'Abplatzer am Rand, ca. 5 mm. Sonst unbenutzt, Verpackung dabei.',
    damage: 'chip',
    checklist: [yes('whole'), yes('packed')],
  },
  brokenLight: {
    grade: 'D',
    reason: 'transport_damage',
    note: 'Glas gesprungen. Scherben im Beutel verpackt.',
    damage: 'crack',
    checklist: [no('glass'), { question: 'wax', answer: 'none' }],
  },
  usedLight: {
    grade: 'C',
    reason: 'used',
    note: 'Deutliche Wachsreste am Boden, Glas heil. Nach Reinigung verkäuflich?',
    damage: 'stain',
    checklist: [yes('glass'), { question: 'wax', answer: 'much' }],
  },
  goodLight: {
    grade: 'A',
    reason: 'not_liked',
    note: 'Originalverpackt, Siegel unversehrt.',
    damage: 'none',
    checklist: [yes('glass'), { question: 'wax', answer: 'none' }],
  },
  crackedFrame: {
    grade: 'C',
    reason: 'transport_damage',
    note: 'Glas gesprungen, Eichenrahmen selbst ohne Schaden.',
    damage: 'crack',
  },
  scratchedFrame: {
    grade: 'B',
    reason: 'used',
    note: 'Kratzer in der Leiste unten, Glas in Ordnung.',
    damage: 'scratch',
  },
  bentWreath: {
    grade: 'D',
    reason: 'packaging_damaged',
    note: 'Flach gedrückt, lässt sich nicht richten.',
    damage: 'dent',
  },
  wornBag: {
    grade: 'C',
    reason: 'poor_quality',
    note: 'Griff an einer Seite ausgerissen, Naht offen.',
    damage: 'tear',
  },
  wornSatchel: {
    grade: 'C',
    reason: 'used',
    note: 'Großer Kaffeefleck auf der Klappe, geht nicht heraus. Riemen und Schnallen in Ordnung.',
    damage: 'stain',
  },
  dirtyBunting: {
    grade: 'C',
    reason: 'used',
    note: 'Band verknittert, zwei Wimpel verschmutzt. Vermutlich im Freien aufgehängt.',
    damage: 'stain',
  },
  incompleteBox: {
    grade: 'C',
    reason: 'parts_missing',
    note: 'Verpackung aufgerissen, ein Teil des Sets fehlt.',
    damage: 'tear',
  },
  suspectCutters: {
    grade: 'B',
    reason: 'poor_quality',
    note: 'Schweißnaht an zwei Formen offen. Charge beim Hersteller angefragt.',
    damage: 'dent',
    disposition: 'hold',
    overrideReason: 'Bis zur Antwort des Herstellers gesperrt',
  },
} as const satisfies Record<string, Found>;
