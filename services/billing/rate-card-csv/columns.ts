/** What a cell holds. Lists are words between `|`; `\|` and `\\` stand for the signs themselves. */
export type CellType = 'text' | 'decimal' | 'integer' | 'date' | 'list';

/** Where a column of some kind of line stands in a version. */
export interface Field {
  column: string;
  /** In the rule, adjustment or minimum, with dots. */
  path: string;
  type: CellType;
}

/** `tier` lines belong to the rule of their key, in the order of the file. */
export const KINDS = ['rule', 'tier', 'surcharge', 'discount', 'minimum'] as const;
export type Kind = (typeof KINDS)[number];

/** The columns of the file, in the order of the export (docs: services/billing/README.md). */
export const COLUMNS = [
  ...['version', 'validFrom', 'kind', 'key', 'chargeType', 'priority', 'model', 'price', 'upTo', 'percent'],
  ...['baseQuantity', 'freeQuantity', 'minimum', 'maximum', 'unit', 'labelDe', 'labelEn', 'countries', 'countriesNot'],
  ...[
    'weightOver',
    'weightUpTo',
    'ageOver',
    'ageUpTo',
    'carriers',
    'channels',
    'codes',
    'returnKinds',
    'grades',
    'methods',
    'tags',
  ],
  ...['from', 'to', 'groups', 'chargeTypes', 'rules'],
] as const;
export const NEEDED_COLUMNS = ['validFrom', 'kind', 'key'] as const;
/** They say to what a line belongs and stand in no field. */
export const PLACE_COLUMNS: readonly string[] = ['version', 'validFrom', 'kind'];

/** In place of a base quantity: the price is for a month, the quantity in days. */
export const DAYS_OF_MONTH = 'daysOfMonth';

const field = (column: string, path = column, type: CellType = 'text'): Field => ({ column, path, type });
const LABEL = [field('key'), field('labelDe', 'label.de'), field('labelEn', 'label.en')];
const price = (path: string) => field('price', path, 'decimal');
const PERCENT = field('percent', 'model.percent', 'decimal');

const RULE = [
  ...LABEL,
  field('chargeType'),
  field('priority', 'priority', 'integer'),
  field('unit'),
  field('model', 'model.type'),
  ...['countries', 'countriesNot', 'carriers', 'channels', 'codes', 'returnKinds', 'grades', 'methods', 'tags'].map(
    (column) => field(column, `conditions.${column}`, 'list'),
  ),
  field('weightOver', 'conditions.weightGramsOver', 'integer'),
  field('weightUpTo', 'conditions.weightGramsUpTo', 'integer'),
  field('ageOver', 'conditions.ageDaysOver', 'integer'),
  field('ageUpTo', 'conditions.ageDaysUpTo', 'integer'),
];

const MODELS: Record<string, Field[]> = {
  perUnit: [
    price('model.unitPrice'),
    field('baseQuantity', 'model.baseQuantity', 'decimal'),
    field('freeQuantity', 'model.freeQuantity', 'decimal'),
  ],
  flat: [price('model.amount')],
  package: [price('model.unitPrice'), field('baseQuantity', 'model.size', 'decimal')],
  graduated: [],
  volume: [],
  percentage: [PERCENT, field('minimum', 'model.minimum', 'decimal'), field('maximum', 'model.maximum', 'decimal')],
  costPlus: [PERCENT, field('minimum', 'model.minimumMargin', 'decimal')],
};

const ADJUSTMENT = [
  ...LABEL,
  field('model', 'value.type'),
  field('from', 'from', 'date'),
  field('to', 'to', 'date'),
  ...['groups', 'chargeTypes', 'rules'].map((column) => field(column, column, 'list')),
  field('maximum', 'maximumPerMonth', 'decimal'),
];
const VALUES: Record<string, Field[]> = {
  percent: [field('percent', 'value.percent', 'decimal')],
  perUnit: [price('value.unitPrice')],
};

const TIER = [field('key'), field('upTo', 'upTo', 'decimal'), price('unitPrice')];
const MINIMUM = [...LABEL, field('minimum', 'amount', 'decimal'), field('groups', 'groups', 'list')];

/**
 * The columns that a line of a kind may fill.
 * @returns `undefined` in `own` for a model that does not exist, so that nobody knows which columns it has
 */
export function fieldsOf(kind: Kind, model: string): { common: readonly Field[]; own: readonly Field[] | undefined } {
  switch (kind) {
    case 'rule':
      return { common: RULE, own: ownOf(MODELS, model) };
    case 'surcharge':
    case 'discount':
      return { common: ADJUSTMENT, own: ownOf(VALUES, model) };
    case 'tier':
      return { common: TIER, own: [] };
    case 'minimum':
      return { common: MINIMUM, own: [] };
  }
}

const ownOf = (table: Record<string, Field[]>, model: string): Field[] | undefined =>
  Object.hasOwn(table, model) ? table[model] : undefined;
