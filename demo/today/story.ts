import { dayBefore } from '../calendar.ts';
import { leaveOpen } from '../hand-work-deeds.ts';
import { until } from '../parallel.ts';
import type { PhotoStudio } from '../photos/studio.ts';
import type { Chapter } from '../progress.ts';
import { idOf, MERCHANT_WITH_LOG_IN, type World } from '../world.ts';
import { keepBooks } from './books.ts';
import { dispute, sendBox } from './boxes.ts';
import { announceByFile, daysAgo, today, weekAgo, yesterday } from './parcels.ts';
import { enterRange, sell } from './sales.ts';
import type { Return, Table } from './table.ts';
import { talk, tellOutcomes } from './talk.ts';
import { agreeOnTerms } from './terms.ts';

/**
 * The days up to now: what people find on their desks when they log in. It is played after the last run, so that
 * nothing of it stands on an invoice; deadlines count from the real day on.
 */
export function chaptersOfToday(world: () => World, studio: PhotoStudio): Chapter[] {
  let table: Table;
  return [
    {
      title: 'Until last week: agree on terms, sell the autumn range',
      work: async (step) => {
        await at(world(), 16, '09:00');
        await agreeOnTerms(world());
        const articles = await enterRange(world(), studio);
        table = { ...world(), studio, orders: await sell(world()) };
        step.result(`${articles} articles, ${table.orders.size} orders shipped`);
      },
    },
    {
      title: 'The last days at the packing table',
      work: async (step) => {
        await at(table, 8, '09:30');
        await weekAgo(table);
        const first = await sendBox(table, 'JJD000390007851410017');
        await at(table, 3, '10:15');
        const asked = await daysAgo(table);
        await table.as.worker.post(`/rtv-batches/${first}/deliver`);
        await at(table, 1, '13:40');
        await dispute(table, first, 'damaged', 'Schale war ohne Polster verpackt, eine weitere Scherbe im Karton.');
        await sendBox(table, 'JJD000390007851410024');
        await yesterday(table);
        await talk(table, asked);
        step.result('a batch delivered and disputed, another one on its way');
      },
    },
    {
      title: 'Today: announced, arrived, waiting for an answer',
      work: async (step) => {
        await at(table, 0, '00:00');
        await today(table, await announceByFile(table));
        await tellOutcomes(table, await inspectedOf(table));
        const day = (days: number) => dayBefore(new Date(), days);
        world().leftOpen = await leaveOpen(world(), day(0), day(-7));
        world().waiting = await whatWaits(table);
        step.result(world().waiting);
      },
    },
    {
      title: 'Today: the books',
      work: async (step) => step.result(await keepBooks(world())),
    },
  ];
}

/** Moves the clock to a time some days ago, once the mails of the time before have left; today's is now. */
async function at({ clock, as }: World, daysAgo: number, time: string): Promise<void> {
  let before = -1;
  await until(
    'the mails of that day',
    async () => {
      const mails = await as.admin.list<{ state: string }>('/messages');
      const isCalm = mails.length === before && mails.every(({ state }) => state === 'sent');
      before = mails.length;
      return isCalm || undefined;
    },
    { everyMs: 700 },
  );
  if (daysAgo) clock.moveOn(dayBefore(new Date(), daysAgo), time);
  else clock.moveOn();
}

const inspectedOf = async (table: Table): Promise<Return[]> => {
  const all = await table.as.merchant.list<Return & { inspectedAt: string | null; outcome: string | null }>(
    `/returns?merchantId=${idOf(table, MERCHANT_WITH_LOG_IN)}`,
  );
  return all.filter(({ inspectedAt, outcome }) => inspectedAt !== null && outcome === null);
};

async function whatWaits({ as }: Table): Promise<string> {
  const count = async (path: string) => (await as.worker.list(path)).length;
  const [decisions, toInspect, overdue] = [
    await count('/decisions'),
    await count('/returns?group=toInspect'),
    await count('/returns?overdue=true'),
  ];
  return `${decisions} decisions open, ${toInspect} returns to inspect, ${overdue} of them overdue`;
}
