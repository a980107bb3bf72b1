import { ExactNumber, type ExactNumberProps } from './exact-number.tsx';

export type IntInputProps = Omit<ExactNumberProps, 'places'>;

/** A whole number, or none. A range is said at once; what else is not allowed the server says, with its reason. */
export function IntInput(input: IntInputProps) {
  return <ExactNumber hideControls {...input} />;
}
