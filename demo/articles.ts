import { chanceOf } from './chance.ts';
import { inParallel } from './parallel.ts';
import type { PhotoStudio } from './photos/studio.ts';
import type { Product } from './photos/scenes.ts';
import { productOf } from './returns/findings.ts';
import type { Sample } from './sample.ts';
import { idOf, type World } from './world.ts';

/** An article as a merchant's list of goods has it; sizes in millimetres. */
export interface DemoArticle {
  sku: string;
  name: string;
  eans: string[];
  group: string;
  weightGrams: number;
  dimensions: { lengthMm: number; widthMm: number; heightMm: number };
}

/** What goods of a kind are called, weigh at least and at most, and measure. */
const KINDS: Record<Product, { group: string; grams: [number, number]; size: [number, number, number] }> = {
  sign: { group: 'Schilder', grams: [180, 420], size: [300, 210, 8] },
  parasol: { group: 'Schirme', grams: [350, 600], size: [860, 90, 90] },
  bunting: { group: 'Dekoration', grams: [120, 260], size: [240, 180, 40] },
  doormat: { group: 'Fußmatten', grams: [1_400, 2_200], size: [700, 400, 25] },
  frame: { group: 'Rahmen', grams: [300, 900], size: [260, 210, 20] },
  cutter: { group: 'Küche', grams: [60, 180], size: [150, 110, 40] },
  bowl: { group: 'Porzellan', grams: [250, 700], size: [180, 180, 90] },
  lantern: { group: 'Lichter', grams: [200, 650], size: [140, 140, 220] },
  heart: { group: 'Dekoration', grams: [80, 240], size: [160, 150, 30] },
  bag: { group: 'Taschen', grams: [70, 190], size: [400, 350, 15] },
  box: { group: 'Boxen', grams: [150, 480], size: [220, 160, 120] },
};
const MOST_AT_ONCE = 500;
const PICTURES = 24;

/** What each merchant sells in the month. @returns articles by number of the merchant */
export function articlesOf(sample: Sample): Map<string, DemoArticle[]> {
  const names = new Map<string, { merchant: string; name: string }>();
  for (const { merchant, lines } of [...sample.orders, ...sample.announced])
    for (const { sku, name } of lines) if (!names.get(sku)?.name) names.set(sku, { merchant, name });
  const articles = new Map<string, DemoArticle[]>();
  for (const [sku, { merchant, name }] of names)
    articles.set(merchant, [...(articles.get(merchant) ?? []), articleOf(sku, name || sku)]);
  return articles;
}

/** Enters what the merchants sell, before anything of it is sold. @returns how many articles */
export async function enterArticles(world: World): Promise<number> {
  let entered = 0;
  for (const [merchant, articles] of articlesOf(world.sample))
    for (let at = 0; world.merchantIds.has(merchant) && at < articles.length; at += MOST_AT_ONCE) {
      const some = articles.slice(at, at + MOST_AT_ONCE);
      await world.as.admin.post('/articles/bulk', { merchantId: idOf(world, merchant), articles: some });
      entered += some.length;
    }
  return entered;
}

/** Somebody walks along the shelves with a phone: pictures of goods that will come back. @returns how many */
export async function pictureArticles(world: World, studio: PhotoStudio): Promise<number> {
  const goods = new Map(
    world.planned.flatMap(({ merchant, items }) => items.map(({ sku, name }) => [sku, { merchant, sku, name }])),
  );
  const shown = [...goods.values()].slice(0, PICTURES);
  await inParallel(shown, 4, async ({ merchant, sku, name }) => {
    const [article] = await world.as.worker.list<{ id: string }>(
      `/articles?merchantId=${idOf(world, merchant)}&sku=${sku}`,
    );
    const bytes = await studio.take({ motif: productOf(name), damage: 'none', variant: `article ${sku}` });
    await world.as.worker.replace(`/articles/${article!.id}/picture`, { bytes, name: 'IMG.jpg', type: 'image/jpeg' });
  });
  return shown.length;
}

function articleOf(sku: string, name: string): DemoArticle {
  const { group, grams, size } = KINDS[productOf(name)];
  const chance = chanceOf(`article ${sku}`);
  const [lengthMm, widthMm, heightMm] = size.map((side) => Math.max(5, Math.round(side * (0.8 + 0.4 * chance.next()))));
  return {
    ...{ sku, name, eans: [eanOf(sku)], group, weightGrams: chance.whole(...grams) },
    dimensions: { lengthMm: lengthMm!, widthMm: widthMm!, heightMm: heightMm! },
  };
}

/** An EAN of the numbers that GS1 leaves to each house (beginning with 2). @param sku  five digits and up to two letters */
function eanOf(sku: string): string {
  const letters = [...sku.slice(5).padEnd(2, '@')].map((letter) => String(letter.charCodeAt(0) - 64).padStart(2, '0'));
  const digits = `200${sku.slice(0, 5)}${letters.join('')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
