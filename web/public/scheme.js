// Ahead of the first paint, so that a dark page never flashes white.
const kept = localStorage.getItem('mantine-color-scheme-value');
const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
