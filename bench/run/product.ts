import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { requestStep } from '../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../services/billing/use-cases/runs/start-run.ts';
import { CUTOFF, FINANCE, openBilling } from '../support/billing-house.ts';
import { timed } from '../support/report.ts';
import type { Worked } from './worker.ts';

export interface Measured {
  ms: number;
  /** Of drafting, approving and finalizing. */
  steps: number[];
  /** Highest resident memory of a worker. */
  megabytes: number;
}

/** Bills the run of the cut-off with some worker processes: draft, approve and finalize of every merchant. */
export async function billByProduct(url: string, workers: number): Promise<Measured> {
  const deps = await openBilling(url);
  const children = await Promise.all(Array.from({ length: workers }, () => startWorker(url)));
  let megabytes = 0;
  const work = async (): Promise<void> => {
    const done = await Promise.all(children.map(workOnce));
    megabytes = Math.max(megabytes, ...done.map((one) => one.megabytes));
  };
  try {
    let id = '';
    const draft = await timed(async () => {
      ({ id } = await startRun(deps, { cutoff: CUTOFF }, FINANCE));
      await work();
    });
    const approve = await timed(() => requestStep(deps, 'approve', { id }, FINANCE).then(work));
    const finalize = await timed(() => requestStep(deps, 'finalize', { id }, FINANCE).then(work));
    const steps = [draft.ms, approve.ms, finalize.ms];
    return { ms: steps.reduce((sum, ms) => sum + ms, 0), steps, megabytes };
  } finally {
    await Promise.all(children.map(end));
    await deps.close();
  }
}

/** As `npm start` and the image start a node of the product. */
const AS_STARTED = ['--max-semi-space-size=16'];

async function startWorker(url: string): Promise<ChildProcess> {
  const child = fork(new URL('worker.ts', import.meta.url), [url], { execArgv: AS_STARTED });
  await answerOf(child);
  return child;
}

async function workOnce(child: ChildProcess): Promise<Worked> {
  const answer = answerOf(child);
  child.send('work');
  return answer;
}

async function answerOf(child: ChildProcess): Promise<Worked> {
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`A worker ended with ${String(code)}`)));
  const [worked] = (await Promise.race([once(child, 'message'), ended])) as [Worked];
  return worked;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}
