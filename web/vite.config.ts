import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // Older ones than these know no light-dark(), which cannot be told to them in other words.
  build: { target: 'es2023', cssTarget: ['chrome123', 'firefox120', 'safari17.5'], sourcemap: false },
});
