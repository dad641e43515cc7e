// Every screen: its path, its title, and the module that has it as `Component`. One line each.
import type { RouteObject } from 'react-router';
import { Broken } from './Broken';
import { guard, inside } from './session';

type Screen = () => Promise<{ Component: () => React.ReactNode }>;

const screen = (path: string, title: string, lazy: Screen): RouteObject => ({
  path,
  handle: { title },
  lazy,
});

const AT_THE_DOOR = [
  screen('/login', 'Sign in', () => import('@/screens/entry/Login')),
  screen('/register', 'Create an account', () => import('@/screens/entry/Register')),
];

const OF_THE_LIBRARY = [
  screen('/library', 'Library', () => import('@/screens/library/Films')),
  screen('/library/scripts', 'Scripts', () => import('@/screens/library/Scripts')),
  screen('/library/audio', 'Audio', () => import('@/screens/library/Audio')),
  screen('/library/storyboards', 'Storyboards', () => import('@/screens/library/Storyboards')),
];

const INSIDE = [
  screen('/', 'Chat', () => import('@/screens/chat/ChatHub')),
  screen('/chat/:chatId', 'Conversation', () => import('@/screens/chat/Conversation')),
  screen('/create', 'Create', () => import('@/screens/create/Create')),
  screen('/jobs/:jobId', 'Ad', () => import('@/screens/job/JobDetail')),
  screen('/jobs/:jobId/edit', 'Change the ad', () => import('@/screens/job/JobEdit')),
  { path: '/library', lazy: () => import('@/screens/library/Library'), children: OF_THE_LIBRARY },
  screen('/library/deleted', 'Recently deleted', () => import('@/screens/library/Deleted')),
  screen('/avatars', 'Avatars', () => import('@/screens/avatars/Avatars')),
  screen('/avatars/:avatarId', 'Avatar', () => import('@/screens/avatars/AvatarDetail')),
  screen('/products', 'Products', () => import('@/screens/products/Products')),
  screen('/products/:productId', 'Product', () => import('@/screens/products/ProductDetail')),
  screen('/explore', 'Explore', () => import('@/screens/explore/Explore')),
  screen('/explore/:category', 'Explore', () => import('@/screens/explore/Category')),
  screen('/settings/:section?', 'Settings', () => import('@/screens/settings/Settings')),
  screen('*', 'Not found', () => import('@/screens/lost/Lost')),
];

/** Where somebody may be without being signed in. */
export const DOOR = ['/login', '/register', '/reset'];

const shell = { lazy: () => import('./Shell'), ErrorBoundary: Broken };
const door = { lazy: () => import('@/screens/entry/Door'), ErrorBoundary: Broken };

export const routes: RouteObject[] = [
  {
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    children: [
      { ...door, loader: inside, children: AT_THE_DOOR },
      { ...door, children: [screen('/reset', 'Reset the password', () => import('@/screens/entry/Reset'))] },
      { ...shell, loader: guard, children: [{ ErrorBoundary: Broken, children: INSIDE }] },
    ],
  },
];
