/** What came back, or why nothing did. */
export type Reply =
  | { readonly status: number; readonly headers: Headers; readonly text: string; readonly askedAt: number }
  | { readonly problem: string };

const WAIT_MS = 10_000;

/** A code where there is one: messages name addresses, and may quote more. */
const problemOf = (error: unknown): string => {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (inner instanceof Error && inner.name === 'TimeoutError') return `no answer within ${WAIT_MS / 1_000} seconds`;
  return inner instanceof Error && 'code' in inner ? String(inner.code) : 'no answer';
};

/** One request, never repeated and never led elsewhere; it does not throw. */
export const ask = async (url: string, now: () => number, init: RequestInit = {}): Promise<Reply> => {
  const startedAt = now();
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(WAIT_MS), ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, askedAt: (startedAt + now()) / 2 };
  } catch (error) {
    return { problem: problemOf(error) };
  }
};

export const jsonOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};
