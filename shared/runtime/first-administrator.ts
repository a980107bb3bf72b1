import { serviceActor } from '../protocol/actor.ts';
import { identityActions } from '../protocol/identity/actions.ts';
import type { Platform } from './platform.ts';

/** Makes the first administrator where there is no user yet. @returns the log-in, told this once; else `null` */
export const firstAdministrator = ({ call }: Platform): Promise<{ email: string; password: string } | null> =>
  call(identityActions.ensureFirstAdministrator, {}, serviceActor('runtime', `start-${process.pid}`));
