import type { Handlers } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import type { deskActions } from '../../shared/protocol/returns/desk-actions.ts';
import type { ReturnsDeps } from './returns.deps.ts';
import { expireAnnounced } from './use-cases/expire-announced.ts';
import { getReturnStory } from './use-cases/get-story.ts';
import { linkItem } from './use-cases/link-item.ts';
import { lockReturn, unlockReturn } from './use-cases/lock-return.ts';
import { reportOutcome } from './use-cases/report-outcome.ts';
import { reportInTransit, reportLost } from './use-cases/report-way.ts';
import { splitReturn } from './use-cases/split-return.ts';
import { unbundleItem } from './use-cases/unbundle-item.ts';

/** Wiring of what happens to a return beside its straight way. */
export const deskHandlers = (deps: ReturnsDeps): Handlers<typeof deskActions> => ({
  lockReturn: (input, actor) => lockReturn(deps, input, actor),
  unlockReturn: (input, actor) => unlockReturn(deps, input, actor),
  linkItem: (input, actor) => linkItem(deps, input, actor),
  unbundleItem: (input, actor) => unbundleItem(deps, input, actor),
  splitReturn: (input, actor) => splitReturn(deps, input, actor),
  reportInTransit: (input, actor) => reportInTransit(deps, input, actor),
  reportLost: (input, actor) => reportLost(deps, input, actor),
  reportOutcome: (input, actor) => reportOutcome(deps, input, actor),
  getReturnStory: (input, actor) => getReturnStory(deps, input, actor),
});

export const deskWorkers = (deps: ReturnsDeps): Worker[] => [
  { name: 'expire-announced', everyMs: 600_000, round: () => expireAnnounced(deps) },
];
