import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Fired clay: the one strong colour. White on the seventh reads at 5.5 to 1. */
const clay: MantineColorsTuple = [
  '#fdf2ed',
  '#f9e0d5',
  '#f2bfab',
  '#eb9d7f',
  '#e38060',
  '#d76743',
  '#c65432',
  '#b5432a',
  '#963620',
  '#782c1b',
];
/** Warm greys, so that pictures of people do not look cold beside them. */
const gray: MantineColorsTuple = [
  '#fbf8f4',
  '#f4efe8',
  '#e9e2d8',
  '#dcd3c6',
  '#c5baab',
  '#a99d91',
  '#766b62',
  '#5d544d',
  '#403a35',
  '#2a2522',
];
const dark: MantineColorsTuple = [
  '#e2dbd3',
  '#c2bab1',
  '#a89e94',
  '#7d746c',
  '#4a443f',
  '#3a3531',
  '#2b2724',
  '#1f1c1a',
  '#191614',
  '#121010',
];

const SYSTEM = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export const theme = createTheme({
  primaryColor: 'clay',
  primaryShade: 7,
  colors: { clay, gray, dark },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: SYSTEM,
  headings: {
    fontFamily: `"Bricolage Grotesque Variable", ${SYSTEM}`,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.875rem', lineHeight: '1.2' },
      h2: { fontSize: '1.375rem', lineHeight: '1.25' },
      h3: { fontSize: '1.125rem', lineHeight: '1.35' },
    },
  },
  components: {
    // All by name, so that a page without them does not load them. In a sentence, colour alone does not tell a link.
    Anchor: { defaultProps: { underline: 'always' } },
    Badge: { styles: { label: { textTransform: 'none' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
});

/** Quiet text that still reads at 4.5 to 1. */
export const variables: CSSVariablesResolver = (theme) => ({
  variables: {},
  light: {
    '--mantine-color-body': theme.colors.gray[0],
    '--mantine-color-dimmed': theme.colors.gray[7],
    '--mantine-color-placeholder': theme.colors.gray[6],
    '--mantine-color-error': theme.colors.red[9],
    '--surface': theme.white,
    '--surface-sunken': theme.colors.gray[1],
    '--line': theme.colors.gray[2],
  },
  dark: {
    '--mantine-color-dimmed': theme.colors.gray[5],
    '--mantine-color-placeholder': theme.colors.dark[2],
    '--mantine-color-error': theme.colors.red[4],
    '--surface': theme.colors.dark[6],
    '--surface-sunken': theme.colors.dark[8],
    '--line': theme.colors.dark[5],
  },
});
