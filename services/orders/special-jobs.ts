import type { Handlers } from '../../shared/moleculer/actions.ts';
import type { jobCatalogueActions } from '../../shared/protocol/orders/job-catalogue-actions.ts';
import type { specialJobActions } from '../../shared/protocol/orders/special-job-actions.ts';
import type { OrdersDeps } from './orders.deps.ts';
import {
  approveJob,
  askJobApproval,
  cancelSpecialJob,
  declineJob,
} from './use-cases/special-jobs/approve-special-job.ts';
import { createSpecialJob } from './use-cases/special-jobs/create-special-job.ts';
import {
  changeCatalogueEntry,
  createCatalogueEntry,
  listJobCatalogue,
} from './use-cases/special-jobs/job-catalogue.ts';
import { getSpecialJob, listSpecialJobs } from './use-cases/special-jobs/list-special-jobs.ts';
import { addJobPhoto, getJobPhoto } from './use-cases/special-jobs/photos.ts';
import { correctSpecialJob, signOffSpecialJob } from './use-cases/special-jobs/sign-off-special-job.ts';
import { enterJobWork, startJobTimer, stopJobTimer } from './use-cases/special-jobs/work-on-job.ts';

/** Wiring of special jobs. */
export const specialJobHandlers = (
  deps: OrdersDeps,
): Handlers<typeof specialJobActions & typeof jobCatalogueActions> => ({
  listJobCatalogue: (input, actor) => listJobCatalogue(deps, input, actor),
  createCatalogueEntry: (input, actor) => createCatalogueEntry(deps, input, actor),
  changeCatalogueEntry: (input, actor) => changeCatalogueEntry(deps, input, actor),
  listSpecialJobs: (input, actor) => listSpecialJobs(deps, input, actor),
  getSpecialJob: (input, actor) => getSpecialJob(deps, input, actor),
  createSpecialJob: (input, actor) => createSpecialJob(deps, input, actor),
  enterJobWork: (input, actor) => enterJobWork(deps, input, actor),
  startJobTimer: (input, actor) => startJobTimer(deps, input, actor),
  stopJobTimer: (input, actor) => stopJobTimer(deps, input, actor),
  addJobPhoto: (input, actor) => addJobPhoto(deps, input, actor),
  getJobPhoto: (input, actor) => getJobPhoto(deps, input, actor),
  askJobApproval: (input, actor) => askJobApproval(deps, input, actor),
  approveJob: (input, actor) => approveJob(deps, input, actor),
  declineJob: (input, actor) => declineJob(deps, input, actor),
  cancelSpecialJob: (input, actor) => cancelSpecialJob(deps, input, actor),
  signOffSpecialJob: (input, actor) => signOffSpecialJob(deps, input, actor),
  correctSpecialJob: (input, actor) => correctSpecialJob(deps, input, actor),
});
