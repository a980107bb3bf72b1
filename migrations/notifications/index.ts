import type { History } from '../../shared/persistence/migrate.ts';
import { Messages } from './2026-11-23-messages.ts';
import { TemplatesAndDigests } from './2026-11-24-templates-and-digests.ts';
import { ListIndexes } from './2026-11-25-list-indexes.ts';
import { ShippingNotices } from './2026-11-25-shipping-notices.ts';
import { JobApprovals } from './2026-11-29-job-approvals.ts';
import { Bounces } from './2026-12-05-bounces.ts';
import { DunningNotices } from './2026-12-09-dunning-notices.ts';
import { DisputeAnswers } from './2026-12-10-dispute-answers.ts';
import { RepeatedMessages } from './2026-12-11-repeated-messages.ts';
import { DirectDebitNotices } from './2026-12-11-direct-debit-notices.ts';
import { UnconfirmedMessages } from './2026-12-12-unconfirmed-messages.ts';
import { DebitNoticesAtOnce } from './2026-12-12-debit-notices-at-once.ts';
import { MessagesByDocument } from './2026-12-12-messages-by-document.ts';

export const notificationsMigrations: History['migrations'] = [
  { name: '2026-11-23-messages', class: Messages },
  { name: '2026-11-24-templates-and-digests', class: TemplatesAndDigests },
  { name: '2026-11-25-list-indexes', class: ListIndexes },
  { name: '2026-11-25-shipping-notices', class: ShippingNotices },
  { name: '2026-11-29-job-approvals', class: JobApprovals },
  { name: '2026-12-05-bounces', class: Bounces },
  { name: '2026-12-09-dunning-notices', class: DunningNotices },
  { name: '2026-12-10-dispute-answers', class: DisputeAnswers },
  { name: '2026-12-11-repeated-messages', class: RepeatedMessages },
  { name: '2026-12-11-direct-debit-notices', class: DirectDebitNotices },
  { name: '2026-12-12-unconfirmed-messages', class: UnconfirmedMessages },
  { name: '2026-12-12-debit-notices-at-once', class: DebitNoticesAtOnce },
  { name: '2026-12-12-messages-by-document', class: MessagesByDocument },
];
