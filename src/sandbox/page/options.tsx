import { useEffect, useRef } from 'react';
import type { Option } from './completion.js';

interface Props {
  readonly id: string;
  readonly options: readonly Option[];
  readonly active: number;
  readonly onChoose: (option: Option) => void;
}

/** What could complete the text. The text box keeps the focus and says which option is active. */
export function Options({ id, options, active, onChoose }: Props) {
  const chosen = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another option is active, so another element has to be seen.
  useEffect(() => void chosen.current?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <div className="options" role="listbox" id={`${id}-list`} aria-label="Suggestions">
      {options.map((option, index) => (
        <div
          key={option.insert}
          id={`${id}-${index}`}
          ref={index === active ? chosen : undefined}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // Not on click: the text box would lose the caret first.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(option);
          }}
        >
          <span className="option-label">{option.label}</span>
          <span className="option-detail">{option.detail}</span>
        </div>
      ))}
    </div>
  );
}
