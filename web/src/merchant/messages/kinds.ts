import type { ItemOf } from '../../app/api/contract.ts';
import type { Tone } from '../../shared/tone.ts';

type Message = ItemOf<'GET /messages'>;

export const MESSAGE_KINDS = [
  'orderShipped',
  'returnReceived',
  'returnInspected',
  'decisionRequested',
  'decisionReminder',
  'batchDispatched',
  'jobApprovalAsked',
  'disputeAnswered',
  'invoiceReady',
  'directDebitAnnounced',
  'dunningNotice',
  'cancellationReady',
  'creditNoteReady',
  'digest',
  'individual',
] as const satisfies readonly Message['kind'][];

export const MESSAGE_TONES: Record<Message['state'], Tone> = {
  queued: 'info',
  sending: 'info',
  sent: 'good',
  bounced: 'bad',
  failed: 'bad',
  unconfirmed: 'warn',
};
