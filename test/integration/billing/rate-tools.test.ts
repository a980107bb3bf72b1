import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { addRateVersion } from '../../../services/billing/use-cases/rate-cards/add-rate-version.ts';
import { checkRateVersion, diffRateCard } from '../../../services/billing/use-cases/rate-cards/compare-rate-cards.ts';
import { copyRateCard } from '../../../services/billing/use-cases/rate-cards/copy-rate-card.ts';
import { createRateCard } from '../../../services/billing/use-cases/rate-cards/create-rate-card.ts';
import { exportRateCardCsv, importRateCardCsv } from '../../../services/billing/use-cases/rate-cards/rate-card-csv.ts';
import { getRateCard } from '../../../services/billing/use-cases/rate-cards/read-rate-cards.ts';
import { whatIfRateCard } from '../../../services/billing/use-cases/what-if/what-if-rate-card.ts';
import { isRepeated } from '../../../shared/moleculer/repeated.ts';
import { newRateVersion, rateCard } from '../../../shared/protocol/billing/rate-card.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { corrupt } from '../../support/self-check.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const cardOf = async (merchant: ScenarioMerchant) => {
  const [row] = await world.database.query(
    `select c.id from billing.rate_card c join billing.contract_ref r on r.rate_card_code = c.code where r.merchant_id = $1`,
    [merchant.id],
  );
  return row!['id'] as string;
};
const version = (rules: ReturnType<typeof rule>[], more: object = {}) =>
  newRateVersion.parse({ validFrom: '2027-01-01', rules, ...more });
const whatIf = (input: object) =>
  whatIfRateCard(
    world.deps,
    { limit: 20, from: '2027-03', to: '2027-03', ...input } as Parameters<typeof whatIfRateCard>[1],
    FINANCE,
  );
const everything = async () =>
  JSON.stringify(
    await Promise.all(
      ['charge', 'invoice', 'invoice_line', 'rate_card', 'rate_version', 'rate_rule', 'run_merchant'].map((table) =>
        world.database.query(`select * from billing.${table} t order by t::text`),
      ),
    ),
  );

let file: Buffer = Buffer.alloc(0);
const written: Buffer[] = [];
const withStore = () => ({
  ...world.deps,
  store: {
    ...world.deps.store,
    read: async () => file,
    remove: async () => undefined,
    putContent: async (_folder: string, bytes: Buffer) => {
      written.push(Buffer.from(bytes));
      return { key: 'key' };
    },
  } as unknown as typeof world.deps.store,
});
const importCsv = (text: string | Buffer, input: object) => {
  file = Buffer.from(text);
  return importRateCardCsv(
    withStore(),
    { file: { uploadKey: 'k' }, isBase: 'false', dryRun: 'false', ...input } as Parameters<typeof importRateCardCsv>[1],
    FINANCE,
  );
};
const exportCsv = async (id: string, language: 'de' | 'en' = 'de') => {
  await exportRateCardCsv(withStore(), { id, language }, FINANCE);
  return written.at(-1)!.toString();
};

