import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { Envelope } from '../../../shared/protocol/define.ts';
import { latestJobs, noteJobs } from '../persistence/asked-jobs.ts';
import type { ChangedJob } from '../templates/job-approval/template.ts';

/**
 * Of news of special jobs those that still ask the merchant: what was answered, called off or asked anew since is not
 * told, whatever order the news come in.
 */
export async function stillAsked(em: EntityManager, events: readonly Envelope[]): Promise<Envelope[]> {
  const jobs = events.map(({ payload }) => payload as ChangedJob);
  await noteJobs(em, jobs);
  const latest = await latestJobs(
    em,
    jobs.map(({ specialJobId }) => specialJobId),
  );
  return events.filter((_event, index) => {
    const { specialJobId, version, state } = jobs[index]!;
    return state === 'awaiting_approval' && latest.has(`${specialJobId} ${version}`);
  });
}
