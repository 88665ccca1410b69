import type { Plan } from '../plan.js';

export type PlanReading =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly faults: readonly { pointer: string; detail: string }[] };

/** Reads the text of a plan, as `planText` writes it; never throws. */
export function readPlan(text: string): PlanReading {
  return { ok: false, faults: [{ pointer: '', detail: `${text.length}` }] };
}
