import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root') as HTMLElement;

try {
  // The project's facts are fetched while this loads, and nothing can be shown without them.
  const { App } = await import('./shell/App');
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
} catch (error) {
  console.error(error);
  root.textContent = 'UGCGen cannot be reached. Check the connection and load this page again.';
}
