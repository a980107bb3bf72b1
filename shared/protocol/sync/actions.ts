import { importActions } from './import-actions.ts';
import { connectionActions } from './connection-actions.ts';
import { selfCheckActions } from './self-check-actions.ts';

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const syncActions = { ...importActions, ...connectionActions, ...selfCheckActions };
