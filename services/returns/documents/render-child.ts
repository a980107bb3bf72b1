import { serveTasks } from '../../../shared/runtime/child-tasks.ts';
import type { PackingList } from './packing-list-model.ts';
import { renderPackingList } from './render-packing-list.ts';

// the module of the children of `openPackingListRenderer`
serveTasks<PackingList, Buffer>(renderPackingList);
