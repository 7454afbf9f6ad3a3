import { useId } from 'react';
import { labelOf } from './belonging.js';
import { useDesk } from './desk.js';
import { FailureBanner, FailureSwitch } from './failure-switch.js';

interface Props {
  readonly workplace: string;
  readonly onActAs: (person: string) => void;
}

/** The top of a side: whose workplace it is, who I am in it, and how the platform behaves. */
export function Strip({ workplace, onActAs }: Props) {
  const { platform, state, person } = useDesk();
  const id = useId();
  return (
    <div className="strip">
      <div className="strip-row">
        <h2>
          {platform} <span className="workplace">{workplace}</span>
        </h2>
        <div className="actor">
          <label htmlFor={id}>Act as</label>
          <select id={id} value={person} onChange={(event) => onActAs(event.target.value)}>
            {state.people.map((one) => (
              <option key={one.id} value={one.id} title={one.zone}>
                {labelOf(state, one)}
              </option>
            ))}
          </select>
        </div>
        <FailureSwitch />
      </div>
      <FailureBanner />
    </div>
  );
}
