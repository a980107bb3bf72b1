import type { ConsumerTx } from '../../../shared/messaging/consumer.ts';
import type { Envelope, EventDefinition } from '../../../shared/protocol/define.ts';
import { templatesOf } from '../templates/index.ts';
import { tell, type TellDeps } from './tell.ts';

/** Tells events of one type, each with the template that is for it. */
export async function tellNews(
  deps: TellDeps,
  event: EventDefinition,
  tx: ConsumerTx,
  news: Envelope[],
): Promise<void> {
  for (const template of templatesOf(event)) {
    const own = template.isFor ? news.filter(({ payload }) => template.isFor!(payload as never)) : news;
    if (own.length) await tell(deps, template, tx, own);
  }
}