test('X3 a draft over billed and unbilled months says what they would have come to, and writes nothing', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('pack', perUnit('1.00')), rule('freight', perUnit('4.00'))] }],
  });
  await merchant.happen(
    { day: '2027-03-05', type: 'pack', quantity: '80' },
    { day: '2027-03-05', type: 'freight', quantity: '10' },
  );
  await merchant.bill('2027-03-15');
  await merchant.happen(
    { day: '2027-03-20', type: 'pack', quantity: '40' },
    { day: '2027-03-21', type: 'return_parcel', quantity: '2' },
    { day: '2027-04-02', type: 'pack', quantity: '3' },
  );
  const before = await everything();
  const draft = version(
    [
      rule('pack', tiers('graduated', ['100', '0.90'], [null, '0.50'])),
      rule('freight', tiers('volume', ['9', '4.00'], [null, '3.555'])),
      rule('return_parcel', perUnit('2.50')),
    ],
    {
      adjustments: [
        {
          key: 'fuel',
          kind: 'surcharge',
          label: { de: 'Diesel', en: 'Fuel' },
          groups: ['freight'],
          value: { type: 'percent', percent: '10' },
        },
      ],
      minimums: [{ key: 'least', label: { de: 'Mindestumsatz', en: 'Minimum' }, amount: '120.00' }],
    },
  );
  const { items, nextCursor } = await whatIf({ cardId: await cardOf(merchant), draft, to: '2027-04' });
  expect(nextCursor).toBeNull();
  // March: 100 × 0.90 + 20 × 0.50 = 100.00; 10 × 3.555 = 35.55, 10 % of it 3.555; 2 × 2.50 = 5.00; the minimum is set
  // against 100.00 + 5.00 (freight and its surcharge apart): 15.00 are missing
  expect(items).toEqual([
    {
      merchantId: merchant.id,
      actualMinor: 16_000 + 300,
      whatIfMinor: 15_911 + 12_000,
      differenceMinor: 15_911 + 12_000 - 16_300,
      months: [
        {
          month: '2027-03',
          billedMinor: 12_000,
          accruedMinor: 4_000,
          actualMinor: 16_000,
          whatIfMinor: 15_911,
          differenceMinor: -89,
          charges: 4,
          held: 0,
          waived: 0,
          unrated: { actual: 1, whatIf: 0, reasons: [] },
          sections: [
            { section: 'adjustments', actualMinor: 0, whatIfMinor: 1_500 },
            { section: 'fulfilment', actualMinor: 16_000, whatIfMinor: 10_000 + 3_555 + 356 },
            { section: 'returns', actualMinor: 0, whatIfMinor: 500 },
          ],
        },
        expect.objectContaining({ month: '2027-04', actualMinor: 300, whatIfMinor: 12_000 }),
      ],
    },
  ]);
  expect(await everything()).toBe(before);
});

test('X3 the stored version of a card gives exactly what was billed, corrections and shares included', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [
          rule('pick_further', tiers('graduated', ['100', '0.35'], [null, '0.333333'])),
          rule('freight', tiers('volume', ['100', '5.00'], [null, '4.125'])),
          rule('special_job', { type: 'package', size: '15', unitPrice: '12.50' }, { unit: 'minute' }),
          rule('return_photo', perUnit('0.80', { freeQuantity: '3' })),
        ],
        adjustments: [
          {
            key: 'welcome',
            kind: 'discount',
            label: { de: 'Rabatt', en: 'Discount' },
            value: { type: 'percent', percent: '7.5' },
          },
        ],
        minimums: [{ key: 'least', label: { de: 'M', en: 'M' }, amount: '2000.00' }],
      },
    ],
  });
  await merchant.happen(
    { day: '2027-03-02', type: 'pick_further', quantity: '77' },
    { day: '2027-03-03', type: 'freight', quantity: '60' },
  );
  await merchant.bill('2027-03-15');
  await merchant.happen(
    { day: '2027-03-16', type: 'pick_further', quantity: '55' },
    { day: '2027-03-17', type: 'freight', quantity: '61' },
    { day: '2027-03-17', type: 'special_job', quantity: '16', unit: 'minute' },
    { day: '2027-03-17', type: 'special_job', quantity: '16', unit: 'minute' },
    { day: '2027-03-18', type: 'return_photo', quantity: '5' },
  );
  await merchant.bill('2027-03-31');
  const { items } = await whatIf({ cardId: await cardOf(merchant), version: 1 });
  const [month] = items[0]!.months;
  // 100 × 0.35 + 32 × 0.333333 is 35.00 + 10.67; 121 × 4.125 is 499.13; 4 packages 50.00; 2 photos 1.60; 7.5 % off
  // each group; 1910.03 are missing to the minimum, from which freight is left out
  expect(month).toMatchObject({ accruedMinor: 0, charges: 7, unrated: { whatIf: 0 } });
  expect([month!.whatIfMinor, month!.differenceMinor]).toEqual([246_170, 0]);
});

