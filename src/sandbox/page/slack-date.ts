const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_slash: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/** Slack's `<!date^…>`: each `{token}` in the reader's zone; the fallback when a token is unknown. */
export function slackDate(seconds: number, format: string, fallback: string, now: number): string {
  const at = new Date(seconds * 1000);
  let known = true;
  const text = format.replace(/\{(\w+)\}/g, (_, token: string) => {
    const plain = token.replace(/_pretty$/, '');
    const options = FORMATS[plain];
    if (options === undefined) known = false;
    const near = token.endsWith('_pretty') ? nearDay(at, new Date(now)) : undefined;
    return near ?? new Intl.DateTimeFormat(undefined, options).format(at);
  });
  return known ? text : fallback;
}

function nearDay(at: Date, now: Date): string | undefined {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  // Rounded, since a day with a clock change has 23 or 25 hours.
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : undefined;
}
