/** Who may do what here, one list for REST and gRPC. */
export const readers = [
  'quota.read',
  'fund-request.read',
  'fund-request.enter',
  'fund-request.review',
  'budget.enter',
  'budget.approve',
  'quota.freeze',
  'plan.enter',
  'service.payment',
] as const;
export const holders = ['fund-request.enter', 'quota.freeze', 'service.payment'] as const;