test('X3 a base card is tried out for everybody, page by page, and unknown things are refused by their field', async () => {
  const base = await world.merchant({ base: true, versions: [{ rules: [rule('pack', perUnit('0.50'))] }] });
  await base.happen(
    { day: '2027-03-05', type: 'pack', quantity: '10' },
    { day: '2027-03-05', type: 'freight', quantity: '1' },
  );
  const [{ id }] = (await world.database.query('select id from billing.rate_card where is_base')) as [{ id: string }];
  const draft = version([rule('pack', perUnit('0.60'))]);
  const first = await whatIf({ cardId: id, draft, limit: 1 });
  expect([first.items.length, first.nextCursor === null]).toEqual([1, false]);
  const rest = await whatIf({ cardId: id, draft, limit: 50, cursor: first.nextCursor! });
  const all = [...first.items, ...rest.items];
  expect(new Set(all.map(({ merchantId }) => merchantId)).size).toBe(all.length);
  expect(all.find(({ merchantId }) => merchantId === base.id)!.months[0]).toMatchObject({
    ...{ actualMinor: 500, whatIfMinor: 600, differenceMinor: 100, charges: 2 },
    unrated: { actual: 1, whatIf: 1, reasons: ['NO_RULE'] },
  });
  await expect(whatIf({ cardId: id, version: 9 })).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'version' }] },
  });
  await expect(whatIf({ cardId: base.id })).rejects.toMatchObject({ code: 404 });
  await expect(whatIf({ cardId: id, merchantIds: [base.id, id] })).rejects.toMatchObject({
    data: { errors: [{ path: 'merchantIds.1', code: 'MERCHANT_UNKNOWN' }] },
  });
  const unknown = version([{ ...rule('pack', perUnit('1')), chargeType: 'nothing' }]);
  await expect(whatIf({ cardId: id, draft: unknown })).rejects.toMatchObject({
    data: { errors: [{ path: 'draft.rules.0.chargeType' }] },
  });
});

test('X3 an own price list is tried out for a merchant who has another one', async () => {
  const merchant = await world.merchant({ versions: [{ rules: [rule('pack', perUnit('1.00'))] }] });
  await merchant.happen({ day: '2027-03-05', type: 'pack', quantity: '7' });
  const { items } = await whatIf({ draft: version([rule('pack', perUnit('2.00'))]), merchantIds: [merchant.id] });
  expect(items[0]).toMatchObject({ actualMinor: 700, whatIfMinor: 1_400, differenceMinor: 700 });
});

test('E5 a copy has all versions, or the one in force on a day; again it is the same card', async () => {
  const merchant = await world.merchant({
    versions: [
      { validFrom: '2026-01-01', rules: [rule('pack', perUnit('1.00'))] },
      { validFrom: '2027-01-01', rules: [rule('pack', perUnit('2.00'))] },
    ],
  });
  const id = await cardOf(merchant);
  const whole = await copyRateCard(world.deps, { id, code: 'whole-copy', name: 'Copy' }, FINANCE);
  expect(whole.versions.map(({ validFrom }) => validFrom)).toEqual(['2026-01-01', '2027-01-01']);
  expect(whole).toMatchObject({ code: 'whole-copy', isBase: false, merchantId: null });
  const copy = { id, code: 'own-copy', name: 'Own', merchantId: merchant.id, validFrom: '2026-12-31' };
  const own = await copyRateCard(world.deps, copy, FINANCE);
  expect(own).toMatchObject({ merchantId: merchant.id, versions: [{ version: 1, validFrom: '2026-12-31' }] });
  expect(own.versions[0]!.rules[0]!.model).toEqual(perUnit('1.00'));
  expect(isRepeated(await copyRateCard(world.deps, copy, FINANCE))).toBe(true);
  await expect(copyRateCard(world.deps, { ...copy, name: 'Other' }, FINANCE)).rejects.toMatchObject({ code: 409 });
  await expect(
    copyRateCard(world.deps, { ...copy, code: 'early', validFrom: '2025-12-31' }, FINANCE),
  ).rejects.toMatchObject({ code: 422, data: { errors: [{ path: 'validFrom' }] } });
});

