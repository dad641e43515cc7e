import { NumberInput, Switch } from '@mantine/core';
import { Section } from './Section';
import type { Run } from './settings';

/** How the ad is made: with a look at the storyboard or without, and for how much at most. */
export function RunSettings({ value, onChange }: { value: Run; onChange: (value: Run) => void }) {
  return (
    <Section title="Making it">
      <NumberInput
        label="Never spend more than"
        description="Without it, the quote with all its retakes"
        placeholder="The quote"
        prefix="$"
        min={0}
        max={1000}
        decimalScale={2}
        value={value.budget_usd ?? ''}
        onChange={(usd) => onChange({ ...value, budget_usd: Number(usd) || null })}
      />
      <Switch
        label="Go on without my review"
        description="The best frames are chosen for you"
        checked={value.auto_approve}
        onChange={(event) => onChange({ ...value, auto_approve: event.currentTarget.checked })}
        mt="lg"
      />
    </Section>
  );
}
