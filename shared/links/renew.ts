import { routePath, type ActionDefinition } from '../protocol/define.ts';

/** Links to the sizes of one picture. */
export interface SizeLinks {
  thumb: string;
  web: string;
  full: string;
}

export interface Renewal {
  /** Where the links lead; its path has `id` and `size`. */
  route: ActionDefinition;
  links: (id: string) => SizeLinks;
  /** Which of the pictures whoever asks may see now, whatever was so when the answer was made. */
  seen: (ids: string[]) => Promise<ReadonlySet<string>>;
}

/**
 * The answer with its links signed anew: it is kept for repetitions for weeks, they live for minutes. Links to what may
 * not be seen any more stay as they are, ended. Only whole sets are taken for links, so that a link that somebody wrote
 * into a note is never made good again.
 */
export async function renewLinks(answer: unknown, { route, links, seen }: Renewal): Promise<unknown> {
  const ids = new Set<string>();
  mapSets(answer, (set) => {
    const id = pictureOf(route, set);
    if (id !== undefined) ids.add(id);
    return set;
  });
  if (!ids.size) return answer;
  const visible = await seen([...ids]);
  return mapSets(answer, (set) => {
    const id = pictureOf(route, set);
    return id !== undefined && visible.has(id) ? links(id) : set;
  });
}

const SIZES = ['thumb', 'web', 'full'] as const satisfies readonly (keyof SizeLinks)[];
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

function mapSets(value: unknown, change: (set: SizeLinks) => SizeLinks): unknown {
  if (Array.isArray(value)) return value.map((inner) => mapSets(inner, change));
  if (typeof value !== 'object' || value === null) return value;
  if (isSet(value)) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapSets(inner, change)]));
}

const isSet = (value: object): value is SizeLinks =>
  Object.keys(value).length === SIZES.length &&
  SIZES.every((size) => typeof (value as Record<string, unknown>)[size] === 'string');

/** Whose links these are, if they lead along the route. */
function pictureOf(route: ActionDefinition, set: SizeLinks): string | undefined {
  const id = ID.exec(set.thumb)?.[0];
  const leads = (size: keyof SizeLinks) => set[size].startsWith(`${routePath(route, { id: id!, size })}?`);
  return id !== undefined && SIZES.every(leads) ? id : undefined;
}
