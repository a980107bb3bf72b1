import { StaffJobPage } from '../../shared/jobs/job-page.tsx';

/** One special job, to be signed off or corrected. */
export const SpecialJobPage = () => <StaffJobPage list="/finance/special-jobs" />;
