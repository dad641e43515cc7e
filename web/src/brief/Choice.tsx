import { NativeSelect } from '@mantine/core';

/** One of a closed vocabulary, by its words. */
export function Choice<Value extends string>({
  label,
  description,
  words,
  value,
  onChange,
}: {
  label: string;
  description?: string;
  words: Record<Value, string>;
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <NativeSelect
      label={label}
      description={description}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Value)}
      data={Object.entries<string>(words).map(([each, word]) => ({ value: each, label: word }))}
    />
  );
}
