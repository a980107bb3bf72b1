import { dayOf } from './calendar.ts';
import { idOf, type World } from './world.ts';

/** What a few merchants asked for beyond the daily work; minutes, as the demo's price list has an hour. */
const JOBS = [
  {
    merchant: '211',
    day: 9,
    minutes: 95,
    code: 'relabel',
    description: 'Umetikettieren: 240 Blechschilder mit neuer EAN',
  },
  {
    merchant: '475',
    day: 12,
    minutes: 130,
    code: 'kitting',
    description: 'Party-Sets packen: Wimpelkette, Schürze, Kerzen',
  },
  { merchant: '850', day: 20, minutes: 45, code: 'count', description: 'Zwischeninventur der Taschen, Reihe C' },
  { merchant: '848', day: 21, minutes: 70, code: 'photo', description: 'Product photos of 14 new articles' },
  { merchant: '851', day: 26, minutes: 160, code: 'kitting', description: 'Geschenksets für Aktion, 80 Stück' },
] as const;

/** Opens the jobs and signs them off. */
export async function doJobs(world: World): Promise<number> {
  for (const { merchant, day, minutes, code, description } of JOBS) {
    const quantity = String(minutes);
    const signedOffOn = dayOf(world.month, day);
    const job = await world.as.worker.post<{ id: string; number: string }>('/special-jobs', {
      merchantId: idOf(world, merchant),
      code,
      description,
      unit: 'minute',
      quantity,
    });
    await world.as.finance.post(`/special-jobs/${job.id}/sign-off`, { signedOffOn });
    world.jobs.push({ merchant, reference: job.number, signedOffOn, quantity });
  }
  return JOBS.length;
}
