import { read } from '../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { templateActions } from '../../../shared/protocol/notifications/template-actions.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { textsOf } from '../persistence/template-texts.ts';
import { LETTERS } from '../templates/index.ts';
import { templateView } from './template-view.ts';

/** Every kind of mail in every language. */
export async function listMessageTemplates(
  deps: Pick<NotificationsDeps, 'orm' | 'config'>,
  input: InputOf<typeof templateActions.listMessageTemplates>,
  actor: Actor,
): Promise<OutputOf<typeof templateActions.listMessageTemplates>> {
  assertHouse(actor);
  const merchantId = input.merchantId ?? null;
  const all = await read(deps, actor, (em) => textsOf(em, merchantId === null ? [] : [merchantId]));
  const items = LETTERS.flatMap(({ kind }) =>
    (['de', 'en'] as const).map((language) =>
      templateView({ kind, language, merchantId }, all, deps.config.KONTOR_ZONE),
    ),
  );
  return { items };
}