test('E5 the difference of two versions says field by field what was added, removed and changed', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [
          rule('pack', perUnit('1.00')),
          rule('freight', tiers('graduated', ['10', '5.00'], [null, '4.00']), {
            conditions: { countries: ['DE', 'AT'] },
          }),
          rule('return_item', perUnit('0.50')),
        ],
        minimums: [{ key: 'least', label: { de: 'M', en: 'M' }, amount: '100.00' }],
      },
      {
        validFrom: '2027-01-01',
        rules: [
          rule('pack', perUnit('1.00')),
          rule('freight', tiers('graduated', ['10', '5.00'], ['20', '4.50'], [null, '3.90']), {
            conditions: { countries: ['AT', 'DE'] },
          }),
          rule('material', perUnit('0.20')),
        ],
        minimums: [{ key: 'least', label: { de: 'M', en: 'M' }, amount: '120.00' }],
      },
    ],
  });
  const id = await cardOf(merchant);
  const diff = await diffRateCard(world.deps, { id }, FINANCE);
  expect(diff).toMatchObject({ from: { version: 1 }, to: { version: 2, validFrom: '2027-01-01' } });
  expect(diff.rules.added.map(({ key }) => key)).toEqual(['material']);
  expect(diff.rules.removed.map(({ key }) => key)).toEqual(['return_item']);
  expect(diff.rules.changed).toEqual([
    {
      key: 'freight',
      fields: [
        { field: 'model.tiers.1.upTo', from: null, to: '20' },
        { field: 'model.tiers.1.unitPrice', from: '4.00', to: '4.50' },
        { field: 'model.tiers.2.unitPrice', from: null, to: '3.90' },
      ],
    },
  ]);
  expect(diff.minimums.changed).toEqual([
    { key: 'least', fields: [{ field: 'amount', from: '100.00', to: '120.00' }] },
  ]);
  expect(diff.adjustments).toEqual({ added: [], removed: [], changed: [] });
  const other = await copyRateCard(world.deps, { id, code: 'diff-copy', name: 'C', validFrom: '2026-01-01' }, FINANCE);
  const across = await diffRateCard(world.deps, { id, from: 1, otherId: other.id }, FINANCE);
  expect([across.to.code, across.rules.changed]).toEqual(['diff-copy', []]);
  await expect(diffRateCard(world.deps, { id, from: 7 }, FINANCE)).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'from' }] },
  });
});

test('E4 a save answers with what is worth a look, and a check says the same without saving', async () => {
  const merchant = await world.merchant({ versions: [{ rules: [rule('pack', perUnit('1.00'))] }] });
  const cardId = await cardOf(merchant);
  const rules = [
    rule('freight', perUnit('4.00'), { key: 'all' }),
    rule('freight', perUnit('6.00'), { key: 'at', priority: 200, conditions: { countries: ['AT'] } }),
    rule('freight', perUnit('5.00'), {
      key: 'heavy-at',
      conditions: { countries: ['AT'], weightGramsOver: 5_000 },
      priority: 150,
    }),
  ];
  const saved = await addRateVersion(world.deps, { id: cardId, ...version(rules) }, FINANCE);
  expect(saved.warnings.map(({ code, path, rules: keys }) => [code, path, keys])).toEqual([
    ['RULE_NEVER_WINS', 'rules.2', ['at', 'heavy-at']],
    ['RULE_OVERRIDDEN', 'rules.0.priority', ['at', 'all']],
    ['RULE_OVERRIDDEN', 'rules.0.priority', ['heavy-at', 'all']],
  ]);
  const before = await everything();
  const twice = version([rules[0]!, { ...rules[0]!, key: 'again' }]);
  const checked = await checkRateVersion(world.deps, { cardId, version: twice }, FINANCE);
  expect(checked.errors).toEqual([expect.objectContaining({ path: 'rules.1.priority', code: 'RULES_OVERLAP' })]);
  expect(await everything()).toBe(before);
});

