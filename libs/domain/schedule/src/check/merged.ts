/** Claims that the relaxation treats alike, taken as one: it is the same relaxation, and smaller. */
import type { Claim } from './facts.js';

/**
 * Merges the claims of a rank that share pool and days and were promised nothing; as a sum they may be
 * paid in any parts, which is what the relaxation allows each of them anyway.
 */
export function merged(claims: readonly Claim[]): Claim[] {
  const whole: Claim[] = [];
  const sums = new Map<string, { first: Claim; amount: number }>();
  for (const claim of claims) {
    const { request, earliest, due, latest, shut } = claim;
    if (request.approved.length > 0) whole.push(claim);
    if (request.approved.length > 0 || shut !== null) continue;
    const key = `${request.pool} ${earliest} ${due} ${latest}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { first: claim, amount: request.amount });
    else sum.amount += request.amount;
  }
  for (const { first, amount } of sums.values()) {
    const request = { ...first.request, amount, divisible: true, minPart: 1 };
    whole.push({ ...first, request });
  }
  return whole;
}
