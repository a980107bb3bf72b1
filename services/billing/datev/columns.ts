/** A column of an EXTF file. Texts are quoted, also empty ones; numbers, days and flags never are. */
export interface Column {
  name: string;
  text: boolean;
}

export const text = (...names: string[]): Column[] => names.map((name) => ({ name, text: true }));
export const plain = (...names: string[]): Column[] => names.map((name) => ({ name, text: false }));
/** The same columns again under each number. */
export const numbered = (from: number, to: number, columnsOf: (number: number) => Column[]): Column[] =>
  Array.from({ length: to - from + 1 }, (_, index) => columnsOf(from + index)).flat();
