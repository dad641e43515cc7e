/** How many words a text has: counted as the service counts them, between blanks. */
export const wordCount = (text: string) => text.split(/\s+/).filter(Boolean).length;
