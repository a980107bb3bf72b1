import { lookup } from 'node:dns/promises';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { seedProfiles } from './profiles/seed-profiles.ts';
import type { Resolve } from '../../shared/outbound/resolve-target.ts';

/** What the use cases and workers of sync need. */
export type SyncDeps = Pick<
  BaseDeps,
  'service' | 'orm' | 'now' | 'wake' | 'tell' | 'call' | 'log' | 'random' | 'store' | 'wakers' | 'metrics'
> & {
  config: Pick<BaseDeps['config'], 'WEBHOOK_ALLOW_PRIVATE'>;
  keys: Pick<BaseDeps['keys'], 'vault'>;
  /** All addresses of a host. */
  resolve: Resolve;
  /** True once the process ends; long work puts itself back then. */
  stopping: () => boolean;
  /** How long a receiver of webhooks may take, altogether. */
  webhookDeadlineMs: number;
};

const WEBHOOK_DEADLINE_MS = 10_000;

export async function syncDeps(platform: Platform): Promise<BaseDeps & SyncDeps> {
  // rows are read and written in sets, so there are no entities
  const base = await baseDeps(platform, 'sync', []);
  await seedProfiles(base);
  return {
    ...base,
    resolve: (host) => lookup(host, { all: true }),
    stopping: () => (base.broker as unknown as { stopping: boolean }).stopping,
    webhookDeadlineMs: WEBHOOK_DEADLINE_MS,
  };
}
