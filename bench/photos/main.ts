// Photos of a phone through the upload path against bare sharp doing the same work: `npm run bench:photos`.
import sharp from 'sharp';
import { renderImage } from '../../shared/images/render.ts';
import { setUpMerchant } from '../../test/support/fixtures.ts';
import { formEnd, formPart, MULTIPART } from '../../test/support/multipart.ts';
import { inParallel, median, percentile, printTable, timed, watchMemory } from '../support/report.ts';
import { onStage, type Stage } from '../support/stage.ts';

const PHOTOS = Number(process.argv[2] ?? 500);
const CONCURRENCY = 4;
const PER_RETURN = 20;
const ROUND = 50;
const PROBE_EVERY_MS = 100;

process.exitCode = await onStage(measure);

/** @returns 0 when every goal is met */
async function measure(stage: Stage): Promise<number> {
  const photo = await phonePicture();
  const returns = await announceReturns(stage, Math.ceil((PHOTOS + ROUND) / PER_RETURN));
  const upload = uploader(stage, returns, photo);
  await inParallel(ROUND, CONCURRENCY, upload);

  const memory = watchMemory(stage.product.pid, 250);
  const probe = probeGateway(stage);
  const rounds: { product: number; bare: number }[] = [];
  // in turns, so that whatever else the machine does meets both alike
  for (let done = 0; done < PHOTOS; done += ROUND) {
    probe.resume();
    const product = await inParallel(ROUND, CONCURRENCY, upload);
    probe.pause();
    const bare = await inParallel(ROUND, CONCURRENCY, () => renderImage(photo));
    rounds.push({ product: (ROUND * 1_000) / product.ms, bare: (ROUND * 1_000) / bare.ms });
  }
  const samples = memory.stop();
  return report(photo, rounds, samples, await probe.stop());
}

function report(
  photo: Buffer,
  rounds: { product: number; bare: number }[],
  memory: number[],
  latencies: number[],
): number {
  const ratio = median(rounds.map(({ product, bare }) => product / bare));
  const third = (index: number): number =>
    Math.max(...memory.slice((memory.length * index) / 3, Math.ceil((memory.length * (index + 1)) / 3)));
  const thirds = [0, 1, 2].map(third);
  const p99 = percentile(latencies, 0.99);
  const goals = {
    'throughput at least 0.8 of bare sharp': ratio >= 0.8,
    'memory flat over all photos (last third at most 10 % above the first)': thirds[2]! <= thirds[0]! * 1.1,
    'other requests meanwhile, p99 below 200 ms': p99 < 200,
  };
  printTable([
    ['photo', `${(photo.length / 1e6).toFixed(1)} MB JPEG, 4000 × 3000`],
    ['photos, at a time', `${PHOTOS}, ${CONCURRENCY}`],
    ['upload path, median of rounds', `${median(rounds.map(({ product }) => product)).toFixed(2)} photos/s`],
    ['bare sharp, median of rounds', `${median(rounds.map(({ bare }) => bare)).toFixed(2)} photos/s`],
    ['ratio', ratio.toFixed(2)],
    ['resident memory with children, peak of each third', thirds.map((megabytes) => `${megabytes} MB`).join(', ')],
    [
      'GET /returns meanwhile',
      `${latencies.length} requests, p50 ${median(latencies).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    ],
    ...Object.entries(goals).map(([what, met]) => [what, met ? 'yes' : 'NO'] as const),
  ]);
  return Object.values(goals).every(Boolean) ? 0 : 1;
}

/** Twelve megapixels with the grain of a camera: about 4 MB, as phones write them. */
async function phonePicture(): Promise<Buffer> {
  const shape = { width: 4000, height: 3000, channels: 3 as const };
  const scene = await sharp({
    create: { ...shape, background: '#8a7f72', noise: { type: 'gaussian', mean: 128, sigma: 18 } },
  })
    .blur(1.2)
    .jpeg({ quality: 92 })
    .withExif({ IFD0: { Make: 'Phone', Orientation: '6' } })
    .toBuffer();
  return scene;
}

async function announceReturns({ administrator }: Stage, count: number): Promise<string[]> {
  const merchantId = await setUpMerchant(administrator, { number: '700', name: 'Phone Ltd' });
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await administrator.post('/returns', {
      merchantId,
      items: [{ name: 'Teller', sku: 'TELLER', quantity: 1 }],
    });
    await administrator.post(`/returns/${id}/receive`, {});
    ids.push(id);
  }
  return ids;
}

function uploader({ workers }: Stage, returns: readonly string[], photo: Buffer): (index: number) => Promise<unknown> {
  let sent = 0;
  return async () => {
    const index = sent++;
    // some bytes after the end of the picture make each file another one, so that none is known already
    const file = formPart('file', Buffer.concat([photo, Buffer.from(`#${index}`)]), 'photo.jpg');
    // one block, because a form that is put together while it is sent costs the machine as much as the upload itself
    const body = Buffer.concat([formPart('clientPhotoId', `photo-${index}`), file, formEnd]);
    const place = `/returns/${returns[Math.floor(index / PER_RETURN)]}/photos`;
    const worker = workers[index % workers.length]!;
    const response = await worker.raw('POST', place, { body, headers: { 'content-type': MULTIPART } });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    return response.json();
  };
}

/** Asks for a list of returns all the time, as the screens of others do. */
function probeGateway({ administrator }: Stage): {
  resume: () => void;
  pause: () => void;
  stop: () => Promise<number[]>;
} {
  const latencies: number[] = [];
  let running = false;
  let ended = false;
  const probing = (async () => {
    while (!ended) {
      await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
      if (running) latencies.push((await timed(() => administrator.get('/returns?limit=10'))).ms);
    }
  })();
  return {
    resume: () => void (running = true),
    pause: () => void (running = false),
    stop: async () => {
      ended = true;
      await probing;
      return latencies;
    },
  };
}
