import { hasType } from '../../../shared/kernel/errors.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { decisionRequestedV1 } from '../../../shared/protocol/returns/events.ts';
import { intakeActions } from '../../../shared/protocol/returns/intake-actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { knownMerchants } from '../persistence/merchants.ts';
import { insertMessages } from '../persistence/messages.ts';
import { dueReminders, endReminder, type DueReminder } from '../persistence/reminders.ts';
import { modesInForce } from '../persistence/settings.ts';
import { textsInForce, textsOf } from '../persistence/template-texts.ts';
import { decisionReminder } from '../templates/decision/template.ts';
import { openAt, type Asked } from '../templates/decision/view.ts';
import { addressed, deskOf } from './address.ts';
import { oneByOne } from './one-by-one.ts';

type Deps = Omit<NotificationsDeps, 'store' | 'mailer' | 'random'>;

const AT_ONCE = 20;
const ABOUT = { kind: 'decisionReminder', audience: 'notice' } as const;

/**
 * Reminds merchants once of what they have not decided. Whether it is still open is asked of the returns when the
 * time has come, because they alone know.
 * @returns how many reminders came to an end
 */
export async function remindDecisions(deps: Deps): Promise<number> {
  const due = await inTransaction(deps.orm, 'staff', (em) => dueReminders(em, deps.now(), AT_ONCE), { readOnly: true });
  return (await oneByOne(due, (reminder) => remind(deps, reminder))).length;
}

async function remind(deps: Deps, reminder: DueReminder): Promise<void> {
  const actor = serviceActor(deps.service, `reminder-${reminder.id}`);
  const open = await stillOpen(deps, reminder, actor);
  await transact(deps, actor, async (em, _announce, audit) => {
    const { id, merchantId } = reminder;
    const mode = (await modesInForce(em, 'decisionReminder', [merchantId])).get(merchantId);
    const outcome = !open ? 'decided' : mode === 'off' ? 'off' : 'reminded';
    if (!(await endReminder(em, id, outcome, deps.now())) || !open || outcome !== 'reminded') return;
    // the question itself was told to this merchant, so it is known
    const merchant = (await knownMerchants(em, [merchantId])).get(merchantId)!;
    const texts = textsInForce(await textsOf(em, [merchantId]), { ...merchant, kind: 'decisionReminder' });
    const about = { ...ABOUT, documentId: open.returnId, revision: open.revision };
    const letter = decisionReminder.write(open, merchant, deskOf(deps, texts));
    const messages = addressed(deps, audit, about, letter, merchant);
    if (messages.length) await insertMessages(em, messages, deps.now());
  });
}

/** The question as far as it is open; nothing when the deadline is over, all is decided or asked anew. */
async function stillOpen(
  deps: Deps,
  reminder: DueReminder,
  actor: ReturnType<typeof serviceActor>,
): Promise<Asked | undefined> {
  const asked = openAt(decisionRequestedV1.payload.parse(reminder.payload), deps.now());
  if (!asked) return undefined;
  const parcel = await returnOf(deps, asked.returnId, actor);
  if (parcel?.state !== 'awaiting_decision' || parcel.revision !== asked.revision) return undefined;
  const waiting = new Set(parcel.items.filter(isWaiting).map(({ id }) => id));
  const items = asked.items.filter(({ itemId }) => waiting.has(itemId));
  return items.length ? { ...asked, items } : undefined;
}

/** As the returns see it; what was answered keeps when it was asked. */
const isWaiting = ({ state, askedAt }: ReturnView['items'][number]): boolean =>
  state === 'disposition_proposed' && askedAt !== null;

async function returnOf(
  deps: Deps,
  id: string,
  actor: ReturnType<typeof serviceActor>,
): Promise<ReturnView | undefined> {
  try {
    return await deps.call(intakeActions.getReturn, { id }, actor);
  } catch (error) {
    if (hasType(error, 'RETURN_NOT_FOUND')) return undefined;
    throw error;
  }
}
