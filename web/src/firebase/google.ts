import { browserPopupRedirectResolver, GoogleAuthProvider, signInWithPopup } from 'firebase/auth';
import { auth } from './auth';

/** Google's own window. Loaded when somebody asks for it. */
export const signInWithGoogle = () =>
  signInWithPopup(auth, new GoogleAuthProvider(), browserPopupRedirectResolver);
