import { until } from '../parallel.ts';
import { idOf, MERCHANT_WITH_LOG_IN, type World } from '../world.ts';

const yesNo = (code: string, de: string, en: string, ifNo: 'C' | 'D') => ({
  ...{ code, de, en, kind: 'yesNo' },
  options: [
    { code: 'yes', de: 'Ja', en: 'Yes' },
    { code: 'no', de: 'Nein', en: 'No', grade: ifNo },
  ],
});

/** What workers are asked about goods of a group; the worst answer suggests the grade. */
const CHECKLISTS = [
  {
    id: 'lights',
    articleGroup: 'Lichter',
    questions: [
      yesNo('glass', 'Glas ohne Sprung und Abplatzer?', 'Glass without crack or chip?', 'D'),
      {
        code: 'wax',
        de: 'Wachsreste?',
        en: 'Wax residue?',
        kind: 'choice',
        options: [
          { code: 'none', de: 'Keine', en: 'None' },
          { code: 'little', de: 'Wenige', en: 'A little', grade: 'B' },
          { code: 'much', de: 'Deutliche', en: 'A lot', grade: 'C' },
        ],
      },
    ],
  },
  {
    id: 'china',
    articleGroup: 'Porzellan',
    questions: [
      yesNo('whole', 'Ohne Bruch und Haarriss?', 'Without break or hairline crack?', 'D'),
      yesNo('packed', 'Originalverpackung dabei?', 'Original packaging included?', 'C'),
    ],
  },
];

const RULES = {
  '851': [
    { grades: ['B'], disposition: 'restock_b' },
    { grades: ['C'], disposition: 'ask' },
  ],
  '475': [{ grades: ['C', 'D'], disposition: 'ask' }],
} as const;

/** A week to decide, two days to inspect, two photos of what is damaged; quarantine costs from the fourth day on. */
const POLICY = {
  photoRules: [{ grades: ['C', 'D'], minPhotos: 2 }],
  decision: { damagedHours: 7 * 24, damagedDefault: 'rtv' },
  batch: { maxPieces: 60, maxWeightGrams: 25_000 },
  inspectionHours: 48,
  quarantineFreeDays: 3,
  reasonMappings: [
    { system: 'shop', external: 'damaged', code: 'transport_damage' },
    { system: 'shop', external: 'changed_mind', code: 'not_liked' },
  ],
};

/** What house and merchants agreed on since: who is asked about what, how many photos, what is checked. */
export async function agreeOnTerms(world: World): Promise<void> {
  const { admin, merchant } = world.as;
  for (const [number, returnRules] of Object.entries(RULES))
    await admin.patch(`/merchants/${idOf(world, number)}`, { returnRules, returnPolicy: POLICY });
  await admin.patch(`/merchants/${idOf(world, '843')}`, { returnPolicy: POLICY });
  await admin.patch(`/merchants/${idOf(world, '850')}`, { rtvSchedule: 'monthly' });
  await admin.put('/return-checklists', { checklists: CHECKLISTS });
  // one mail at the end of the day is enough for them
  await admin.put('/message-settings/returnInspected', { merchantId: idOf(world, '475'), mode: 'daily' });
  await merchant.put('/message-settings/returnReceived', { mode: 'each' });
  const path = `/return-settings?merchantId=${idOf(world, MERCHANT_WITH_LOG_IN)}`;
  await until('the new terms at the packing table', async () => {
    const { rules } = await admin.get<{ rules: { disposition: string }[] }>(path);
    return rules.some(({ disposition }) => disposition === 'ask') || undefined;
  });
}
