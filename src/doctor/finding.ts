/** What one look found: `broken` keeps Entente from doing its work, `attention` may do so later or elsewhere. */
export interface Finding {
  readonly state: 'ok' | 'attention' | 'broken';
  /** What was looked at: 'Slack token'. */
  readonly what: string;
  /** What is so, and unless it is ok what to do. Never a secret. */
  readonly text: string;
}

const finding =
  (state: Finding['state']) =>
  (what: string, text: string): Finding => ({ state, what, text });

export const ok = finding('ok');
export const attention = finding('attention');
export const broken = finding('broken');

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const lineOf = ({ state, what, text }: Finding, width: number): string =>
  `${state.padEnd(9)}  ${what.padEnd(width)}  ${text.replace(/\s+/gu, ' ')}`;

/** One line for each finding, and one that sums them up. */
export const reportOf = (findings: readonly Finding[]): string => {
  const width = Math.max(0, ...findings.map(({ what }) => what.length));
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length;
  const lost = count('broken');
  const soon = count('attention');
  const sum = [
    lost === 0 ? 'Nothing is broken' : plural(lost, 'thing is broken', 'things are broken'),
    ...(soon === 0 ? [] : [plural(soon, 'needs attention', 'need attention')]),
  ].join(', ');
  return [...findings.map((one) => lineOf(one, width)), '', `${sum}.`].join('\n');
};
