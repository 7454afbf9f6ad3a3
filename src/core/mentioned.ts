import type { Mentioned, Said } from './feature.js';

/** What was said, in pieces: the words between mentions, and the people mentioned. */
export const splitMentions = ({ text, people }: Said): readonly (string | Mentioned)[] => {
  const pieces: (string | Mentioned)[] = [];
  let rest = text;
  for (const person of people) {
    const name = `@${person.name}`;
    const at = rest.indexOf(name);
    if (at < 0) continue;
    pieces.push(rest.slice(0, at), person);
    rest = rest.slice(at + name.length);
  }
  return [...pieces, rest];
};
