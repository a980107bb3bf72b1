import type { Motif } from '../photos/scenes.ts';

/** An article of the autumn range, which is sold while the desks are looked at. */
export interface Goods {
  merchant: string;
  sku: string;
  name: string;
  group: string;
  motif: Motif;
  ean: string;
  weightGrams: number;
  /** Length, width, height in millimetres. */
  size: readonly [number, number, number];
}

const goods = (
  merchant: string,
  sku: string,
  name: string,
  [group, motif]: readonly [string, Motif],
  ean: string,
  weightGrams: number,
  size: Goods['size'],
): Goods => ({ merchant, sku, name, group, motif, ean, weightGrams, size });

/** EANs of the numbers that GS1 leaves to each house (beginning with 2). */
export const GOODS: readonly Goods[] = [
  goods(
    '851',
    'HZ-1001',
    'Windlicht „Nordlys“, Glas, 18 cm',
    ['Lichter', 'lantern'],
    '2008510010012',
    620,
    [130, 130, 180],
  ),
  goods(
    '851',
    'HZ-1002',
    'Schale „Fjell“, Steingut, 24 cm',
    ['Porzellan', 'bowl'],
    '2008510010029',
    940,
    [240, 240, 80],
  ),
  goods('851', 'HZ-1003', 'Herzkranz aus Rattan, 30 cm', ['Dekoration', 'heart'], '2008510010036', 210, [300, 290, 40]),
  goods(
    '851',
    'HZ-1004',
    'Bilderrahmen „Ask“, Eiche, 20 × 30 cm',
    ['Rahmen', 'frame'],
    '2008510010043',
    780,
    [330, 230, 20],
  ),
  goods(
    '475',
    'WF-220',
    'Wimpelkette „Sommerwiese“, 5 m',
    ['Dekoration', 'bunting'],
    '2004750002206',
    160,
    [240, 180, 40],
  ),
  goods('475', 'WF-231', 'Geschenkbox „Konfetti“, 4-teilig', ['Boxen', 'box'], '2004750002312', 410, [220, 220, 120]),
  goods(
    '850',
    'JB-310',
    'Einkaufstasche „Markttag“, Baumwolle',
    ['Taschen', 'bag'],
    '2008500003109',
    140,
    [400, 350, 15],
  ),
  goods(
    '850',
    'JB-325',
    'Umhängetasche „Kurier“, Canvas',
    ['Taschen', 'satchel'],
    '2008500003253',
    520,
    [380, 290, 60],
  ),
  goods(
    '843',
    'BL-77',
    'Ausstecher-Set „Weihnachten“, 12 Stück',
    ['Küche', 'cutter'],
    '2008430000773',
    240,
    [180, 140, 45],
  ),
  goods(
    '211',
    'BS-640',
    'Blechschild „Hafenkante“, 30 × 20 cm',
    ['Schilder', 'sign'],
    '2002110006406',
    260,
    [300, 200, 6],
  ),
];

export function goodsOf(sku: string): Goods {
  const found = GOODS.find((one) => one.sku === sku);
  if (!found) throw new Error(`There are no goods ${sku}`);
  return found;
}

/** What a consumer bought: pieces by SKU. */
export interface Sale {
  merchant: string;
  number: string;
  consumer: { name: string; email: string; street: string; postalCode: string; city: string };
  lines: readonly (readonly [sku: string, pieces: number])[];
}

const sale = (
  merchant: string,
  number: string,
  [name, street, postalCode, city]: readonly [string, string, string, string],
  lines: Sale['lines'],
): Sale => {
  const plain = name.toLowerCase().replaceAll(/[äöü]/g, (sign) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[sign] ?? sign);
  const email = `${plain
    .normalize('NFD')
    .replaceAll(/[^a-z ]/g, '')
    .replaceAll(' ', '.')}@post.example`;
  return { merchant, number, consumer: { name, email, street, postalCode, city }, lines };
};

