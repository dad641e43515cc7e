import { Tabs } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import { Screen } from '@/ui/Screen';
import { LinesShimmer } from '@/ui/Shimmer';
import classes from './Settings.module.css';

const SECTIONS = [
  { id: 'profile', label: 'Profile', Shown: lazy(() => import('./Profile')) },
  { id: 'keys', label: 'API keys', Shown: lazy(() => import('./Keys')) },
  { id: 'webhooks', label: 'Webhooks', Shown: lazy(() => import('./Webhooks')) },
  { id: 'usage', label: 'Usage and cost', Shown: lazy(() => import('./Usage')) },
  { id: 'preferences', label: 'Preferences', Shown: lazy(() => import('./Preferences')) },
];

export function Component() {
  const { section = 'profile' } = useParams();
  const navigate = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the section
  useEffect(() => {
    const tab = list.current?.querySelector('[aria-selected="true"]');
    tab?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [section]);
  if (!SECTIONS.some(({ id }) => id === section)) return <Navigate to="/settings" replace />;
  return (
    <Screen title="Settings">
      <Tabs
        value={section}
        onChange={(id) => navigate(`/settings/${id}`, { preventScrollReset: true })}
        activateTabWithKeyboard={false}
        keepMounted={false}
      >
        <Tabs.List ref={list} className={classes.tabs}>
          {SECTIONS.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SECTIONS.map(({ id, Shown }) => (
          <Tabs.Panel key={id} value={id} pt="lg">
            <Suspense fallback={<LinesShimmer />}>
              <Shown />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Screen>
  );
}
