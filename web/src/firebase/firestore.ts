import { initializeFirestore } from 'firebase/firestore';
import { app, local } from './app';
import './auth';

export const firestore = initializeFirestore(app, local ? { host: location.host, ssl: false } : {});
