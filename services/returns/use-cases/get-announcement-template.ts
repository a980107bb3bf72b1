import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { announcementTemplate } from '../announcements/template.ts';
import type { ReturnsDeps } from '../returns.deps.ts';

/** An example of the file that announces returns. */
export async function getAnnouncementTemplate(
  deps: ReturnsDeps,
  { language }: InputOf<typeof returnsActions.getAnnouncementTemplate>,
): Promise<OutputOf<typeof returnsActions.getAnnouncementTemplate>> {
  const { key } = await deps.store.putContent('templates', announcementTemplate(language), 'csv');
  const filename = language === 'de' ? 'retouren-anmelden.csv' : 'announce-returns.csv';
  return { objectKey: key, contentType: 'text/csv; charset=utf-8', filename, disposition: 'attachment' };
}
