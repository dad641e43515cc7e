import { connectFunctionsEmulator, getFunctions } from 'firebase/functions';
import { app, local } from './app';
import './auth'; // whose token every call carries

export const functions = getFunctions(app);
if (local) connectFunctionsEmulator(functions, location.hostname, Number(location.port));
