import {
  ActionIcon,
  AppShell,
  Avatar,
  Box,
  Group,
  Menu,
  ScrollArea,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import {
  IconBoxSeam,
  IconCompass,
  IconDots,
  IconLayoutGrid,
  IconMessageCircle,
  IconSettings,
  IconSparkles,
  IconUsers,
} from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { forgetMedia } from '@/api/media';
import { Mark } from './Mark';
import { OfflineBanner } from './OfflineBanner';
import { PageTitle } from './PageTitle';
import { SchemeSwitch } from './SchemeSwitch';
import { signOut, useSession } from './session';
import '@mantine/notifications/styles.css';

const Face = lazy(() => import('./Face'));

const NAV = [
  { to: '/', label: 'Chat', Icon: IconMessageCircle },
  { to: '/create', label: 'Create', Icon: IconSparkles },
  { to: '/library', label: 'Library', Icon: IconLayoutGrid },
  { to: '/avatars', label: 'Avatars', Icon: IconUsers },
  { to: '/products', label: 'Products', Icon: IconBoxSeam },
  { to: '/explore', label: 'Explore', Icon: IconCompass },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
];
/** So many fit at the foot of a phone; the rest is behind "More". */
const AT_THE_FOOT = 4;

export function Component() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const came = useRef(pathname);
  useEffect(() => {
    // A new screen is read from its beginning, not from the link that led to it. A tab that is still there stays at hand.
    const stays = document.activeElement?.matches('#main [role="tab"]');
    if (came.current !== pathname && !stays) main.current?.focus({ preventScroll: true });
    came.current = pathname;
  }, [pathname]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: { base: 57, sm: 0 } }}
      padding={{ base: 'md', md: 'xl' }}
    >
      <PageTitle />
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <AppShell.Header bg="var(--mantine-color-body)">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Link to="/" aria-label="UGCGen, to the start" style={{ color: 'inherit', textDecoration: 'none' }}>
            <Mark />
          </Link>
          <Group gap="xs" wrap="nowrap">
            <SchemeSwitch />
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" bg="var(--mantine-color-body)" aria-label="Main">
        <ScrollArea>
          {NAV.map(({ to, label, Icon }) => (
            <NavLink key={to} to={to} end={to === '/'} className="nav-link">
              <Icon size={20} stroke={1.7} aria-hidden />
              {label}
            </NavLink>
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main>
        <OfflineBanner />
        <Box component="section" id="main" ref={main} tabIndex={-1} maw={1200} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" bg="var(--mantine-color-body)">
        <Group component="nav" aria-label="Main" gap={0} wrap="nowrap">
          {NAV.slice(0, AT_THE_FOOT).map(({ to, label, Icon }) => (
            <NavLink key={to} to={to} end={to === '/'} className="tab-link">
              <Icon size={22} stroke={1.7} aria-hidden />
              {label}
            </NavLink>
          ))}
          <Menu position="top-end">
            <Menu.Target>
              <UnstyledButton className="tab-link">
                <IconDots size={22} stroke={1.7} aria-hidden />
                More
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown>
              {NAV.slice(AT_THE_FOOT).map(({ to, label, Icon }) => (
                <Menu.Item key={to} component={Link} to={to} leftSection={<Icon size={18} />}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Group>
      </AppShell.Footer>
      <Notifications position="bottom-right" />
      <ScrollRestoration />
    </AppShell>
  );
}

function PersonMenu() {
  const person = useSession((session) => session.person);
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    forgetMedia();
    navigate('/login');
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="transparent" size={36} radius="xl" aria-label="Your account">
          <Suspense fallback={<Avatar src={person?.picture} size={34} color="clay" alt="" />}>
            {person && <Face person={person} />}
          </Suspense>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" truncate>
            {person?.email}
          </Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/settings/profile">
          Profile
        </Menu.Item>
        <Menu.Item component={Link} to="/settings/usage">
          Usage and cost
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={leave}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
