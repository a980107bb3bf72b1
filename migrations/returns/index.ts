import type { History } from '../../shared/persistence/migrate.ts';
import { Returns } from './2026-11-21-returns.ts';
import { ReturnsInDepth } from './2026-11-24-returns-in-depth.ts';
import { Articles } from './2026-11-24-articles.ts';
import { Bundles } from './2026-11-24-bundles.ts';
import { Batches } from './2026-11-24-batches.ts';
import { Inspection } from './2026-11-24-inspection.ts';
import { Intake } from './2026-11-24-intake.ts';
import { ChargedInspections } from './2026-11-24-charged-inspections.ts';
import { PhotoPlaces } from './2026-11-24-photo-place.ts';
import { ChargesOfSplits } from './2026-11-25-charges-of-splits.ts';
import { ListIndexes } from './2026-11-25-list-indexes.ts';
import { PhotosFollowItems } from './2026-11-25-photos-follow-items.ts';
import { SplitTimes } from './2026-11-26-split-times.ts';
import { CancelledShipments } from './2026-11-29-cancelled-shipments.ts';

export const returnsMigrations: History['migrations'] = [
  { name: '2026-11-21-returns', class: Returns },
  { name: '2026-11-24-returns-in-depth', class: ReturnsInDepth },
  { name: '2026-11-24-articles', class: Articles },
  { name: '2026-11-24-batches', class: Batches },
  { name: '2026-11-24-inspection', class: Inspection },
  { name: '2026-11-24-intake', class: Intake },
  { name: '2026-11-24-photo-place', class: PhotoPlaces },
  { name: '2026-11-24-bundles', class: Bundles },
  { name: '2026-11-24-charged-inspections', class: ChargedInspections },
  { name: '2026-11-25-list-indexes', class: ListIndexes },
  { name: '2026-11-25-charges-of-splits', class: ChargesOfSplits },
  { name: '2026-11-25-photos-follow-items', class: PhotosFollowItems },
  { name: '2026-11-26-split-times', class: SplitTimes },
  { name: '2026-11-29-cancelled-shipments', class: CancelledShipments },
];
