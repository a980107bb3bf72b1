import { InvalidInput } from '../../../shared/kernel/errors.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { templateActions } from '../../../shared/protocol/notifications/template-actions.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { textsInForce, textsOf } from '../persistence/template-texts.ts';
import { letterOf } from '../templates/index.ts';
import { mailLinks } from '../templates/links.ts';
import { faultsOf, sampleReader } from '../templates/own-texts.ts';
import { renderLetter } from '../templates/render.ts';

/** Stands for a photo that is nowhere. */
const SAMPLE_PICTURE = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="#cfd8dc"/><path d="M0 3l1.4-1.6.9 1 .7-.7L4 3z" fill="#90a4ae"/><circle cx="3" cy=".8" r=".35" fill="#eceff1"/></svg>',
).toString('base64')}`;

/** A key of its own: a link of a sample opens nothing. */
const NO_KEY = new Uint8Array(32);

/**
 * A mail with sample data, as it would be with the given texts. Writes nothing.
 * @throws InvalidInput as saving them would
 */
export async function previewMessageTemplate(
  deps: Pick<NotificationsDeps, 'orm' | 'now' | 'config' | 'sender' | 'publicUrl'>,
  { kind, language, merchantId, texts }: InputOf<typeof templateActions.previewMessageTemplate>,
  actor: Actor,
): Promise<OutputOf<typeof templateActions.previewMessageTemplate>> {
  assertHouse(actor);
  const zone = deps.config.KONTOR_ZONE;
  const letter = letterOf(kind);
  const faults = faultsOf(letter, language, zone, texts);
  if (faults.length) throw new InvalidInput(faults);
  // below a merchant's texts stand those of the house
  const house = merchantId
    ? textsInForce(await read(deps, actor, (em) => textsOf(em, [])), { merchantId: null, kind, language })
    : {};
  const reader = sampleReader(language);
  const desk = { texts: { ...house, ...texts }, links: mailLinks(deps.publicUrl(), NO_KEY, deps.now()), zone };
  const { subject, html, text } = renderLetter(
    letter.write(letter.sample(language), reader, desk),
    reader,
    deps.sender.name,
  );
  return { subject, html: html.replaceAll(/src="cid:[^"]*"/g, `src="${SAMPLE_PICTURE}"`), text };
}
