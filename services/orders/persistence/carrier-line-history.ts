import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { CarrierLineHistoryView } from '../../../shared/protocol/orders/carrier-invoices.ts';
import { SHIPMENT_OF_LINE } from './carrier-lines.ts';

export type CarrierLineStep = CarrierLineHistoryView['history'][number];

/** A step of a line's history as it is written; the lock of the lines is held. */
export interface NewStep {
  lineId: string;
  /** The step's place; the constraints refuse one that is taken or leaves a gap. */
  revision: number;
  outcome: CarrierLineStep['outcome'];
  shipmentId: string | null;
  reason: string | null;
  by: string;
  at: Date;
}

/** Writes what a person says of a line. */
export async function insertStep(em: EntityManager, step: NewStep): Promise<void> {
  const { lineId, revision, outcome, shipmentId, reason, by, at } = step;
  await rows(
    em,
    sql`insert into carrier_line_outcome (line_id, revision, outcome, shipment_id, by_hand, reason, settled_by, settled_at)
        values (${lineId}, ${revision}, ${outcome}, ${shipmentId}, true, ${reason}, ${by}, ${at.toISOString()})`,
  );
}

/** All that became of a line, first to last. */
export async function carrierLineSteps(em: EntityManager, lineId: string): Promise<CarrierLineStep[]> {
  const steps = await rows<CarrierLineStep>(
    em,
    sql<CarrierLineStep>`select e.outcome, ${SHIPMENT_OF_LINE} as shipment, e.by_hand as "byHand", e.reason, e.settled_by as by, e.settled_at as at
        from carrier_line_outcome e left join shipment s on s.id = e.shipment_id left join "order" o on o.id = s.order_id
        where e.line_id = ${lineId} order by e.revision`,
  );
  return steps.map((step) => ({ ...step, at: new Date(step.at).toISOString() }));
}
