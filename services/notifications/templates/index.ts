import type { EventDefinition } from '../../../shared/protocol/define.ts';
import type { TemplateKind } from '../../../shared/protocol/notifications/template-actions.ts';
import { batchDispatched } from './batch-dispatched/template.ts';
import { decisionReminder, decisionRequested } from './decision/template.ts';
import { digest } from './digest/template.ts';
import { directDebitAnnounced } from './direct-debit-announced/template.ts';
import { disputeAnswered } from './dispute-answered/template.ts';
import { dunningNotice } from './dunning-notice/template.ts';
import { cancellationReady, creditNoteReady, invoiceReady } from './invoice-ready/template.ts';
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
  disputeAnswered,
  invoiceReady,
  cancellationReady,
  creditNoteReady,
  directDebitAnnounced,
  dunningNotice,
];

/** Who listens to what; some events have a template for each of their kinds. */
export const TELLERS: readonly Pick<MailTemplate, 'consumer' | 'event'>[] = [
  ...new Map(TEMPLATES.map((template) => [template.consumer, template])).values(),
];

export const templatesOf = ({ type }: EventDefinition): MailTemplate[] =>
  TEMPLATES.filter(({ event }) => event.type === type);

/** Every kind of mail whose texts can be changed. */
export const LETTERS: readonly LetterTemplate<unknown>[] = [...TEMPLATES, decisionReminder, digest].map(
  (template) => template as unknown as LetterTemplate<unknown>,
);

export const letterOf = (kind: TemplateKind): LetterTemplate<unknown> => LETTERS.find((each) => each.kind === kind)!;
