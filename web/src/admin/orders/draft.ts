import type { Input, Output } from '../../app/api/contract.ts';

export type Order = Output<'GET /orders/{id}'>;
export type OrderState = Order['state'];
export type NewOrder = Input<'POST /orders'>;

export interface DraftLine {
  sku: string;
  name: string;
  quantity: number | null;
}

/** An order as it is typed. An address stands there as soon as one of its fields does. */
export interface OrderDraft {
  merchantId: string | null;
  channel: string;
  externalNumber: string;
  country: string;
  name: string;
  email: string;
  extra: string;
  street: string;
  postalCode: string;
  city: string;
  lines: DraftLine[];
}

export const emptyLine = (): DraftLine => ({ sku: '', name: '', quantity: 1 });

export const emptyDraft = (merchantId: string | null): OrderDraft => ({
  ...{ merchantId, channel: 'manual', externalNumber: '', country: 'DE' },
  ...{ name: '', email: '', extra: '', street: '', postalCode: '', city: '' },
  lines: [emptyLine()],
});

const ADDRESS = ['extra', 'street', 'postalCode', 'city'] as const;
const hasAddress = (draft: OrderDraft): boolean => ADDRESS.some((field) => draft[field].trim() !== '');

/** Where something has to stand and nothing does, as paths of the request. */
export function missingIn(draft: OrderDraft): ReadonlySet<string> {
  const required: [path: string, value: string | number | null][] = [
    ['merchantId', draft.merchantId],
    ['channel', draft.channel],
    ['externalNumber', draft.externalNumber],
    ['country', draft.country],
    ['lines', draft.lines.length || null],
    ...draft.lines.flatMap(({ sku, quantity }, index): [string, string | number | null][] => [
      [`lines.${index}.sku`, sku],
      [`lines.${index}.quantity`, quantity],
    ]),
    ...(hasAddress(draft)
      ? ([
          ['consumer.name', draft.name],
          ...(['street', 'postalCode', 'city'] as const).map((field) => [`consumer.address.${field}`, draft[field]]),
        ] as [string, string][])
      : []),
  ];
  return new Set(required.filter(([, value]) => String(value ?? '').trim() === '').map(([path]) => path));
}

/** What the API is told; every line keeps its place, so that what is wrong with one is shown at it. */
export function orderOf(draft: OrderDraft): Omit<NewOrder, 'id'> {
  const { merchantId, channel, externalNumber, country, lines } = draft;
  const consumer = consumerOf(draft);
  return {
    merchantId: merchantId ?? '',
    channel: channel.trim(),
    externalNumber: externalNumber.trim(),
    country,
    ...(consumer ? { consumer } : {}),
    lines: lines.map(({ sku, name, quantity }) => ({ sku: sku.trim(), name: name.trim(), quantity: quantity ?? 0 })),
  };
}

function consumerOf(draft: OrderDraft): NewOrder['consumer'] {
  const [name, email, extra] = [draft.name.trim(), draft.email.trim(), draft.extra.trim()];
  if (!name && !email && !hasAddress(draft)) return undefined;
  return {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(hasAddress(draft)
      ? {
          address: {
            name,
            ...(extra ? { extra } : {}),
            ...{ street: draft.street.trim(), postalCode: draft.postalCode.trim(), city: draft.city.trim() },
            country: draft.country,
          },
        }
      : {}),
  };
}
