import { dayOf, daysOf } from './calendar.ts';
import { idOf, MERCHANT_WITH_LOG_IN, type World } from './world.ts';

/** What a few merchants asked for beyond the daily work; minutes, as the demo's price list has an hour. */
const JOBS: readonly Job[] = [
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
  {
    ...{ merchant: '850', day: 20, minutes: 45, code: 'count', description: 'Zwischeninventur der Taschen, Reihe C' },
    corrected: { minutes: 60, reason: 'Zweite Person nicht mitgezählt' },
  },
  { merchant: '848', day: 21, minutes: 70, code: 'photo', description: 'Product photos of 14 new articles' },
  {
    ...{ merchant: MERCHANT_WITH_LOG_IN, day: 26, minutes: 160, code: 'kitting' },
    ...{ description: 'Geschenksets für Aktion, 80 Stück', approved: true },
  },
];

interface Job {
  merchant: string;
  day: number;
  minutes: number;
  code: string;
  description: string;
  /** The merchant is asked before, and agrees. */
  approved?: boolean;
  corrected?: { minutes: number; reason: string };
}

/** Opens the jobs and signs them off; one is corrected after that. */
export async function doJobs(world: World): Promise<number> {
  const { as, month } = world;
  for (const { merchant, day, minutes, code, description, approved = false, corrected } of JOBS) {
    const [quantity, signedOffOn] = [String(minutes), dayOf(month, day)];
    const job = await as.worker.post<{ id: string; number: string }>('/special-jobs', {
      ...{ merchantId: idOf(world, merchant), code, description, unit: 'minute', quantity, needsApproval: approved },
    });
    if (approved) await as.merchant.post(`/special-jobs/${job.id}/approve`);
    await as.finance.post(`/special-jobs/${job.id}/sign-off`, { signedOffOn });
    world.jobs.push({ merchant, reference: job.number, signedOffOn, quantity, corrections: [] });
    if (!corrected) continue;
    const counted = { quantity: String(corrected.minutes), reason: corrected.reason };
    await as.finance.post(`/special-jobs/${job.id}/correct`, counted);
    world.jobs.at(-1)!.corrections!.push({ quantity: counted.quantity, knownOn: daysOf(month).at(-1)! });
  }
  return JOBS.length;
}
