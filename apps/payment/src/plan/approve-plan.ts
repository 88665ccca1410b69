import { Injectable } from '@nestjs/common';
import { dayOf } from '@guoku/calendar';
import { approvePlan, openDay, type DisbursementPlan } from '@guoku/domain-payment';
import { outbox, type OutgoingEvent } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { accepted, Commands, refused, Separation, type Answer, type Call } from '@guoku/service';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { DivisionStore } from '../division/division.store.js';
import { refuse } from '../refusals.js';
import { gather } from './gather-problem.js';
import type { PlanDto } from './plan.dto.js';
import { PlanStore, type ApprovedItem } from './plan.store.js';

/** An event holds at most so many items; a larger plan is announced in several. */
const ITEMS_MAX = 2000;

/** Another person brings a plan into force, as long as what it was made from is still so. */
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
      const decision = approvePlan(stateOf(plan), {
        by: person,
        digestNow: await digestNow(session, mofDivCode, plan),
        checked: plan.checked,
      });
      if (!decision.ok) return refused(refuse(decision.refusal));
      if (decision.events.length === 0) return accepted(plan, { version: plan.version });

      const approved = await store.approve(id, person, context.now);
      await this.separation.record(session, deed);
      const items = await store.approvedItems(id);
      await outbox.append(session, announced(mofDivCode, approved, items, person));
      return accepted(approved, { version: approved.version });
    });
  }
}

function stateOf({ state, madeBy, approvedBy, digest }: PlanDto): DisbursementPlan {
  const stages = ['proposed', 'in-force', 'superseded'] as const;
  const stage = stages.find((one) => one === state);
  if (stage === undefined) throw new Error(`a plan has no stage ${state}`);
  return { stage, madeBy, approvedBy, digest };
}

/** The digest of the problem as it would be gathered now from the same forecast. */
async function digestNow(
  session: Session,
  mofDivCode: string,
  plan: PlanDto,
): Promise<string | null> {
  const today = openDay(await new BusinessDayStore(session, mofDivCode).latest());
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
      items: items.slice(nth * ITEMS_MAX, (nth + 1) * ITEMS_MAX),
    },
  }));
}
