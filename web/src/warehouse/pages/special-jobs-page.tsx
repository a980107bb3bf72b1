import { StaffJobList } from '../../shared/jobs/job-list.tsx';
import { NewJob } from '../../shared/jobs/new-job.tsx';

const AT = '/warehouse/special-jobs';

/** Work beyond the usual: what is open, and a new one. */
export const SpecialJobsPage = () => <StaffJobList at={AT} actions={<NewJob at={AT} />} />;