export const SALES: readonly Sale[] = [
  sale('851', 'HZ-20481', ['Petra Lindner', 'Gartenweg 8', '21073', 'Hamburg'], [['HZ-1002', 2]]),
  sale('851', 'HZ-20484', ['Sven Harms', 'Deichstraße 40', '26721', 'Emden'], [['HZ-1001', 3]]),
  sale(
    '851',
    'HZ-20490',
    ['Miriam Köster', 'Am Anger 3', '99084', 'Erfurt'],
    [
      ['HZ-1004', 1],
      ['HZ-1003', 1],
    ],
  ),
  sale('851', 'HZ-20493', ['Jonas Feldmann', 'Lessingstraße 17', '53113', 'Bonn'], [['HZ-1001', 4]]),
  sale('851', 'HZ-20497', ['Claudia Reuter', 'Mühlenberg 2', '37073', 'Göttingen'], [['HZ-1004', 2]]),
  sale('851', 'HZ-20502', ['Tobias Wendt', 'Kastanienallee 61', '10435', 'Berlin'], [['HZ-1003', 2]]),
  sale(
    '851',
    'HZ-20505',
    ['Ayşe Demir', 'Rheinufer 12', '50668', 'Köln'],
    [
      ['HZ-1002', 1],
      ['HZ-1001', 1],
    ],
  ),
  sale('851', 'HZ-20511', ['Holger Brandes', 'Ostertor 5', '31134', 'Hildesheim'], [['HZ-1003', 1]]),
  sale('851', 'HZ-20516', ['Ulrike Sommer', 'Seestraße 27', '18055', 'Rostock'], [['HZ-1002', 1]]),
  sale(
    '851',
    'HZ-20519',
    ['Frank Möller', 'Wiesengrund 14', '59065', 'Hamm'],
    [
      ['HZ-1001', 2],
      ['HZ-1004', 1],
    ],
  ),
  sale('851', 'HZ-20523', ['Nadine Vogt', 'Bahnhofstraße 33', '76133', 'Karlsruhe'], [['HZ-1003', 3]]),
  sale(
    '851',
    'HZ-20527',
    ['Erik Johannsen', 'Norderstraße 9', '24939', 'Flensburg'],
    [
      ['HZ-1002', 2],
      ['HZ-1004', 1],
    ],
  ),
  sale('851', 'HZ-20530', ['Sabine Kühn', 'Marktplatz 1', '06108', 'Halle'], [['HZ-1001', 1]]),
  sale('475', 'WF-7714', ['Lea Baumann', 'Talstraße 22', '70188', 'Stuttgart'], [['WF-220', 2]]),
  sale('475', 'WF-7718', ['Kindergarten Sonnenhof', 'Schulgasse 4', '91054', 'Erlangen'], [['WF-231', 3]]),
  sale('475', 'WF-7721', ['Markus Thiel', 'Fichtenweg 11', '38640', 'Goslar'], [['WF-220', 1]]),
  sale(
    '475',
    'WF-7725',
    ['Hanna Pohl', 'Kirchplatz 6', '48143', 'Münster'],
    [
      ['WF-231', 1],
      ['WF-220', 1],
    ],
  ),
  sale('850', 'JB-3390', ['Daniel Krämer', 'Uferpromenade 19', '78462', 'Konstanz'], [['JB-325', 1]]),
  sale('850', 'JB-3394', ['Birgit Albers', 'Lindenhof 7', '29221', 'Celle'], [['JB-310', 4]]),
  sale('850', 'JB-3401', ['Oliver Busch', 'Am Stadtpark 3', '90409', 'Nürnberg'], [['JB-325', 2]]),
  sale('843', 'BL-5512', ['Monika Seidel', 'Rosenstraße 30', '01097', 'Dresden'], [['BL-77', 2]]),
  sale('211', 'BS-9034', ['Karsten Jensen', 'Hafenweg 16', '25813', 'Husum'], [['BS-640', 2]]),
];