test('E1 what the export of a card says can be imported unchanged, here and elsewhere', async () => {
  const merchant = await world.merchant({ versions: [{ rules: [rule('pack', perUnit('1.00'))] }] });
  const exported: unknown = JSON.parse(
    JSON.stringify(await getRateCard(world.deps, { id: await cardOf(merchant) }, FINANCE)),
  );
  const before = await everything();
  expect(isRepeated(await createRateCard(world.deps, rateCard.parse(exported), FINANCE))).toBe(true);
  expect(await everything()).toBe(before);
  const elsewhere = await createScenarioWorld();
  const taken = await createRateCard(elsewhere.deps, rateCard.parse(exported), FINANCE).finally(() =>
    elsewhere.close(),
  );
  expect(taken).toMatchObject({ id: (exported as { id: string }).id, versions: [{ rules: [{ key: 'pack' }] }] });
});

const whole = {
  rules: [
    rule('pack', perUnit('0.455', { freeQuantity: '10' })),
    rule('storage', perUnit('7.50', { perDaysOfMonth: true }), {
      unit: 'bin_day',
      conditions: { methods: ['binDay'] },
    }),
    rule('special_job', perUnit('42.00', { baseQuantity: '60' }), {
      unit: 'minute',
      conditions: { codes: ['a|b', 'c\\d'] },
    }),
    rule('return_photo', { type: 'flat', amount: '0.50' }),
    rule('material', { type: 'package', size: '5', unitPrice: '1.00' }),
    rule('freight', tiers('volume', ['100', '5.00'], [null, '4.50']), {
      priority: -5,
      conditions: { countries: ['DE', 'AT'], weightGramsOver: 0, weightGramsUpTo: 31_500, carriers: ['DHL'] },
    }),
    { ...rule('pick_further', perUnit('0.10')), label: { de: '=HYPERLINK("http://x";"y")', en: 'a;=1+1, "b"' } },
  ],
  adjustments: [
    {
      key: 'peak',
      kind: 'surcharge' as const,
      label: { de: 'Hochsaison', en: 'Peak' },
      from: '2027-11-15',
      to: '2027-12-31',
      groups: ['freight' as const],
      value: { type: 'perUnit' as const, unitPrice: '0.30' },
      maximumPerMonth: '500.00',
    },
    {
      key: 'welcome',
      kind: 'discount' as const,
      label: { de: 'Rabatt', en: 'Discount' },
      rules: ['pack'],
      value: { type: 'percent' as const, percent: '12.5' },
    },
  ],
  minimums: [
    { key: 'least', label: { de: 'Mindestumsatz', en: 'Minimum' }, amount: '250.00', groups: ['fulfilment' as const] },
  ],
};

