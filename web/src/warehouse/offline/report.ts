import { noFailures, type Failures } from './failures.ts';
import type { SenderState } from './sender.ts';

/** How the tab that sends is getting on. */
export interface SenderReport {
  state: SenderState;
  failures: Failures;
}
export const NO_REPORT: SenderReport = { state: 'idle', failures: noFailures };

/** The part of a BroadcastChannel that tabs tell each other by. */
export interface ReportChannel {
  postMessage: (message: SenderReport | 'ask') => void;
  onmessage: ((event: { data: SenderReport | 'ask' }) => void) | null;
}

/**
 * Only one tab sends, and all of them show how it is getting on. A tab that opens later asks.
 * @param hear  called with what the sending tab says, here or elsewhere
 * @returns what the sending tab tells its reports by
 */
export function shareReports(channel: ReportChannel, hear: (report: SenderReport) => void) {
  let own: SenderReport | undefined;
  channel.onmessage = ({ data }) => {
    if (data !== 'ask') hear(data);
    else if (own) channel.postMessage(own);
  };
  channel.postMessage('ask');
  return (report: SenderReport): void => {
    own = report;
    channel.postMessage(report);
    hear(report);
  };
}
