import { InvalidInput, invalidField, RuleViolation, type FieldError } from '../../../shared/kernel/errors.ts';
import { itemOf, withItems } from './items.ts';
import type { Item, Return } from './model.ts';
import { newItem } from './receipt.ts';
import { assertReturnIs, UNDER_INSPECTION } from './return-states.ts';

/** What one piece of a bundle consists of, with the names of the articles. */
export interface Component {
  sku: string;
  name: string;
  quantity: number;
}

/** Pieces of a component that came. */
export interface Came {
  sku: string;
  quantity: number;
  itemId?: string | undefined;
}

/**
 * A bundle that came in parts (A12): in its place stand its components, what came of them as received and the rest as
 * expected, so that it is missing in the end. The item of the bundle becomes its first component and keeps what it was
 * in `recordedAs`; all of them name it in `bundleOf`.
 * @param components  of the article; none when it is no bundle
 * @returns the very same return when the bundle is taken apart already
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `ITEM_NOT_TO_UNBUNDLE`
 * @throws InvalidInput `NOT_A_BUNDLE`, `NO_COMPONENT`, `NAMED_TWICE`, `TOO_MANY`: at most pieces × quantity of each
 */
export function unbundle(
  parcel: Return,
  itemId: string,
  components: readonly Component[],
  came: readonly Came[],
  newId: () => string,
): Return {
  const bundle = itemOf(parcel, itemId);
  if (bundle.bundleOf === bundle.id) return parcel;
  assertReturnIs(parcel, UNDER_INSPECTION, 'unbundled');
  if (bundle.state !== 'expected' && bundle.state !== 'received')
    throw new RuleViolation('ITEM_NOT_TO_UNBUNDLE', `An item that is ${bundle.state} stays as it is`, {
      state: bundle.state,
    });
  if (!components.length) throw invalidField('itemId', 'NOT_A_BUNDLE', 'The article has no components');
  assertFits(bundle, components, came);
  let position = Math.max(...parcel.items.map((item) => item.position));
  const parts = components.flatMap((component) => partsOf(bundle, component, came, newId));
  const items = parts.map((part, index): Item => ({
    ...newItem(index === 0 ? bundle.id : part.id, index === 0 ? bundle.position : (position += 1)),
    ...{ origin: bundle.origin, sku: part.sku, name: part.name, quantity: part.quantity, reason: bundle.reason },
    ...{
      externalReason: bundle.externalReason,
      insteadOf: bundle.insteadOf,
      ...(index === 0 ? { splitFrom: bundle.splitFrom, splitAt: bundle.splitAt } : {}),
    },
    bundleOf: bundle.id,
    recordedAs: index === 0 ? (bundle.recordedAs ?? `${bundle.quantity} × ${bundle.sku} ${bundle.name}`.trim()) : null,
    state: part.here ? 'received' : 'expected',
  }));
  return withItems(parcel, items);
}

/** What came of a component, and what did not. */
function partsOf(bundle: Item, { sku, name, quantity }: Component, came: readonly Came[], newId: () => string) {
  const here = came.find((given) => given.sku === sku);
  const rest = bundle.quantity * quantity - (here?.quantity ?? 0);
  return [
    ...(here ? [{ id: here.itemId ?? newId(), sku, name, quantity: here.quantity, here: true }] : []),
    ...(rest ? [{ id: newId(), sku, name, quantity: rest, here: false }] : []),
  ];
}

function assertFits(bundle: Item, components: readonly Component[], came: readonly Came[]): void {
  const errors = came.flatMap(({ sku, quantity }, index): FieldError[] => {
    const path = `components.${index}`;
    const component = components.find((one) => one.sku === sku);
    if (!component) return [{ path: `${path}.sku`, code: 'NO_COMPONENT', message: `${sku} is no part of the bundle` }];
    if (came.findIndex((one) => one.sku === sku) !== index)
      return [{ path: `${path}.sku`, code: 'NAMED_TWICE', message: 'Name every component once' }];
    const cap = bundle.quantity * component.quantity;
    if (quantity <= cap) return [];
    return [
      { path: `${path}.quantity`, code: 'TOO_MANY', message: `${cap} belong to the bundle; record more separately` },
    ];
  });
  if (errors.length) throw new InvalidInput(errors);
}
