import type { Plan } from '../plan.js';

/** The plan as JSON text, money as text with two decimals. */
export function planText(plan: Plan): string {
  return JSON.stringify(plan);
}
