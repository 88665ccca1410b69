import { reachesDivision, type Duty } from './duties/duty.js';

/** Who calls, from the verified token and nothing else. The division is the tenant. */
export interface Caller {
  /** `sub` of the token: a person, or a service client. */
  readonly person: string;
  readonly mofDivCode: string;
  /** The budget unit 预算单位 of the person; null for people of the finance office. */
  readonly agencyCode: string | null;
  /** The section 科室 of the finance office; null where there is none. */
  readonly mofDepCode: string | null;
  readonly duties: readonly Duty[];
}

export type Language = 'zh' | 'en';

/** One call, the same for REST and gRPC: what stands in the headers or in the metadata. */
export interface Call {
  readonly caller: Caller;
  /** Header `Idempotency-Key`, metadata `idempotency-key`. */
  readonly idempotencyKey: string | null;
  /** Query `dryRun=true`, metadata `dry-run: true`. */
  readonly dryRun: boolean;
  readonly language: Language;
  /** Version that the caller has seen (header `If-Match`, metadata `if-match`). */
  readonly ifMatch: number | null;
  readonly transport: 'rest' | 'grpc';
}

/** What a caller may see: a unit its own, a section its units, the treasury and the auditor all of the division. */
export type Reach =
  | { readonly kind: 'unit'; readonly agencyCode: string }
  | { readonly kind: 'section'; readonly mofDepCode: string }
  | { readonly kind: 'division' };

export function reachOf(caller: Caller): Reach {
  if (caller.agencyCode !== null) return { kind: 'unit', agencyCode: caller.agencyCode };
  if (caller.mofDepCode !== null && !reachesDivision(caller.duties)) {
    return { kind: 'section', mofDepCode: caller.mofDepCode };
  }
  return { kind: 'division' };
}
