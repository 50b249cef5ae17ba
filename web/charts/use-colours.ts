import { createContext, useContext } from 'react';
import { type ColourOf, colourOfId } from './maths/run-colours.ts';

/** The colours of the runs that are seen together, for all that draws them. */
export const RunColours = createContext<ColourOf>(colourOfId);

export const useColours = (): ColourOf => useContext(RunColours);
