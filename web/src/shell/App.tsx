import { MantineProvider } from '@mantine/core';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { routes } from './routes';
import { theme, variables } from './theme';
import '@mantine/core/styles.css';
import '@fontsource-variable/bricolage-grotesque/wght.css';
import './base.css';

const router = createBrowserRouter(routes);

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <RouterProvider router={router} />
    </MantineProvider>
  );
}
