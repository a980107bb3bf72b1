import { currentSession, subscribe as onSession } from '../app/session/session.ts';
import type { Outbox } from './offline/outbox.ts';
import { NO_REPORT, shareReports, type ReportChannel, type SenderReport } from './offline/report.ts';
import { createSender, type Sender } from './offline/sender.ts';
import { wire } from './offline/wire.ts';

/** Sends in one tab at a time: whoever has the lock, until that tab is closed. Every tab hears how it is getting on. */
export function startSender(outbox: Outbox, onReport: (report: SenderReport) => void): Pick<Sender, 'retryNow'> {
  let sender: Sender | undefined;
  const tell = shareReports(new BroadcastChannel('kontor-sender') as unknown as ReportChannel, onReport);
  const lead = () => {
    sender = createSender({
      outbox,
      wire,
      user: () => currentSession().user?.id,
      now: () => Date.now(),
      random: Math.random,
      later: (work, delayMs) => {
        const timer = setTimeout(work, delayMs);
        return () => clearTimeout(timer);
      },
      onReport: tell,
    });
    tell(NO_REPORT);
    outbox.subscribe(sender.wake);
    sender.wake();
    return new Promise<never>(() => undefined);
  };
  if (navigator.locks) void navigator.locks.request('kontor-outbox', lead);
  else void lead();
  const channel = new BroadcastChannel('kontor-outbox-wake');
  channel.onmessage = () => sender?.retryNow();
  const retryNow = () => {
    sender?.retryNow();
    channel.postMessage('retry');
  };
  window.addEventListener('online', retryNow);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && retryNow());
  onSession(retryNow);
  return { retryNow };
}
