/**
 * Which photos stand in a mail when there are more than it may hold: the first of every group, then the second of
 * every group, and so on, so that no item goes without a picture because another has many.
 * @param groups  photos per item, in order
 * @param limit   most photos in all
 * @returns       the chosen photos per group, in order
 */
export function choosePhotos<Photo>(groups: readonly (readonly Photo[])[], limit: number): Photo[][] {
  const ranked = groups
    .flatMap((photos, group) => photos.map((_photo, rank) => ({ group, rank })))
    .sort((a, b) => a.rank - b.rank || a.group - b.group)
    .slice(0, limit);
  return groups.map((photos, group) => photos.slice(0, ranked.filter((entry) => entry.group === group).length));
}
