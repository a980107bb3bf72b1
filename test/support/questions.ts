import { completeReturn } from '../../services/returns/use-cases/complete-return.ts';
import { inspectItem } from '../../services/returns/use-cases/inspect-item.ts';
import { receiveReturn } from '../../services/returns/use-cases/receive-return.ts';
import { signToken } from '../../shared/links/token.ts';
import { returnPolicy } from '../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../shared/protocol/returns/views.ts';
import type { TestDatabase } from './database.ts';
import { inputOf, LINK_KEY, worker, type Desk, type ReturnsFixture } from './returns.ts';

export type Grade = 'A' | 'B' | 'C' | 'D';

/** A merchant who wants to be asked about goods of grade C. */
export const askingMerchant = (
  fixture: ReturnsFixture,
  policy: Parameters<typeof returnPolicy.parse>[0] = {},
): Promise<string> =>
  fixture.merchant({
    returnRules: [{ grades: ['C'], disposition: 'ask' }],
    returnPolicy: returnPolicy.parse(policy),
  });

/** A return of one piece per grade, photographed, inspected and completed. */
export async function inspectedReturn(
  { deps }: ReturnsFixture,
  desk: Desk,
  merchantId: string,
  ...grades: Grade[]
): Promise<ReturnView> {
  const items = grades.map((grade, index) => ({ sku: `SKU-${grade}-${index}`, name: `Grade ${grade}`, quantity: 1 }));
  const { id, items: expected } = await desk.create({ merchantId, items });
  await receiveReturn(deps, { id }, worker);
  await desk.sendPhoto(id, 'p1', desk.photo);
  for (const [index, grade] of grades.entries()) {
    const finding = { id, itemId: expected[index]!.id, quantity: 1, grade, note: `It is ${grade}`, reason: 'used' };
    await inspectItem(deps, inputOf(actions.inspectItem, finding), worker);
  }
  return completeReturn(deps, { id }, worker);
}

/** The link of the mail that asks about a return. */
export const linkTo = ({ id, revision }: Pick<ReturnView, 'id' | 'revision'>, until = new Date('2027-01-01')): string =>
  signToken(LINK_KEY, 'decide', { r: id, v: revision }, until);

/** Events of a type about a return, in their order. */
export const eventsAbout = async (database: TestDatabase, type: string, returnId: string) =>
  (
    await database.query<{ payload: Record<string, unknown> & { items: Record<string, unknown>[] } }>(
      `select payload from messaging.event where type = $1 and payload ->> 'returnId' = $2 order by recorded_at`,
      [type, returnId],
    )
  ).map(({ payload }) => payload);
