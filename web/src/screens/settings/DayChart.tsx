import { BarChart } from '@mantine/charts';
import { useReducedMotion } from '@mantine/hooks';
import type { Day } from './usage';
import '@mantine/charts/styles.css';

const DOLLARS = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Cost by day. Whoever cannot see it has the same as a table. */
export default function DayChart({ days }: { days: Day[] }) {
  const still = useReducedMotion();
  return (
    <div role="img" aria-label="Cost by day, as bars. The same is there as a table.">
      <BarChart
        h={240}
        data={days}
        dataKey="label"
        series={[{ name: 'cost', label: 'Cost', color: 'clay.6' }]}
        valueFormatter={(dollars) => DOLLARS.format(dollars)}
        yAxisProps={{ width: 64 }}
        barProps={{ isAnimationActive: !still, maxBarSize: 36 }}
        barChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}
