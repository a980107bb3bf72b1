import { enterArticles, pictureArticles } from './articles.ts';
import { deliverBatches, sendBatches } from './batches.ts';
import { bill } from './billing.ts';
import { dayOf, daysOf, nextDay, workingDays } from './calendar.ts';
import { allMails, askOracle, saveInvoices, type Ending } from './ending.ts';
import { photosOf } from './facts.ts';
import { importDays } from './goods-out.ts';
import { aWeekLater, beforeTheFifteenth } from './hand-work-deeds.ts';
import { CALLED_BACK_ON, PACKED_ON } from './hand-work.ts';
import { doJobs } from './jobs.ts';
import { openStudio } from './photos/studio.ts';
import type { Chapter } from './progress.ts';
import type { Wave } from './returns/plan.ts';
import { takeIn } from './returns/take-in.ts';
import { setUp } from './set-up.ts';
import type { Stage } from './stage.ts';
import { recordStock } from './storage.ts';
import { monthName } from './summary.ts';
import { chaptersOfToday } from './today/story.ts';
import type { World } from './world.ts';

/** What chapters work on; it exists once the stage is open. */
export interface Scene {
  world: World;
  stage: Stage;
  end: Partial<Ending>;
  /** The file of the whole month. */
  input: string;
}

/** Parcels come back on working days between two imports; what the last days announce is still on its way. */
export function wavesOf(month: string, lastDay: number): Wave[] {
  return [
    { upTo: dayOf(month, 8), days: workingDays(month, 9, 14) },
    { upTo: dayOf(month, 15), days: workingDays(month, 16, 21) },
    { upTo: dayOf(month, 22), days: workingDays(month, 23, lastDay - 3) },
  ];
}

/** The month in the order in which it happens; the clock only ever moves forward. */
export function chaptersOf(month: string, scene: () => Scene): Chapter[] {
  const day = (number: number) => dayOf(month, number);
  const last = daysOf(month).at(-1)!;
  const lastDay = Number(last.slice(-2));
  const studio = openStudio();
  const imported = (from: number, to: number, title: string): Chapter => ({
    title: `${title} ${monthName(month)}: import the shop's file`,
    work: async (step) => {
      const { world } = scene();
      world.clock.moveTo(day(to), '22:00');
      await importDays(world, day(from), day(to), step);
    },
  });
  const takenIn = (wave: number): Chapter => {
    const { days } = wavesOf(month, lastDay)[wave]!;
    return {
      title: `${Number(days[0]!.slice(-2))}–${Number(days.at(-1)!.slice(-2))} ${monthName(month)}: take in returns`,
      work: async (step) => {
        const { world } = scene();
        const parcels = world.planned.filter((parcel) => days.includes(parcel.day));
        let count = 0;
        await takeIn({ ...world, worker: world.as.worker, studio }, parcels, () =>
          step.progress((count += 1), parcels.length, 'returns inspected'),
        );
        const photos = parcels.reduce((sum, parcel) => sum + photosOf(parcel), 0);
        step.result(`${parcels.length} returns with ${photos} photos`);
      },
    };
  };
  const byHand = (on: number, title: string, work: (world: World) => Promise<string>): Chapter => ({
    title: `${on} ${monthName(month)}: ${title}`,
    work: async (step) => step.result(await work(scene().world)),
  });
  const billed = (cutoff: string, title: string): Chapter => ({
    title,
    work: async (step) => {
      const { world } = scene();
      world.clock.moveTo(nextDay(cutoff), '05:00');
      await bill(world, cutoff, step);
    },
  });
  return [
    {
      title: 'Set up issuer, price list, merchants, users',
      work: async (step) => {
        const { world, stage } = scene();
        await setUp(world, stage.administrator);
        step.result(`${world.merchants.length} merchants under contract`);
      },
    },
    {
      title: 'Enter the articles, picture some of them',
      work: async (step) => {
        const { world } = scene();
        const articles = await enterArticles(world);
        step.result(`${articles} articles with EAN, ${await pictureArticles(world, studio)} pictures`);
      },
    },
    imported(1, 8, '1–8'),
    takenIn(0),
    byHand(PACKED_ON, 'take goods in, pack some parcels by hand', beforeTheFifteenth),
    imported(9, 15, '9–15'),
    billed(day(15), 'Run of the 15th'),
    takenIn(1),
    byHand(CALLED_BACK_ON, 'call one back, enter what the carrier bills', aWeekLater),
    imported(16, 22, '16–22'),
    takenIn(2),
    ...monthEnd(last, lastDay, scene),
    imported(23, lastDay, `23–${lastDay}`),
    billed(last, 'Run of month end'),
    ...chaptersOfToday(() => scene().world, studio),
    ...afterwards(scene),
  ];
}

function monthEnd(last: string, lastDay: number, scene: () => Scene): Chapter[] {
  const dispatchDay = dayOf(last.slice(0, 7), lastDay - 2);
  return [
    {
      title: 'Send unsellable goods back to the merchants',
      work: async (step) => {
        const { world } = scene();
        world.clock.moveTo(dispatchDay, '10:00');
        await sendBatches(world, dispatchDay, (done, of) => step.progress(done, of, 'batches dispatched'));
        world.clock.moveTo(last, '11:00');
        await deliverBatches(world);
        step.result(`${world.batches.length} batches closed, listed, dispatched, delivered`);
      },
    },
    {
      title: 'Record stock of every day, sign off special jobs',
      work: async (step) => {
        const { world } = scene();
        world.clock.moveTo(last, '17:00');
        await recordStock(world, (done, of) => step.progress(done, of, 'merchants counted'));
        const jobs = await doJobs(world);
        step.result(`${world.stock.length} snapshots, ${jobs} jobs`);
      },
    },
  ];
}

function afterwards(scene: () => Scene): Chapter[] {
  return [
    {
      title: 'Save the PDFs, wait for the mails',
      work: async (step) => {
        const { world, end } = scene();
        end.invoices = await saveInvoices(world, (done, of) => step.progress(done, of, 'PDFs'));
        end.mails = await allMails(world);
        step.result(`${end.invoices.length} PDFs, ${end.mails} mails`);
      },
    },
    {
      title: 'Let the oracle work everything out again',
      work: async (step) => {
        const { world, end, input } = scene();
        end.differences = await askOracle(world, input, end.invoices!);
        step.result(end.differences.length ? `${end.differences.length} differences` : 'it agrees');
      },
    },
  ];
}
