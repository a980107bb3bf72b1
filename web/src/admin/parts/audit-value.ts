const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type AuditValue = { kind: 'id' | 'instant' | 'day' | 'text'; text: string };

/** What a value of the audit trail is; a list of ids comes as several. @param value  as `differences` tells it */
export const valuesOf = (value: string): AuditValue[] => {
  const parts = value.split(', ');
  const isList = parts.length > 1 && parts.every((part) => UUID.test(part));
  return (isList ? parts : [value]).map((text) => ({ kind: kindOf(text), text }));
};

function kindOf(text: string): AuditValue['kind'] {
  if (UUID.test(text)) return 'id';
  if (INSTANT.test(text)) return 'instant';
  return DAY.test(text) ? 'day' : 'text';
}

/** Enough of an id to tell it from its neighbours. */
export const shortId = (id: string): string => `${id.slice(0, 8)}…`;

/** Keys under which the words of a value may stand, the first that exists counts; without an area: of the admin desk. */
export function wordKeys(path: string, entity: string, value: string): string[] {
  const field = path.split('.').at(-1)!;
  const inItem = /(^|\.)items?(\.|$)/.test(path);
  if (field === 'state' || field === 'status') {
    const own = inItem ? 'item' : (STATES_OF[entity] ?? entity);
    return [
      `common:states.${own}.${value}`,
      ...(entity === 'message' ? [`common:messageState.${value}`] : []),
      ...(entity === 'merchant' ? [`merchantStatus.${value}`, `vatCheck.states.${value}`] : []),
      `auditValue.${value}`,
    ];
  }
  if (field === 'disposition' || field.endsWith('Default')) return [`common:disposition.${value}`];
  if (field === 'grade') return [`common:grade.${value}`];
  if (field === 'kind') return [`kind.${value}`, `messageKind.${value}`];
  if (field === 'mode') return [`mails.${value}`];
  if (field === 'roles') return [`role.${value}`, `record.${value}`];
  if (field === 'rtvSchedule') return [`schedule.${value}`];
  if (field === 'taxTreatment' || field === 'treatment') return [`record.taxes.${value}`];
  if (field === 'outcome') return [`records:outcome.${value}`];
  if (value === 'true' || value === 'false') return [`auditValue.${value === 'true' ? 'yes' : 'no'}`];
  return CODED.includes(field) ? [`auditValue.${value}`] : [];
}

const STATES_OF: Record<string, string> = { rtv_batch: 'batch', 'billing-run': 'run' };
/** Fields whose values are codes; a note that says "open" is no code. */
const CODED: readonly string[] = [
  'matchState',
  'origin',
  'dispositionSource',
  'closedBy',
  'by',
  'language',
  'password',
  'recordedAs',
  'reopenedCharges',
  'source',
];
