/** What a report on delivery says; as Postfix writes them unless told otherwise. */
export interface ReportFacts {
  /** Message-ID of the report. */
  reportId?: string | null;
  action?: string;
  status?: string | null;
  finalRecipient?: string;
  originalRecipient?: string | null;
  diagnostic?: string;
  /** Message-ID of the mail that came back; `null`: nothing came back. */
  returnedId?: string | null;
  returnedTo?: string;
  /** Whole, its head, or nothing. */
  returned?: 'message/rfc822' | 'text/rfc822-headers';
  /** How the part that came back is to be shown. */
  disposition?: 'inline' | 'attachment';
  inReplyTo?: string;
  /** Parts of the returned mail after its head. */
  body?: string;
}

let counter = 0;

/** A mail as RFC 3464 wants it. */
export function deliveryReport(facts: ReportFacts = {}): string {
  const { reportId = `<report-${(counter += 1)}@mx.muster.example>`, action = 'failed', status = '5.1.1' } = facts;
  const { finalRecipient = 'rechnung@muster.example', originalRecipient = null, returnedId = null } = facts;
  const { diagnostic = 'smtp; 550 5.1.1 <rechnung@muster.example>: Recipient\n    address rejected: User unknown' } =
    facts;
  const { returnedTo = finalRecipient, returned = 'message/rfc822', inReplyTo, body = '' } = facts;
  const { disposition } = facts;
  const lines = [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mx.muster.example>',
    'To: kontor@fulfiller.example',
    'Subject: Undelivered Mail Returned to Sender',
    ...(reportId === null ? [] : [`Message-ID: ${reportId}`]),
    ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="B/1"',
    '',
    'This is a MIME-encapsulated message.',
    '--B/1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I am sorry to have to inform you that your message could not be delivered.',
    '--B/1',
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.muster.example',
    'X-Postfix-Queue-ID: 4ABC',
    '',
    `Final-Recipient: rfc822; ${finalRecipient}`,
    ...(originalRecipient === null ? [] : [`Original-Recipient: rfc822;${originalRecipient}`]),
    `Action: ${action}`,
    ...(status === null ? [] : [`Status: ${status}`]),
    'Remote-MTA: dns; mx.muster.example',
    `Diagnostic-Code: ${diagnostic}`,
    '',
    ...(returnedId === null
      ? []
      : [
          '--B/1',
          `Content-Type: ${returned}`,
          ...(disposition ? [`Content-Disposition: ${disposition}`] : []),
          '',
          'From: Kontor <kontor@fulfiller.example>',
          `To: ${returnedTo}`,
          'Subject: Rechnung',
          `Message-ID: ${returnedId}`,
          'Content-Type: multipart/mixed; boundary="C"',
          '',
          body,
        ]),
    '--B/1--',
    '',
  ];
  return lines.join('\n');
}
