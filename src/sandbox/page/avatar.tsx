const HUES = [210, 160, 25, 280, 340, 95, 190, 45];

function hueOf(name: string): number {
  const sum = [...name].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  return HUES[sum % HUES.length] ?? 210;
}

/** Decoration: the name stands beside it in words. */
export function Avatar({ name, bot = false }: { readonly name: string; readonly bot?: boolean }) {
  if (bot) {
    return (
      <span className="avatar bot" aria-hidden="true">
        <svg viewBox="0 0 32 32">
          <title>{name}</title>
          <circle cx="12.5" cy="16" r="7" fill="#f2c6de" />
          <circle cx="19.5" cy="16" r="7" fill="#b9c0f5" style={{ mixBlendMode: 'multiply' }} />
        </svg>
      </span>
    );
  }
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '');
  return (
    <span className="avatar" aria-hidden="true" style={{ background: `hsl(${hueOf(name)} 45% 33%)` }}>
      {initials}
    </span>
  );
}
