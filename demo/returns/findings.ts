import type { Damage, Product } from '../photos/scenes.ts';

export type Grade = 'A' | 'B' | 'C' | 'D';

/** What a worker writes about some pieces, and what the photo of them shows. */
export interface Finding {
  grade: Grade;
  reason: string;
  note: string;
  damage: Damage;
}

/** What an article is, as far as a photo can tell; the first that fits its name. */
const PRODUCTS: readonly (readonly [Product, RegExp])[] = [
  ['sign', /SIGN\b|PLAQUE|BOARD|DOOR ?HANGER/],
  ['parasol', /PARASOL|UMBRELLA/],
  ['bunting', /BUNTING|GARLAND/],
  ['doormat', /DOORMAT/],
  ['frame', /FRAME|MIRROR/],
  ['cutter', /CUTTER/],
  ['lantern', /GLASS|LANTERN|HOLDER HANGING/],
  ['bowl', /BOWL|PLATE|MUG|CUP|DISH|BASIN|TRAY|JAR/],
  ['heart', /HEART(?! (CONFETTI|SHAPE))/],
  ['bag', /\bBAG\b(?! OF)/],
];

const finding = (grade: Grade, reason: string, damage: Damage, note: string): Finding => ({
  grade,
  reason,
  damage,
  note,
});

const LIKE_NEW: readonly Finding[] = [
  finding('A', 'Gefällt nicht', 'none', 'Originalverpackt, Siegel unversehrt. Wieder eingelagert.'),
  finding('A', 'Gefällt nicht', 'none', 'Ausgepackt, ohne Gebrauchsspuren, neu eingetütet.'),
  finding('A', 'Anders als erwartet', 'none', 'Ware einwandfrei, Etikett noch dran.'),
  finding('A', 'Falsch bestellt', 'none', 'Vollständig und neu, Folie ungeöffnet.'),
  finding('A', 'Zu spät geliefert', 'none', 'Karton ungeöffnet, nur Versandetikett entfernt.'),
];

const OF_PRODUCT: Record<Product, readonly Finding[]> = {
  sign: [
    finding('B', 'Gebrauchsspuren', 'scratch', 'Leichter Kratzer auf der Vorderseite, ca. 2 cm.'),
    finding('C', 'Transportschaden', 'dent', 'Ecke oben links verbogen, Lack an der Kante abgeplatzt.'),
    finding('D', 'Transportschaden', 'dent', 'Blech geknickt, Aufhängung abgerissen. Nicht mehr verkäuflich.'),
  ],
  parasol: [
    finding('B', 'Gebrauchsspuren', 'stain', 'Ein kleiner Fleck am Rand des Bezugs, sonst gut.'),
    finding('C', 'Mangelhaft', 'tear', 'Naht an einer Speiche offen, ca. 4 cm.'),
    finding('D', 'Transportschaden', 'tear', 'Stock gebrochen, Bezug eingerissen.'),
  ],
  bunting: [
    finding('B', 'Gefällt nicht', 'stain', 'Verpackung offen, Band verknittert, ein Wimpel leicht verschmutzt.'),
    finding('C', 'Mangelhaft', 'tear', 'Zwei Wimpel lösen sich vom Band, Naht fehlt.'),
    finding('D', 'Gebrauchsspuren', 'stain', 'Hing offensichtlich im Regen: Farbe ausgelaufen, Stockflecken.'),
  ],
  doormat: [
    finding('B', 'Gefällt nicht', 'stain', 'Lag einmal aus, leichter Abrieb am Rand.'),
    finding('C', 'Gebrauchsspuren', 'stain', 'Deutlich verschmutzt, Tierhaare in den Borsten.'),
    finding(
      'D',
      'Gebrauchsspuren',
      'stain',
      'Feucht und muffig, Rückseite stockfleckig. Aus Hygienegründen nicht verkäuflich.',
    ),
  ],
  frame: [
    finding('B', 'Gebrauchsspuren', 'scratch', 'Kratzer in der Leiste unten, Glas in Ordnung.'),
    finding('C', 'Transportschaden', 'crack', 'Glas gesprungen, Rahmen selbst heil.'),
    finding('D', 'Transportschaden', 'crack', 'Glas zerbrochen, Gehrung aufgegangen. Splitter im Karton!'),
  ],
  cutter: [
    finding('B', 'Gebrauchsspuren', 'stain', 'Gespült, leichte Wasserflecken.'),
    finding('C', 'Mangelhaft', 'dent', 'Eine Form verbogen, Set unvollständig verpackt.'),
    finding('D', 'Gebrauchsspuren', 'stain', 'Teigreste und Flugrost. Lebensmittelkontakt, nicht verkäuflich.'),
  ],
  bowl: [
    finding('B', 'Transportschaden', 'scratch', 'Haarkratzer in der Glasur, nur bei Streiflicht zu sehen.'),
    finding('C', 'Transportschaden', 'chip', 'Abplatzer am Rand, ca. 5 mm.'),
    finding('D', 'Transportschaden', 'crack', 'Mitten durchgebrochen, Polsterung fehlte.'),
  ],
  lantern: [
    finding('B', 'Gebrauchsspuren', 'stain', 'Wachsrest am Boden, Glas sauber.'),
    finding('C', 'Transportschaden', 'chip', 'Glasrand bestoßen, scharfe Kante.'),
    finding('D', 'Transportschaden', 'crack', 'Glas gesprungen. Scherben im Beutel verpackt.'),
  ],
  heart: [
    finding('B', 'Gebrauchsspuren', 'scratch', 'Farbe an einer Stelle abgerieben.'),
    finding('C', 'Mangelhaft', 'dent', 'Draht verbogen, Aufhänger fehlt.'),
    finding('D', 'Transportschaden', 'dent', 'Flach gedrückt, lässt sich nicht richten.'),
  ],
  box: [
    finding('B', 'Verpackung beschädigt', 'scratch', 'Verkaufsverpackung zerkratzt, Inhalt neu und vollständig.'),
    finding('C', 'Transportschaden', 'dent', 'Verpackung eingedrückt, Inhalt mit Druckstelle.'),
    finding('C', 'Unvollständig', 'tear', 'Verpackung aufgerissen, ein Teil fehlt.'),
    finding('D', 'Gebrauchsspuren', 'stain', 'Benutzt und verschmutzt, Verpackung fehlt zum Teil.'),
  ],
  bag: [
    finding('B', 'Gefällt nicht', 'stain', 'Ausgepackt, eine Knickfalte, kleiner Fleck innen.'),
    finding('C', 'Mangelhaft', 'tear', 'Griff an einer Seite ausgerissen.'),
    finding('D', 'Gebrauchsspuren', 'tear', 'Benutzt: Boden durchgescheuert, Reißverschluss defekt.'),
  ],
};

export const likeNew = LIKE_NEW;

/** What can be wrong with an article. @returns at least one of every grade below A */
export const findingsOf = (article: string): readonly Finding[] => OF_PRODUCT[productOf(article)];

export const productOf = (article: string): Product => PRODUCTS.find(([, name]) => name.test(article))?.[0] ?? 'box';
