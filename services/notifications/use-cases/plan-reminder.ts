import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { Envelope } from '../../../shared/protocol/define.ts';
import { reminderAt } from '../domain/reminder-time.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { planReminders } from '../persistence/reminders.ts';
import { firstDue, type Asked } from '../templates/decision/view.ts';

/** Plans to remind of questions whose first deadline is far enough. */
export async function planReminder(
  { now }: Pick<NotificationsDeps, 'now'>,
  em: EntityManager,
  events: readonly Envelope[],
): Promise<void> {
  const planned = events.flatMap(({ payload }) => {
    const asked = payload as Asked;
    const remindAt = reminderAt(new Date(asked.requestedAt), firstDue(asked));
    const { merchantId, returnId, revision } = asked;
    return remindAt ? [{ merchantId, returnId, revision, remindAt, payload }] : [];
  });
  if (planned.length) await planReminders(em, planned, now());
}
