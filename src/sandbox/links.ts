/** The app's domains are what its manifest names; here, whatever has the path of a record. */
const OURS = /https?:\/\/[^\s<>|]+\/r\/[^\s<>|]+/gu;

/** The addresses in a message that the app is told of. */
export const linksIn = (text: string): readonly string[] => [...new Set(text.match(OURS) ?? [])];
