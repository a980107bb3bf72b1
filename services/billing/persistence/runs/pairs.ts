import { sql } from '../../../../shared/persistence/sql.ts';
import { reversalOf } from '../../domain/charge-types/index.ts';

const SUFFIX = reversalOf('');

/** Whether of two charges one is the negative twin of the other. @param charge, other  aliases */
export const isPair = (charge: string, other: string) => {
  const [one, two] = [
    (column: string) => sql.ref(`${charge}.${column}`),
    (column: string) => sql.ref(`${other}.${column}`),
  ];
  return sql`${two('source')} = case when right(${one('source')}, ${SUFFIX.length}::int) = ${SUFFIX}
      then left(${one('source')}, ${-SUFFIX.length}::int) else ${one('source')} || ${SUFFIX}::text end
    and ${two('source_event')} = ${one('source_event')} and ${two('charge_type')} = ${one('charge_type')}
    and ${two('revision')} = ${one('revision')}`;
};
