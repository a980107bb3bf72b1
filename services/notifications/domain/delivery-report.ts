import type { BounceReason } from '../../../shared/protocol/notifications/actions.ts';

/** What a mail server tells of mails it could not deliver after it had taken them (RFC 3464). */
export interface DeliveryReport {
  /** Of the report itself, so that reading it again changes nothing. */
  reportId: string;
  /** Message-IDs in the head of what came back. */
  returnedIds: readonly string[];
  /**
   * Message-IDs the report answers to, where a server sends nothing back. What came back may be a person's own answer to
   * a mail of ours.
   */
  answeredIds: readonly string[];
  /** Addresses in the head of what came back. */
  returnedTo: readonly string[];
  recipients: readonly ReportedRecipient[];
}

export const REPORT_ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
/** Said by a server that has the mail. */
export const ARRIVED_ACTIONS = ['delivered', 'relayed', 'expanded'] as const satisfies readonly ReportAction[];
export type ReportAction = (typeof REPORT_ACTIONS)[number];

export interface ReportedRecipient {
  action: ReportAction;
  /** RFC 3463, as `5.1.1`. */
  status: string | null;
  /** In lower case: as it was given, and where it led to. */
  addresses: readonly string[];
  /** What the other server said; one line. */
  diagnostic: string;
}

/** More of either than one mail of ours can have is nobody's report. */
const MOST_RECIPIENTS = 50;

/**
 * The groups of fields of a `message/delivery-status` part: one about the message, then one for each recipient.
 * Groups that make no sense are left out.
 */
export function readRecipients(part: string): ReportedRecipient[] {
  const unfolded = part.replaceAll(/\r?\n[ \t]+/g, ' ');
  const groups = unfolded.split(/(?:\r?\n){2,}/).slice(0, MOST_RECIPIENTS + 1);
  return groups.flatMap((group) => {
    const fields = fieldsOf(group);
    const action = REPORT_ACTIONS.find((each) => each === fields.get('action')?.toLowerCase());
    const addresses = ['original-recipient', 'final-recipient'].flatMap((name) => addressIn(fields.get(name)));
    if (!action || !addresses.length) return [];
    const status = /^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)/.exec(fields.get('status') ?? '')?.[0] ?? null;
    return [{ action, status, addresses, diagnostic: typed(fields.get('diagnostic-code')) }];
  });
}

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

/** What follows the type in `rfc822; somebody@example.com`. */
const typed = (value = ''): string => value.slice(value.indexOf(';') + 1).trim();

function addressIn(value: string | undefined): string[] {
  const address = typed(value).replace(/^<|>$/g, '').toLowerCase();
  return /^[^\p{Cc}\p{Cs}]+@[^\p{Cc}\p{Cs}]*$/u.test(address) && address.length <= 254 ? [address] : [];
}

/** By subject and detail of RFC 3463, 3; the first that fits. */
const REASONS: readonly (readonly [RegExp, BounceReason])[] = [
  [/^\.2\.2$/, 'mailboxFull'],
  [/^\.(2\.3|3\.4)$/, 'tooLarge'],
  [/^\.2\./, 'mailboxClosed'],
  [/^\.1\.[78]$/, 'senderRefused'],
  [/^\.1\.(0|[2-9]|1\d?)$/, 'unknownAddress'],
  [/^\.7\./, 'refused'],
  [/^\.4\./, 'unreachable'],
];

/** @param status  as `5.1.1`; taken from the answer of a server where it is not known */
export function bounceReason(status: string | null): BounceReason {
  const rest = status?.slice(1) ?? '';
  return REASONS.find(([pattern]) => pattern.test(rest))?.[1] ?? 'other';
}

/** The status in what a server answered, as in `550 5.1.1 No such user`. */
export const statusIn = (answer: string | null): string | null =>
  /^[45]\d\d[ -]([45]\.\d{1,3}\.\d{1,3})\b/.exec(answer ?? '')?.[1] ?? null;
