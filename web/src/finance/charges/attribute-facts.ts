/** The text of a key of `finance`, or nothing where there is none. */
export type SayAttribute = (key: string, values?: Record<string, string | number>) => string | undefined;

export interface AttributeFormats {
  say: SayAttribute;
  number: (value: number) => string;
}

type Attributes = Record<string, unknown>;

const NAMES = ['country', 'weightGrams', 'carrier', 'channel', 'code', 'returnKind', 'grades', 'method'] as const;
/** How storage was measured and counted: by attribute, which key the words of a value have. */
const STORAGE = {
  measure: (value: string) => `attributeMeasure.${value}`,
  emptiedBins: (value: string) => `policy.emptiedBins.${value}`,
  sharedBins: (value: string) => `policy.sharedBins.${value}`,
};

/** What an event says that prices go by, as `[name, value]` in words; what it does not say is left out. */
export function attributeFacts(attributes: Attributes, formats: AttributeFormats): [name: string, value: string][] {
  const { say, number } = formats;
  const nameOf = (name: string) => say(`attribute.${name}`) ?? name;
  const plain = (name: string): [string, string][] =>
    isNothing(attributes[name]) ? [] : [[nameOf(name), valueOf(name, attributes[name], formats)]];
  const storage = Object.entries(STORAGE).flatMap(([name, keyOf]): [string, string][] => {
    const value = attributes[name];
    return isNothing(value) ? [] : [[nameOf(name), say(keyOf(String(value))) ?? String(value)]];
  });
  const age = ageOf(attributes, formats);
  const rebuilt = Number(attributes['reconstructedDays'] ?? 0);
  return [
    ...NAMES.flatMap(plain),
    ...(age === undefined ? [] : [[nameOf('age'), age] as [string, string]]),
    ...storage,
    ...(rebuilt ? [[nameOf('reconstructedDays'), number(rebuilt)] as [string, string]] : []),
    ...plain('tags'),
  ];
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && !value.length);

function valueOf(name: string, value: unknown, { say, number }: AttributeFormats): string {
  if (name === 'weightGrams') return `${number(Number(value) / 1000)} kg`;
  return (Array.isArray(value) ? value : [value])
    .map((one) => say(`attributeValue.${String(one)}`) ?? String(one))
    .join(', ');
}

/** The days in store that a band holds, counted from 1; goods of any age have no band. */
function ageOf({ ageDaysOver, ageDaysUpTo }: Attributes, { say, number }: AttributeFormats): string | undefined {
  const upTo = isNothing(ageDaysUpTo) ? undefined : number(Number(ageDaysUpTo));
  const over = Number(ageDaysOver ?? 0);
  if (upTo === undefined) return over ? say('attributeAge.from', { from: number(over + 1) }) : undefined;
  return say('attributeAge.between', { from: number(over + 1), upTo });
}
