import type { ItemOf } from '../../app/api/contract.ts';

type Batch = Pick<ItemOf<'GET /rtv-batches'>, 'state' | 'pieces'>;

/** From the end of filling until it is there: what is still filled goes nowhere yet, and an empty one never will. */
const ON_THE_WAY: readonly Batch['state'][] = ['closing', 'packed', 'dispatched'];

export const isOnTheWay = ({ state, pieces }: Batch): boolean => ON_THE_WAY.includes(state) && pieces > 0;
