import { MantineProvider } from '@mantine/core';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { auth } from '@/firebase/auth';
import { DOOR, routes } from './routes';
import { doorTo } from './session';
import { theme, variables } from './theme';
import '@mantine/core/styles.css';
import '@fontsource-variable/bricolage-grotesque/wght.css';
import './base.css';

// Somebody unknown begins at the door, and need not wait for what is inside.
await auth.authStateReady();
if (!auth.currentUser && !DOOR.includes(location.pathname)) history.replaceState(null, '', doorTo(location));

const router = createBrowserRouter(routes);

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <RouterProvider router={router} />
    </MantineProvider>
  );
}
