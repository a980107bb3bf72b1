// One process of the product under test: starts it with the environment it gets and tells the parent where it listens.
import { readConfig } from '../../shared/config.ts';
import { serviceActor } from '../../shared/protocol/actor.ts';
import { identityActions } from '../../shared/protocol/identity/actions.ts';
import { startKontor } from '../../shared/runtime/start.ts';
import { crashAt } from './crash-at.ts';

const config = readConfig();
const point = process.env['CRASH_AT'];
const kontor = await startKontor(config, point ? { reached: crashAt(point) } : {});
const administrator = config.services.includes('identity')
  ? await kontor.platform.call(identityActions.ensureFirstAdministrator, {}, serviceActor('runtime', 'test'))
  : null;
process.send!({ url: kontor.url, administrator });
process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => void kontor.stop().then(() => process.exit(0)));
