// One process of the product under test: starts it with the environment it gets, tells the parent where it listens, and
// sets its clock when the parent says so.
import { readConfig } from '../../shared/config.ts';
import { serviceActor } from '../../shared/protocol/actor.ts';
import { identityActions } from '../../shared/protocol/identity/actions.ts';
import { clockFrom } from '../../shared/runtime/clock.ts';
import { startKontor } from '../../shared/runtime/start.ts';
import { crashAt } from './crash-at.ts';

const config = readConfig();
const point = process.env['CRASH_AT'];
let clock = clockFrom(config.KONTOR_CLOCK);
process.on('message', ({ at }: { at: string }) => {
  clock = clockFrom(at);
  process.send!({ at });
});
const kontor = await startKontor(config, { now: () => clock(), ...(point ? { reached: crashAt(point) } : {}) });
const administrator = config.services.includes('identity')
  ? await kontor.platform.call(identityActions.ensureFirstAdministrator, {}, serviceActor('runtime', 'test'))
  : null;
process.send!({ url: kontor.url, administrator });
process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => void kontor.stop().then(() => process.exit(0)));
