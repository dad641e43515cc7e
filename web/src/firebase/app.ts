// The project that this page belongs to, as Firebase Hosting tells it: one build fits every project.
import { type FirebaseOptions, initializeApp } from 'firebase/app';

type Facts = FirebaseOptions & { projectId: string; local?: boolean };

const answer = await fetch('/__/firebase/init.json');
if (!answer.ok) throw new Error(`init.json answers ${answer.status}`);
const facts: Facts = await answer.json();

export const app = initializeApp(facts);
export const project = facts.projectId;

/** Set by the local cloud, where everything is at this page's own address and mails are not sent. */
export const local = facts.local === true;
