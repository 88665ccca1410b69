/** What a rule answers: what happened, or why nothing may. Repeating a command happens nothing: no events. */
export type Decision<Event, Refusal extends string> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly refusal: Refusal };

export function accepted<Event>(...events: readonly Event[]): {
  readonly ok: true;
  readonly events: readonly Event[];
} {
  return { ok: true, events };
}

export function refused<Refusal extends string>(
  refusal: Refusal,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

/** The same sentence in both languages of the officers. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}
