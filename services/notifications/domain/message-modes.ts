import type { MessageMode, SettingKind } from '../../../shared/protocol/notifications/template-actions.ts';

interface Choice {
  /** As the product brings it. */
  standard: MessageMode;
  modes: readonly MessageMode[];
  fixedBecause: string | null;
}

const fixed = (fixedBecause: string): Choice => ({ standard: 'each', modes: ['each'], fixedBecause });
const free = (standard: MessageMode, ...modes: MessageMode[]): Choice => ({ standard, modes, fixedBecause: null });

/** What can be chosen for each kind. Hundreds of parcels leave and arrive on some days, so both are told on request only. */
export const CHOICES: Readonly<Record<SettingKind, Choice>> = {
  orderShipped: free('off', 'each', 'daily', 'off'),
  returnReceived: free('off', 'each', 'daily', 'off'),
  returnInspected: free('each', 'each', 'daily', 'off'),
  decisionRequested: fixed('A question with a deadline must reach the merchant at once'),
  decisionReminder: free('each', 'each', 'off'),
  batchDispatched: free('each', 'each', 'daily', 'off'),
  // work waits for the answer, so it is told at once or not at all
  jobApprovalAsked: free('each', 'each', 'off'),
  disputeAnswered: free('each', 'each', 'off'),
  invoiceReady: fixed('An invoice must reach the merchant'),
  cancellationReady: fixed('A cancellation must reach the merchant'),
  creditNoteReady: fixed('A correction must reach the merchant'),
  directDebitAnnounced: fixed('Whoever is collected from must know the day before'),
  dunningNotice: fixed('Whoever owes must be told before it costs more'),
};

export const SETTING_KINDS = Object.keys(CHOICES) as SettingKind[];

/** The mode in force: the merchant's word counts before that of the house. */
export const modeOf = (kind: SettingKind, house: MessageMode | null, merchant: MessageMode | null): MessageMode =>
  merchant ?? house ?? CHOICES[kind].standard;
