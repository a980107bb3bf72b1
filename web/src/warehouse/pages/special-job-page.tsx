import { StaffJobPage } from '../../shared/jobs/job-page.tsx';

/** One special job: work, photos, sign-off. */
export const SpecialJobPage = () => <StaffJobPage list="/warehouse/special-jobs" />;
