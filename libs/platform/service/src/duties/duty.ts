/**
 * What a person may do, as granted by the OpenID provider in the claim `duties`. Closed: an unknown duty in a token is
 * ignored. Duties that end in `.read` look on; every other one changes something. `service.*` is for service clients.
 */
export const DUTIES = [
  'division.import',
  'budget.enter',
  'budget.approve',
  'quota.freeze',
  'quota.read',
  'fund-request.enter',
  'fund-request.review',
  'fund-request.read',
  'plan.enter',
  'plan.approve',
  'plan.read',
  'payment.instruct',
  'payment.reconcile',
  'payment.read',
  'business-day.run',
  'receipt.enter',
  'receipt.approve',
  'receipt.read',
  'statement.enter',
  'forecast.run',
  'forecast.read',
  'parked.mend',
  'audit.read',
  'service.quota',
  'service.payment',
  'service.forecast',
  'service.revenue',
] as const;

export type Duty = (typeof DUTIES)[number];

export function isDuty(text: unknown): text is Duty {
  return DUTIES.some((duty) => duty === text);
}

/** The auditor reads all and changes nothing: whatever a `.read` duty opens is open to `audit.read`. */
export function allows(held: readonly Duty[], anyOf: readonly Duty[]): boolean {
  if (anyOf.some((duty) => held.includes(duty))) return true;
  return held.includes('audit.read') && anyOf.some((duty) => duty.endsWith('.read'));
}

/**
 * What a person of a budget unit 预算单位 may be granted. Everything else is the finance office's: plans, payments, pools
 * and budget decisions are shown and done there for the whole division, and no unit looks on.
 */
const ofUnits: readonly Duty[] = [
  'fund-request.enter',
  'fund-request.read',
  'quota.read',
  'receipt.enter',
  'receipt.approve',
  'receipt.read',
];

/** The duties of a token that count: a person of a unit has none of the finance office's, whoever granted it. */
export function dutiesThatCount(granted: readonly Duty[], agencyCode: string | null): Duty[] {
  return granted.filter((duty) => agencyCode === null || ofUnits.includes(duty));
}

/** Duties of the treasury, the budget office, the auditor and the services: they reach the whole division. */
const divisionWide: readonly Duty[] = [
  'division.import',
  'budget.enter',
  'budget.approve',
  'quota.freeze',
  'plan.enter',
  'plan.approve',
  'payment.instruct',
  'payment.reconcile',
  'business-day.run',
  'receipt.enter',
  'receipt.approve',
  'statement.enter',
  'forecast.run',
  'parked.mend',
  'audit.read',
  'service.quota',
  'service.payment',
  'service.forecast',
  'service.revenue',
];

export function reachesDivision(duties: readonly Duty[]): boolean {
  return duties.some((duty) => divisionWide.includes(duty));
}
