/** ISO 20022 ExternalReturnReason1Code as far as direct debits come back by them (EPC173-14). */
export const RETURN_REASONS = [
  ...(['AC01', 'AC04', 'AC06', 'AC13', 'AG01', 'AG02', 'AM04', 'AM05', 'BE05', 'CNOR', 'DNOR', 'FF01', 'FOCR'] as const),
  ...(['MD01', 'MD02', 'MD06', 'MD07', 'MS02', 'MS03', 'RC01', 'RR01', 'RR02', 'RR03', 'RR04', 'SL01', 'TM01'] as const),
] as const;
