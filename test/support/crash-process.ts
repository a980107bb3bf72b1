// A process of the product that is loaded ahead and starts when it is told to, so that a test can kill a hundred of
// them. `CRASH_AT` (crash-at.ts) ends a product at a point; here it comes with the word to start. Business time does not
// begin anew with each of them: it runs `TEST_SHIFT_MS` off the clock on the wall.
import { flushCompileCache } from 'node:module';
import { readConfig, SERVICES } from '../../shared/config.ts';
import { serviceActor } from '../../shared/protocol/actor.ts';
import { identityActions } from '../../shared/protocol/identity/actions.ts';
import { startKontor } from '../../shared/runtime/start.ts';
import { crashAt } from './crash-at.ts';

const config = readConfig();
const shiftMs = Number(process.env['TEST_SHIFT_MS'] ?? 0);
for (const name of SERVICES) await import(`../../services/${name}/${name}.service.ts`);
// what is killed never does this by itself
flushCompileCache();
process.on('disconnect', () => process.exit(1));
process.once('message', (point: string) => void start(point));
process.send!({ loaded: true });

/** @param point  empty for none */
async function start(point: string): Promise<void> {
  const kontor = await startKontor(config, {
    now: () => new Date(Date.now() + shiftMs),
    ...(point ? { reached: crashAt(point) } : {}),
  });
  const administrator = await kontor.platform.call(
    identityActions.ensureFirstAdministrator,
    {},
    serviceActor('runtime', 'test'),
  );
  process.send!({ url: kontor.url, administrator });
}
