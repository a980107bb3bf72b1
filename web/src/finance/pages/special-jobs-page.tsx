import { StaffJobList } from '../../shared/jobs/job-list.tsx';

/** Where a run leads to when special jobs are still open. */
export const SpecialJobsPage = () => <StaffJobList at="/finance/special-jobs" />;
