import { Injectable } from '@nestjs/common';
import { dayOf, type Day } from '@guoku/calendar';
import { approvePlan, openDay, type DisbursementPlan } from '@guoku/domain-payment';
import { outbox, type OutgoingEvent } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { accepted, Commands, refused, Separation, type Answer, type Call } from '@guoku/service';
import { ApprovalStore, stepOf } from '../approval/approval.store.js';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { DivisionStore } from '../division/division.store.js';
import { refuse } from '../refusals.js';
import { gather } from './gather-problem.js';
import type { PlanDto } from './plan.dto.js';
import { PlanStore, type ApprovedItem } from './plan.store.js';

/** An event holds at most so many items; a larger plan is announced in several. */
const ITEMS_MAX = 2000;

/** Others than who made it bring a plan into force, as many as its chain asks for, as long as what it was made from is so. */
@Injectable()
export class ApprovePlan {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
  ) {}

  handle(call: Call, id: string): Promise<Answer<PlanDto>> {
    const { mofDivCode, person } = call.caller;
    const subject = `plan/${id}`;
    const info = { action: 'PlanService.Approve', subject, body: {} };
    return this.commands.run(call, info, async (session, context) => {
      await new DivisionStore(session, mofDivCode).lockSettings();
      const store = new PlanStore(session, mofDivCode);
      const plan = await store.lock(id);
      if (plan === undefined) return refused(refuse('not_found'));
      const deed = { mofDivCode, person, duty: 'plan.approve', subject } as const;
      const conflict = await this.separation.conflict(session, deed);
      if (conflict !== null) return refused(conflict);
      const approvals = new ApprovalStore(session, mofDivCode);
      const today = openDay(await new BusinessDayStore(session, mofDivCode).latest());
      const decision = approvePlan(stateOf(plan), {
        by: person,
        digestNow: await digestNow(session, mofDivCode, plan, today),
        checked: plan.checked,
        delegations: today === null ? [] : await approvals.delegationsTo(person, today),
      });
      if (!decision.ok) return refused(refuse(decision.refusal));

      const signed = decision.events.find((event) => event.type === 'signed');
      if (signed === undefined) return accepted(plan, { version: plan.version });
      // Nobody signs for a person who may not sign themselves.
      const giver = { ...deed, person: signed.onBehalfOf ?? person };
      const hindrance = await this.separation.conflict(session, giver);
      if (hindrance !== null) return refused(hindrance);
      await approvals.insertSignature(id, signed, context.now);
      await this.separation.record(session, deed);
      const isLast = decision.events.some(({ type }) => type === 'approved');
      const view = isLast
        ? await bringIntoForce(session, call, id, context.now)
        : await store.touch(id);
      return accepted(view, { version: view.version });
    });
  }
}

async function bringIntoForce(
  session: Session,
  { caller: { mofDivCode, person } }: Call,
  id: string,
  now: Date,
): Promise<PlanDto> {
  const store = new PlanStore(session, mofDivCode);
  const approved = await store.approve(id, person, now);
  const items = await store.approvedItems(id);
  await outbox.append(session, announced(mofDivCode, approved, items, person));
  return approved;
}

function stateOf({ state, madeBy, digest, steps, signatures }: PlanDto): DisbursementPlan {
  const stages = ['proposed', 'in-force', 'superseded'] as const;
  const stage = stages.find((one) => one === state);
  if (stage === undefined) throw new Error(`a plan has no stage ${state}`);
  return { stage, madeBy, digest, steps: steps.map(stepOf), signatures };
}

/** The digest of the problem as it would be gathered now from the same forecast. */
async function digestNow(
  session: Session,
  mofDivCode: string,
  plan: PlanDto,
  today: Day | null,
): Promise<string | null> {
  if (today === null) return null;
  const { forecastId } = plan;
  const range = { today, horizonTo: dayOf(plan.horizonTo), forecastId };
  const gathered = await gather(session, mofDivCode, range);
  return 'code' in gathered ? null : gathered.digest;
}

function announced(
  mofDivCode: string,
  plan: PlanDto,
  items: readonly ApprovedItem[],
  actor: string,
): OutgoingEvent[] {
  const count = Math.max(1, Math.ceil(items.length / ITEMS_MAX));
  return Array.from({ length: count }, (_, nth) => ({
    type: 'guoku.plan.approved.v1',
    subject: plan.id,
    mofDivCode,
    aggregateId: plan.id,
    actor,
    data: {
      planId: plan.id,
      day: plan.madeOn,
      digest: plan.digest,
      approvedBy: actor,
      signers: plan.signatures.map(({ by }) => by),
      items: items.slice(nth * ITEMS_MAX, (nth + 1) * ITEMS_MAX),
    },
  }));
}
