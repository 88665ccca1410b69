export { carryOver, type CarryOver, type CarryOverDecision } from './carry-over.js';
export {
  decideHold,
  evolveHold,
  evolvePart,
  type Hold,
  HOLD_REFUSALS,
  type HoldCommand,
  type HoldDecision,
  type HoldEvent,
  type HoldRefusal,
  type HoldState,
} from './hold.js';
export { holdStateAfter } from './hold-state.js';
export {
  type Balances,
  decideLine,
  type Line,
  LINE_REFUSALS,
  type LineCommand,
  type LineDecision,
  type LineEvent,
  type LineRefusal,
  newLine,
} from './line.js';
export {
  type AccountCode,
  ACCOUNTS,
  allottedOf,
  balancesAfter,
  chart,
  evolveLine,
  type Movement,
  MOVEMENT_KINDS,
  type MovementKind,
  movementsOf,
} from './movement.js';
export { hasEnded, type Part, type Place, placeOf, PLACES, type Returned } from './part.js';
