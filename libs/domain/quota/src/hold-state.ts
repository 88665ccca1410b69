import { evolveHold, evolvePart, type HoldEvent, type HoldState } from './hold.js';
import { evolveLine } from './movement.js';

/** Line, hold and part after events that were decided on them. */
export function holdStateAfter(state: HoldState, events: readonly HoldEvent[]): HoldState {
  const { line } = state;
  if (!line) throw new Error('events of a line that does not exist');

  let { hold, part } = state;
  for (const event of events) {
    hold = evolveHold(hold, event, line.bgtId);
    part = evolvePart(part, event, hold.requestId);
  }
  return { line: evolveLine(line, events), hold, part };
}
