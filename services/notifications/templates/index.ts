import type { TemplateKind } from '../../../shared/protocol/notifications/template-actions.ts';
import { batchDispatched } from './batch-dispatched/template.ts';
import { decisionReminder, decisionRequested } from './decision/template.ts';
import { digest } from './digest/template.ts';
import { dunningNotice } from './dunning-notice/template.ts';
import { invoiceReady } from './invoice-ready/template.ts';
import { jobApprovalAsked } from './job-approval/template.ts';
import { orderShipped } from './order-shipped/template.ts';
import { returnInspected } from './return-inspected/template.ts';
import { returnReceived } from './return-received/template.ts';
import type { LetterTemplate, MailTemplate } from './template.ts';

/** Every mail that tells an event; a further one is a folder and a line here. */
export const TEMPLATES: readonly MailTemplate[] = [
  orderShipped,
  returnReceived,
  returnInspected,
  decisionRequested,
  batchDispatched,
  jobApprovalAsked,
  invoiceReady,
  dunningNotice,
];

/** Every kind of mail whose texts can be changed. */
export const LETTERS: readonly LetterTemplate<unknown>[] = [...TEMPLATES, decisionReminder, digest].map(
  (template) => template as unknown as LetterTemplate<unknown>,
);

export const letterOf = (kind: TemplateKind): LetterTemplate<unknown> => LETTERS.find((each) => each.kind === kind)!;
