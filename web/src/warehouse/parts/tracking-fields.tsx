import { TextInput } from '@mantine/core';

interface Field {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function CarrierField({ label, value, onChange }: Field) {
  return (
    <TextInput
      size="lg"
      label={label}
      value={value}
      maxLength={40}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Takes what a scanner types, wherever the focus is. */
export function TrackingField({ onChange, ...rest }: Field & { description?: string; error?: string | false }) {
  return (
    <TextInput
      size="lg"
      data-scan
      maxLength={80}
      autoComplete="off"
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...rest}
    />
  );
}
