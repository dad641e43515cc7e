import { Anchor, Skeleton, Text, Title } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import { limit } from 'firebase/firestore';
import { Link } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import { own, useQuery } from '@/api/live';
import type { Avatar, Product } from '@/api/types';
import classes from './chat.module.css';

/** Whether a key can be lent is for the API to say: one's own, or one of the pool. */
async function hasKey(): Promise<boolean> {
  const { requirements } = await call('quoteGeneration', {
    brief: { product_name: 'Product', prompt: 'An ad' },
  });
  return requirements.every(({ code }) => code !== 'api_key');
}

/** What an ad needs, and whether it is there. */
export function SetupGuide() {
  const { live: key } = useAsked(hasKey, []);
  const avatars = useQuery<Avatar>(() => own('avatars', limit(1)), []);
  const products = useQuery<Product>(() => own('products', limit(1)), []);
  const steps = [
    {
      title: 'An API key',
      about: 'Models are paid through it.',
      to: '/settings/keys',
      action: 'Add a key',
      done: key.state === 'ready' ? key.data : null,
    },
    {
      title: 'A product',
      about: 'Its name, and a photo with a readable label.',
      to: '/products',
      action: 'Add a product',
      done: products.state === 'ready' ? products.data.length > 0 : null,
    },
    {
      title: 'An avatar',
      about: 'Some come with UGCGen; your own is yours alone.',
      to: '/avatars',
      action: 'Add an avatar',
      done: avatars.state === 'ready' ? avatars.data.length > 0 : null,
    },
  ];
  const complete = steps.every(({ done }) => done);
  return (
    <section className={classes.guide} aria-label="Setup">
      <Title order={2} size="h3">
        {complete ? 'All set up' : 'Get set up'}
      </Title>
      <ul>
        {steps.map(({ title, about, to, action, done }) => (
          <li key={title}>
            {done === null ? (
              <Skeleton circle h={24} w={24} />
            ) : done ? (
              <IconCircleCheckFilled size={24} className={classes.done} role="img" aria-label="Done" />
            ) : (
              <IconCircleDashed size={24} className={classes.open} role="img" aria-label="Missing" />
            )}
            <div>
              <Text fw={600}>{title}</Text>
              <Text size="sm" c="dimmed">
                {about}
              </Text>
              {done === false && (
                <Anchor component={Link} to={to} size="sm">
                  {action}
                </Anchor>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
