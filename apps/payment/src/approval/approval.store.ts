import { dayOf, type Day } from '@guoku/calendar';
import type { ApprovalChain, ApprovalStep, Delegation, Signature } from '@guoku/domain-payment';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import type { ApprovalChainDto, ApprovalStepDto, DelegationDto } from './approval.dto.js';

export const DELEGATION_COLUMNS = `d.id, d.from_person as "from", d.to_person as "to", d.first_day as "firstDay",
  d.last_day as "lastDay", d.reason, d.made_by as "madeBy", d.made_at as "madeAt", d.revoked_by as "revokedBy",
  d.revoked_at as "revokedAt"`;

/** Condition on a delegation `d`: it counts on the day `:day`. */
export const delegationCounts = `d.revoked_at is null and :day::date between d.first_day and d.last_day`;

export type NewDelegation = Pick<
  DelegationDto,
  'id' | 'from' | 'to' | 'firstDay' | 'lastDay' | 'reason' | 'madeBy'
>;

/** Chains, delegations and signatures of one division. */
export class ApprovalStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  async chainRows(): Promise<ApprovalChainDto[]> {
    return this.session.rows<ApprovalChainDto>(
      `select effective_from as "effectiveFrom", steps from approval_chain
       where mof_div_code = :mofDivCode order by effective_from`,
      { mofDivCode: this.mofDivCode },
    );
  }

  async chains(): Promise<ApprovalChain[]> {
    const rows = await this.chainRows();
    return rows.map(({ effectiveFrom, steps }) => ({
      effectiveFrom: dayOf(effectiveFrom),
      steps: steps.map(stepOf),
    }));
  }

  /** Those that let a person sign for others on a day. */
  async delegationsTo(person: string, day: Day): Promise<Delegation[]> {
    return this.session.rows<Delegation>(
      `select d.from_person as "from", d.to_person as "to" from delegation d
       where d.mof_div_code = :mofDivCode and d.to_person = :person and ${delegationCounts}
       order by d.made_at, d.id`,
      { mofDivCode: this.mofDivCode, person, day },
    );
  }

  async lockDelegation(id: string): Promise<DelegationDto | undefined> {
    return this.session.one<DelegationDto>(
      `select ${DELEGATION_COLUMNS} from delegation d
       where d.mof_div_code = :mofDivCode and d.id = :id for update`,
      { mofDivCode: this.mofDivCode, id },
    );
  }

  /** @returns false where there is one with this id */
  async insertDelegation(delegation: NewDelegation, at: Date): Promise<boolean> {
    const inserted = await this.session.execute(
      `insert into delegation (mof_div_code, id, from_person, to_person, first_day, last_day, reason, made_by, made_at)
       values (:mofDivCode, :id, :from, :to, :firstDay, :lastDay, :reason, :madeBy, :at) on conflict do nothing`,
      { mofDivCode: this.mofDivCode, ...delegation, at },
    );
    return inserted > 0;
  }

  async revoke(id: string, by: string, at: Date): Promise<void> {
    await this.session.execute(
      `update delegation set revoked_by = :by, revoked_at = :at
       where mof_div_code = :mofDivCode and id = :id and revoked_at is null`,
      { mofDivCode: this.mofDivCode, id, by, at },
    );
  }

  async insertSignature(planId: string, signature: Signature, at: Date): Promise<void> {
    const { step, by, onBehalfOf } = signature;
    await this.session.execute(
      `insert into plan_approval (mof_div_code, plan_id, step, person, on_behalf_of, at)
       values (:mofDivCode, :planId, :step, :by, :onBehalfOf, :at)`,
      { mofDivCode: this.mofDivCode, planId, step, by, onBehalfOf, at },
    );
  }
}

/** A step as the rules take it. */
export function stepOf({ above, ...step }: ApprovalStepDto): ApprovalStep {
  return { ...step, above: Money.of(above) };
}
