import { Stack, Title } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { Templates } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { CardsShimmer } from '@/ui/Shimmer';
import classes from './Explore.module.css';
import { Films } from './Films';
import { TemplateCard } from './TemplateCard';

/** Templates and films of others: of one category, or all of them. */
export function Discover({ category }: { category: string | null }) {
  const { live } = useAsked(() => call('listTemplates', {}), []);
  return (
    <Loaded live={live} skeleton={<CardsShimmer count={8} ratio={4 / 3} />}>
      {(found) => <Shown found={found} category={category} />}
    </Loaded>
  );
}

function Shown({ found, category }: { found: Templates; category: string | null }) {
  const here = found.categories.find(({ id }) => id === category);
  const templates = found.templates.filter((each) => category === null || each.category === category);
  if (category !== null && !here) {
    return (
      <Screen title="Explore">
        <EmptyState
          icon={IconCompass}
          title="There is no such category"
          action="All categories"
          to="/explore"
        >
          It may have got another name.
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen
      title={here?.name ?? 'Explore'}
      about="Begin with a template, or with a film that somebody shows here."
    >
      <nav className={classes.categories} aria-label="Categories">
        <NavLink to="/explore" end className={classes.category}>
          Everything
        </NavLink>
        {found.categories.map(({ id, name }) => (
          <NavLink key={id} to={`/explore/${id}`} className={classes.category}>
            {name}
          </NavLink>
        ))}
      </nav>
      <Stack gap="xl">
        {templates.length > 0 && (
          <section aria-labelledby="templates">
            <Title order={2} id="templates" mb="sm">
              Templates
            </Title>
            <ul className={classes.templates}>
              {templates.map((template) => (
                <TemplateCard key={template.id} template={template} />
              ))}
            </ul>
          </section>
        )}
        <section aria-labelledby="films">
          <Title order={2} id="films" mb="sm">
            Films of others
          </Title>
          <Films category={category} />
        </section>
      </Stack>
    </Screen>
  );
}
