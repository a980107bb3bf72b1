import type { Return } from './model.ts';

/**
 * The return with the start of quarantine of what was held before and still is: to hold it again is no new beginning,
 * else asking again and again would keep goods here free of charge (C11).
 */
export function keepQuarantineStart(before: Return, after: Return): Return {
  const since = new Map(before.items.map(({ id, quarantinedAt }) => [id, quarantinedAt]));
  const items = after.items.map((item) => {
    const start = item.quarantinedAt === null ? null : since.get(item.id);
    return start && start.getTime() !== item.quarantinedAt!.getTime() ? { ...item, quarantinedAt: start } : item;
  });
  return items.some((item, index) => item !== after.items[index]) ? { ...after, items } : after;
}
