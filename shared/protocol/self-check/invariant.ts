import { z } from 'zod';
import { defineAction } from '../define.ts';

/** A text in the languages of the web app. */
export interface Text {
  de: string;
  en: string;
}

/**
 * Something that is always true of the data. Where a constraint of the database makes the opposite impossible, `by`
 * names it and nothing is looked for; else its service has a query that returns what contradicts it.
 */
export interface Invariant {
  /** The number it has in the catalogue of invariants, and what it is about: `I8.gapless`. */
  id: string;
  title: Text;
  /** What it means when rows are found. */
  meaning: Text;
  /** What to do then, and where. */
  remedy: Text;
  /** Table and name of the constraint, or of the columns that are not null. */
  by?: string;
}

/** The ids of a list whose rows are looked for. */
export type SearchedId<List extends readonly Invariant[]> = Exclude<List[number], { by: string }>['id'];

/** Of how many rows an id and a detail are shown; the count is of all. */
export const SHOWN_ROWS = 20;

export const violations = z.object({
  /** How many rows contradict it. */
  count: z.int().nonnegative(),
  examples: z.array(z.object({ id: z.string(), detail: z.string() })).max(SHOWN_ROWS),
});
export type Violations = z.output<typeof violations>;

/** Every service with invariants answers this for its own tables; the self-check asks all of them. */
export const checkInvariantAction = (service: string) =>
  defineAction({
    name: `${service}.checkInvariant`,
    summary: `Looks for rows of ${service} that contradict an invariant`,
    access: 'internal',
    params: z.strictObject({ id: z.string().max(60) }),
    output: violations,
    // a query of the database ends after a minute
    timeoutMs: 70_000,
  });
