import type { Handlers } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import type { decisionActions } from '../../shared/protocol/returns/decision-actions.ts';
import type { settingsActions } from '../../shared/protocol/returns/settings-actions.ts';
import type { ReturnsDeps } from './returns.deps.ts';
import { applyDeadlines } from './use-cases/apply-deadlines.ts';
import { decideItems, listDecisions } from './use-cases/decide-items.ts';
import { answerLinkedDecision, getLinkedDecision } from './use-cases/linked-decision.ts';
import {
  getChecklists,
  getPhrases,
  getReturnSettings,
  putChecklists,
  putPhrases,
} from './use-cases/return-settings.ts';

/** Wiring of questions to merchants, and of what workers choose from. */
export const decisionHandlers = (
  deps: ReturnsDeps,
): Handlers<typeof decisionActions> & Handlers<typeof settingsActions> => ({
  listDecisions: (input, actor) => listDecisions(deps, input, actor),
  decideItems: (input, actor) => decideItems(deps, input, actor),
  getLinkedDecision: (input, actor) => getLinkedDecision(deps, input, actor),
  answerLinkedDecision: (input, actor) => answerLinkedDecision(deps, input, actor),
  getReturnSettings: (input, actor) => getReturnSettings(deps, input, actor),
  getPhrases: (input, actor) => getPhrases(deps, input, actor),
  putPhrases: (input, actor) => putPhrases(deps, input, actor),
  getChecklists: (input, actor) => getChecklists(deps, input, actor),
  putChecklists: (input, actor) => putChecklists(deps, input, actor),
});

/** What the clock does with questions nobody answered. */
export const decisionWorkers = (deps: ReturnsDeps): Worker[] => [
  { name: 'decision-deadlines', everyMs: 10_000, round: () => applyDeadlines(deps) },
];
