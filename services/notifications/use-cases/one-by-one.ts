/**
 * Does the same for each of some things, one after the other; what fails holds up no others.
 * @throws the first failure, after all were tried
 */
export async function oneByOne<Thing, Result>(
  things: readonly Thing[],
  work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  for (const thing of things)
    try {
      results.push(await work(thing));
    } catch (error) {
      failures.push(error);
    }
  if (failures.length) throw failures[0];
  return results;
}
