import { AppError, invalidField } from '../../../shared/kernel/errors.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import { assertSeesMerchant, assertVersion, isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type {
  MessageSettings,
  MessageMode,
  SettingKind,
  templateActions,
} from '../../../shared/protocol/notifications/template-actions.ts';
import { CHOICES, modeOf, SETTING_KINDS } from '../domain/message-modes.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { findSetting, saveSetting, settingsOf, type Setting } from '../persistence/settings.ts';
import { lockChoice } from '../persistence/template-texts.ts';
import { arrivedMerchant } from './arrived-merchant.ts';

/** How each kind of mail is sent to a merchant, or by the house to all that chose nothing. */
export async function listMessageSettings(
  deps: Pick<NotificationsDeps, 'orm'>,
  input: InputOf<typeof templateActions.listMessageSettings>,
  actor: Actor,
): Promise<MessageSettings> {
  const merchantId = whose(actor, input.merchantId);
  const all = await read(deps, actor, (em) => settingsOf(em, merchantId === null ? [] : [merchantId]));
  return { merchantId, items: SETTING_KINDS.map((kind) => settingView(kind, merchantId, all)) };
}

/**
 * Says how a kind of mail is sent. A merchant chooses for itself, the house for all or for one.
 * @throws InvalidInput `MODE_NOT_ALLOWED` for what must not be missed; AppError 403, 412
 */
export async function changeMessageSetting(
  deps: Pick<NotificationsDeps, 'service' | 'orm' | 'now' | 'wake' | 'call'>,
  { kind, mode, ...input }: InputOf<typeof templateActions.changeMessageSetting>,
  actor: Actor,
): Promise<MessageSettings['items'][number]> {
  const merchantId = whose(actor, input.merchantId);
  if (merchantId === null && !actor.roles.includes('admin'))
    throw new AppError(403, 'ROLE_NOT_ALLOWED', 'Only an administrator chooses for the whole house');
  assertAllowed(kind, mode);
  if (merchantId !== null) await arrivedMerchant(deps, merchantId, actor.requestId);
  return transact(deps, actor, async (em, _announce, audit) => {
    await lockChoice(em, 'setting', merchantId, kind);
    const before = await findSetting(em, merchantId, kind);
    assertVersion(actor, before?.version ?? 0);
    if ((before?.mode ?? null) !== mode) {
      await saveSetting(em, { merchantId, kind, mode }, deps.now());
      audit({
        ...{ action: 'message-setting.changed' as const, entity: 'messageSetting', entityId: kind, merchantId },
        before: { mode: before?.mode ?? null },
        after: { mode },
      });
    }
    return settingView(kind, merchantId, await settingsOf(em, merchantId === null ? [] : [merchantId]));
  });
}

/** The house unless somebody is named; a merchant's user means its merchant, if there is only one. */
function whose(actor: Actor, merchantId: string | undefined): string | null {
  if (merchantId !== undefined) {
    assertSeesMerchant(actor, merchantId);
    return merchantId;
  }
  if (isStaff(actor)) return null;
  const [only, ...others] = actor.scope as readonly string[];
  if (only === undefined || others.length)
    throw invalidField('merchantId', 'MERCHANT_REQUIRED', 'Name one of your merchants');
  return only;
}

function assertAllowed(kind: SettingKind, mode: MessageMode | null): void {
  const { modes, fixedBecause } = CHOICES[kind];
  if (mode === null || modes.includes(mode)) return;
  throw invalidField('mode', 'MODE_NOT_ALLOWED', fixedBecause ?? `This mail can be sent as: ${modes.join(', ')}`);
}

function settingView(kind: SettingKind, merchantId: string | null, all: readonly Setting[]) {
  const said = (whom: string | null) => all.find((setting) => setting.kind === kind && setting.merchantId === whom);
  const [house, own] = [said(null)?.mode ?? null, merchantId === null ? null : (said(merchantId)?.mode ?? null)];
  const { modes, fixedBecause } = CHOICES[kind];
  return {
    kind,
    mode: modeOf(kind, house, own),
    source: own !== null ? ('merchant' as const) : house !== null ? ('house' as const) : ('standard' as const),
    modes: [...modes],
    fixedBecause,
    version: said(merchantId)?.version ?? 0,
  };
}