test.each(['de', 'en'] as const)(
  'E1 J17 a card as CSV (%s) comes back as it was, formulas made harmless',
  async (language) => {
    const card = await createRateCard(
      world.deps,
      rateCard.parse({
        ...{ code: `csv-${language}`, name: 'CSV', currency: 'EUR' },
        versions: [
          { version: 1, validFrom: '2026-01-01', ...whole },
          { version: 2, validFrom: '2027-01-01', rules: [rule('pack', perUnit('0.50'))] },
        ],
      }),
      FINANCE,
    );
    const text = await exportCsv(card.id, language);
    expect(text.startsWith('\ufeffversion')).toBe(true);
    expect(text.split('\r\n').some((line) => /(^|[;,"])=/.test(line))).toBe(false);
    expect(text).toContain(language === 'de' ? '"0,455"' : ',0.455,');
    const again = await importCsv(text, { code: `csv-${language}` });
    expect(again).toMatchObject({ cardId: card.id, created: false, versionsAdded: [], versionsUnchanged: [1, 2] });
    const copy = await importCsv(text, { code: `csv-${language}-copy`, name: 'CSV' });
    expect(copy).toMatchObject({ created: true, versionsAdded: [1, 2], errors: [], ignoredColumns: [] });
    const stored = await getRateCard(world.deps, { id: copy.cardId! }, FINANCE);
    const content = (versions: typeof stored.versions) =>
      versions.map(({ version: number, validFrom, rules, adjustments, minimums }) => ({
        number,
        validFrom,
        rules,
        adjustments,
        minimums,
      }));
    expect(content(stored.versions)).toEqual(content(card.versions));
  },
);

const HEAD = 'version;validFrom;kind;key;chargeType;priority;model;price;upTo;unit;labelDe;labelEn';

test('J17 J15 a file of a German spreadsheet is read, in Windows-1252 with decimal commas and its dates; a further version is appended', async () => {
  const first = [HEAD, '1;01.07.2026;rule;pack;pack;100;perUnit;0,85;;parcel;Päckchen;Parcel', ''].join('\r\n');
  const dry = await importCsv(Buffer.from(first, 'latin1'), { code: 'sheet', dryRun: 'true' });
  expect(dry).toMatchObject({ cardId: null, created: true, versionsAdded: [1], errors: [] });
  expect(await world.database.query(`select 1 from billing.rate_card where code = 'sheet'`)).toEqual([]);
  const made = await importCsv(Buffer.from(first, 'latin1'), { code: 'sheet' });
  const next = `${first}2;01.01.2027;rule;pack;pack;100;graduated;;;parcel;Päckchen;Parcel\r\n2;;tier;pack;;;;0,80;100\r\n2;;tier;pack;;;;0,70;\r\n`;
  expect(await importCsv(next, { code: 'sheet' })).toMatchObject({ versionsAdded: [2], versionsUnchanged: [1] });
  const card = await getRateCard(world.deps, { id: made.cardId! }, FINANCE);
  expect(card.versions.map(({ validFrom, rules }) => [validFrom, rules[0]!.label.de, rules[0]!.model])).toEqual([
    ['2026-07-01', 'Päckchen', { type: 'perUnit', unitPrice: '0.85' }],
    ['2027-01-01', 'Päckchen', tiers('graduated', ['100', '0.80'], [null, '0.70'])],
  ]);
  await expect(importCsv(first.replace('0,85', '0,95'), { code: 'sheet' })).rejects.toMatchObject({
    ...{ code: 422, type: 'RATE_CARD_INVALID' },
    data: { errors: [{ path: 'lines.2.version', code: 'VERSION_DIFFERS' }] },
  });
});

test('D12 a software fee that would bill part of a month as a whole one is refused by every way in; stored ones are read and count', async () => {
  const before = await everything();
  const flat = [rule('software_fee', { type: 'flat', amount: '69.00' })];
  const error = { path: 'versions.0.rules.0.model.type', code: 'MODEL_NOT_PRORATED' };
  const card = rateCard.parse({
    ...{ code: 'flat', name: 'Flat', currency: 'EUR' },
    versions: [{ version: 1, validFrom: '2027-01-01', rules: flat }],
  });
  await expect(createRateCard(world.deps, card, FINANCE)).rejects.toMatchObject({
    ...{ code: 422, data: { errors: [error] } },
  });
  const lines = [HEAD, '1;2027-01-01;rule;fee;software_fee;100;package;69,00;;month;a;a'];
  const sized = lines.map((line, index) => `${line};${index ? '1' : 'baseQuantity'}`);
  await expect(importCsv(sized.join('\n'), { code: 'flat' })).rejects.toMatchObject({
    ...{ code: 422, data: { errors: [{ path: 'lines.2.model', code: 'MODEL_NOT_PRORATED' }] } },
  });
  expect(await everything()).toBe(before);

  const merchant = await world.merchant({
    versions: [{ rules: [rule('software_fee', perUnit('69.00'))] }],
    contracts: [{ startsOn: '2027-03-20', softwareFee: true }],
  });
  const id = await cardOf(merchant);
  await expect(addRateVersion(world.deps, { id, ...version(flat) }, FINANCE)).rejects.toMatchObject({
    ...{ code: 422, data: { errors: [{ path: 'rules.0.model.type', code: 'MODEL_NOT_PRORATED' }] } },
  });
  // as a card from before
  const model = JSON.stringify(flat[0]!.model);
  await corrupt(
    world.database,
    `update billing.rate_rule set model = '${model}' where version_id in (select id from billing.rate_version where card_id = '${id}')`,
  );
  const stored = await getRateCard(world.deps, { id }, FINANCE);
  expect(stored.versions[0]!.rules[0]!.model).toEqual({ type: 'flat', amount: '69.00' });
  expect(await exportCsv(id)).toContain('software_fee');
  await expect(copyRateCard(world.deps, { id, code: 'copy-of-flat', name: 'Copy' }, FINANCE)).rejects.toMatchObject({
    ...{ code: 422, data: { errors: [error] } },
  });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'software_fee', '1', '69', 6_900]]);
});

test('J17 every mistake of a file is told with its line and column, and nothing of it is stored', async () => {
  const lines = [
    `${HEAD};percent;remarks`,
    '1;2026-07-01;rule;pack;pack;100;perUnit;x;;parcel;a;a',
    '1;;rule;freight;freight;high;perUnit;1,00;;parcel;a;a;5',
    '1;;tier;nothing;;;;1,00;',
    '1;;rule;pack;pack;100;perUnit;1,00;;parcel;a;a',
    '1;2026-08-01;offer;a;;;;;;;',
    'one;;rule;a;pack;100;perUnit;1;;parcel;a;a',
  ];
  const before = await everything();
  const { errors, ignoredColumns } = await importCsv(lines.join('\n'), { code: 'wrong', dryRun: 'true' });
  expect(errors.map(({ line, field, code }) => [line, field, code])).toEqual([
    [3, 'percent', 'CELL_NOT_USED'],
    [4, 'key', 'TIER_WITHOUT_RULE'],
    [5, 'key', 'KEY_TWICE'],
    [6, 'kind', 'INVALID_VALUE'],
    [7, 'version', 'INVALID_VALUE'],
  ]);
  expect(ignoredColumns).toEqual(['remarks']);
  const some = await importCsv([lines[0], lines[1], lines[2]!.replace(/;5$/, '')].join('\n'), {
    code: 'wrong',
    dryRun: 'true',
  });
  expect(some.errors.map(({ line, field }) => [line, field])).toEqual([
    [2, 'price'],
    [3, 'priority'],
  ]);
  const mixed = [lines[0], lines[1]!.replace(';x;', ';1.250;'), lines[2]!.replace('high', '5').replace(/;5$/, '')];
  await expect(importCsv(mixed.join('\n'), { code: 'wrong' })).rejects.toMatchObject({
    data: { errors: [{ path: 'lines.2.price', code: 'DECIMAL_AMBIGUOUS' }] },
  });
  for (const [text, code] of [
    ['', 'FILE_EMPTY'],
    ['a;b\n1;2', 'WRONG_HEAD'],
    [HEAD, 'NO_LINES'],
  ] as const)
    await expect(importCsv(text, { code: 'wrong' })).rejects.toMatchObject({
      data: { errors: [{ path: 'file', code }] },
    });
  expect(await everything()).toBe(before);
});

test('J15 a price of one merchant with tiers and a percentage off the list stands on a card of its own', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [rule('return_item', tiers('graduated', ['10', '0.50'], [null, '0.40']))],
        adjustments: [
          {
            key: 'off',
            kind: 'discount',
            label: { de: '10 % Nachlass', en: '10 % off' },
            chargeTypes: ['pack'],
            value: { type: 'percent', percent: '10' },
          },
        ],
      },
    ],
  });
  // the base card of this database asks 0.50 for a parcel
  await merchant.happen(
    { day: '2028-01-05', type: 'pack', quantity: '10' },
    { day: '2028-01-05', type: 'return_item', quantity: '12' },
  );
  const account = await getMerchantAccount(world.deps, { id: merchant.id }, FINANCE);
  const lines = account.sections.flatMap((section) => section.lines.map(({ kind, netMinor }) => [kind, netMinor]));
  expect(lines.toSorted((left, right) => Number(right[1]) - Number(left[1]))).toEqual([
    ['charges', 500],
    ['charges', 500],
    ['charges', 80],
    ['discount', -50],
  ]);
});
