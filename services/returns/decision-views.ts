import type { LinkedDecision, OpenDecision } from '../../shared/protocol/returns/decision-actions.ts';
import { reasonsOf, reasonText, type ReturnReason } from './domain/default-reasons.ts';
import type { Item, Photo, Return } from './domain/model.ts';
import { showsItem } from './domain/photos-shown.ts';
import { choicesFor, isOpen } from './domain/questions.ts';
import type { MerchantRef } from './persistence/merchants.ts';
import type { Question } from './persistence/decisions.ts';
import type { PhotoLinks } from './photo-links.ts';
import { photoView } from './views.ts';

/** What the API shows of questions to merchants. */

export const openDecision = (question: Question, links: PhotoLinks): OpenDecision => ({
  returnId: question.returnId,
  returnNumber: question.returnNumber,
  merchantId: question.merchantId,
  orderNumber: question.orderNumber,
  ...questionView(question.item, question.photos, question.reasons, links),
});

/** What was asked of a return, answered or not. */
export const linkedDecision = (
  { number, orderNumber, items }: Return,
  photos: readonly Photo[],
  {
    merchant,
    answeredAt,
    reasons,
    links,
  }: {
    merchant: Pick<MerchantRef, 'name' | 'language'>;
    answeredAt: Date | null;
    reasons: readonly ReturnReason[];
    links: PhotoLinks;
  },
): LinkedDecision => ({
  returnNumber: number,
  orderNumber,
  merchantName: merchant.name,
  language: merchant.language,
  answeredAt: answeredAt?.toISOString() ?? null,
  items: items
    .filter(({ askedAt }) => askedAt !== null)
    .map((item) => ({
      ...questionView(
        item,
        photos.filter((photo) => showsItem(photo, item)),
        reasons,
        links,
      ),
      open: isOpen(item),
      disposition: item.disposition,
    })),
});

const questionView = (
  item: Item,
  photos: readonly Photo[],
  reasons: readonly ReturnReason[],
  links: PhotoLinks,
): Omit<LinkedDecision['items'][number], 'open' | 'disposition'> => ({
  itemId: item.id,
  sku: item.sku,
  name: item.name,
  quantity: item.quantity,
  grade: item.grade,
  reason: item.reason,
  reasonText: reasonText(reasonsOf(reasons), item.reason),
  note: item.note,
  choices: choicesFor(item),
  default: item.decisionDefault!,
  askedAt: item.askedAt!.toISOString(),
  dueAt: item.decisionDueAt!.toISOString(),
  photos: photos.map((photo) => photoView(photo, links)),
});
