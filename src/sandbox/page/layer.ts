import { createContext, useContext } from 'react';

/** The element of a side that its dialogs are drawn in, over everything else of that side. */
const LayerContext = createContext<HTMLElement | null>(null);
export const LayerProvider = LayerContext.Provider;
export const useLayer = (): HTMLElement | null => useContext(LayerContext);

/** What lies under an open dialog can be neither clicked nor reached by keyboard. */
export function settleUnder(layer: HTMLElement): void {
  const open = [...layer.children].some((child) => child instanceof HTMLElement && !child.hidden);
  const under = layer.parentElement?.querySelector<HTMLElement>('.workspace');
  if (under) under.inert = open;
}
