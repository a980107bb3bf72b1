import { NotFound } from '../../../shared/kernel/errors.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertSeesMerchant, assertVersion, soleMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../shared/protocol/audit-actions.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import type { ReturnSettings, settingsActions } from '../../../shared/protocol/returns/settings-actions.ts';
import { assertChecklists, assertPhrases, checklistsOf } from '../domain/checklist.ts';
import { DEFAULT_PHRASES } from '../domain/default-phrases.ts';
import { reasonsOf } from '../domain/default-reasons.ts';
import {
  findHandlings,
  findList,
  findLists,
  saveList,
  type MerchantHandling,
  type OwnList,
  type OwnLists,
} from '../persistence/settings.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { withMerchants } from './with-merchants.ts';

type Actions = typeof settingsActions;

/**
 * What the inspection of one merchant's goods works with, or all that a device needs without a network.
 * @throws NotFound for a merchant that is out of scope or does not exist
 */
export async function getReturnSettings(
  deps: ReturnsDeps,
  { merchantId }: InputOf<Actions['getReturnSettings']>,
  actor: Actor,
): Promise<OutputOf<Actions['getReturnSettings']>> {
  if (merchantId !== undefined) assertSeesMerchant(actor, merchantId);
  return read(deps, actor, async (em) => {
    const one = merchantId ?? soleMerchant(actor);
    const lists = await listsOf(em, one);
    const merchants = await findHandlings(em, one);
    if (merchantId === undefined)
      return {
        house: settingsOf(HOUSE, lists),
        merchants: merchants.map((merchant) => {
          const { merchantId: id, number, name } = merchant;
          return { merchantId: id, number, name, ...settingsOf(merchant, lists) };
        }),
      };
    if (!merchants[0]) throw new NotFound('merchant');
    return settingsOf(merchants[0], lists);
  });
}

interface Lists {
  phrases: Map<string | null, OwnLists['return_phrase'][]>;
  checklists: Map<string | null, OwnLists['return_checklist'][]>;
}

async function listsOf(em: EntityManager, merchantId: string | undefined): Promise<Lists> {
  const byOwner = <Entry>(lists: readonly OwnList<Entry>[]) =>
    new Map(lists.map((list) => [list.merchantId, list.entries]));
  return {
    phrases: byOwner(await findLists(em, 'return_phrase', merchantId)),
    checklists: byOwner(await findLists(em, 'return_checklist', merchantId)),
  };
}

const HOUSE: Pick<MerchantHandling, 'rules' | 'policy'> & { merchantId: null } = {
  merchantId: null,
  rules: [],
  policy: returnPolicy.parse({}),
};

function settingsOf(
  { merchantId, rules, policy }: Pick<MerchantHandling, 'rules' | 'policy'> & { merchantId: string | null },
  { phrases, checklists }: Lists,
): ReturnSettings {
  const own = [merchantId, null].map((owner) => phrases.get(owner) ?? []).find(({ length }) => length > 0);
  return {
    reasons: [...reasonsOf(policy.reasons)],
    phrases: own ?? [...DEFAULT_PHRASES],
    checklists: checklistsOf(merchantId === null ? [] : (checklists.get(merchantId) ?? []), checklists.get(null) ?? []),
    rules,
    policy,
  };
}

export const getPhrases = async (
  deps: ReturnsDeps,
  { merchantId }: InputOf<Actions['getPhrases']>,
  actor: Actor,
): Promise<OutputOf<Actions['getPhrases']>> => phraseView(await getList(deps, 'return_phrase', merchantId, actor));

export const getChecklists = async (
  deps: ReturnsDeps,
  { merchantId }: InputOf<Actions['getChecklists']>,
  actor: Actor,
): Promise<OutputOf<Actions['getChecklists']>> =>
  checklistView(await getList(deps, 'return_checklist', merchantId, actor));

/** @throws NotFound for an unknown merchant @throws InvalidInput `DUPLICATE` @throws AppError 412 */
export async function putPhrases(
  deps: ReturnsDeps,
  { merchantId, phrases }: InputOf<Actions['putPhrases']>,
  actor: Actor,
): Promise<OutputOf<Actions['putPhrases']>> {
  assertPhrases(phrases);
  return phraseView(await putList(deps, 'return_phrase', merchantId, phrases, actor));
}

/** @throws NotFound for an unknown merchant @throws InvalidInput domain/checklist.ts @throws AppError 412 */
export async function putChecklists(
  deps: ReturnsDeps,
  { merchantId, checklists }: InputOf<Actions['putChecklists']>,
  actor: Actor,
): Promise<OutputOf<Actions['putChecklists']>> {
  assertChecklists(checklists);
  return checklistView(await putList(deps, 'return_checklist', merchantId, checklists, actor));
}

async function getList<Name extends keyof OwnLists>(
  deps: ReturnsDeps,
  name: Name,
  merchantId: string | undefined,
  actor: Actor,
): Promise<OwnList<OwnLists[Name]>> {
  if (merchantId !== undefined) assertSeesMerchant(actor, merchantId);
  return read(deps, actor, (em) => findList(em, name, merchantId ?? null));
}

const CHANGED = {
  return_phrase: 'return-phrase.changed',
  return_checklist: 'return-checklist.changed',
} as const satisfies Record<keyof OwnLists, AuditAction>;

const putList = <Name extends keyof OwnLists>(
  deps: ReturnsDeps,
  name: Name,
  merchantId: string | undefined,
  entries: OwnLists[Name][],
  actor: Actor,
): Promise<OwnList<OwnLists[Name]>> =>
  withMerchants(
    deps,
    actor,
    () => (merchantId === undefined ? [] : [merchantId]),
    () =>
      transact(deps, actor, async (em, _announce, audit) => {
        const before = await findList(em, name, merchantId ?? null, true);
        assertVersion(actor, before.version);
        const after = await saveList(em, name, { ...before, entries }, deps.now());
        audit({
          action: CHANGED[name],
          entity: name,
          entityId: merchantId ?? 'house',
          merchantId: merchantId ?? null,
          before: before.entries,
          after: entries,
        });
        return after;
      }),
  );

const phraseView = ({ merchantId, version, entries }: OwnList<OwnLists['return_phrase']>) => ({
  merchantId,
  version,
  phrases: entries,
});

const checklistView = ({ merchantId, version, entries }: OwnList<OwnLists['return_checklist']>) => ({
  merchantId,
  version,
  checklists: entries,
});
