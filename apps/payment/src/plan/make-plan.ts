import { Injectable } from '@nestjs/common';
import { dayOf, lastOfMonth, plusDays, type Day } from '@guoku/calendar';
import { brokenPromises, largestNewPromise, openDay, stepsFor } from '@guoku/domain-payment';
import { Money } from '@guoku/money';
import { Transactor, type Session } from '@guoku/persistence';
import {
  accepted,
  Commands,
  divisions,
  refused,
  Separation,
  type Answer,
  type Call,
  type Refusal,
} from '@guoku/service';
import { ApprovalStore } from '../approval/approval.store.js';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { DivisionStore } from '../division/division.store.js';
import { refuse } from '../refusals.js';
import { gather, type GatheredProblem } from './gather-problem.js';
import type { MakePlanDto, PlanDto } from './plan.dto.js';
import { PlanStore } from './plan.store.js';
import { Planner, type CheckedPlan, type PlanningTask } from './planner.js';

/** How far a plan looks into the next month, so that its wages and debt service are ring-fenced by the same rule. */
const DAYS_INTO_NEXT_MONTH = 10;

/**
 * Gather, compute, record: a plan is proposed, with the problem it answers. Planning takes its time, so no transaction
 * is open meanwhile: what was gathered is of one instant, and approval asks whether it is still so. A command that is
 * repeated computes once more and is answered as before.
 */
@Injectable()
export class MakePlan {
  constructor(
    private readonly commands: Commands,
    private readonly transactor: Transactor,
    private readonly planner: Planner,
    private readonly separation: Separation,
  ) {}

  async handle(call: Call, dto: MakePlanDto): Promise<Answer<PlanDto>> {
    const { mofDivCode, person } = call.caller;
    const basis = await this.gather(mofDivCode, dto);
    const planned = 'code' in basis ? undefined : await this.planner.plan(taskOf(basis.gathered));

    const action = 'PlanService.Make';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      if ('code' in basis) return refused(basis);
      if (planned === undefined) throw new Error('what was gathered was not planned');
      const { today, horizonTo, gathered } = basis;
      const id = dto.id ?? context.newId();
      const store = new PlanStore(session, mofDivCode);
      const chains = await new ApprovalStore(session, mofDivCode).chains();
      const parts = partsOf(planned);
      await store.insert({
        id,
        month: dto.month,
        today,
        horizonTo,
        gathered,
        text: planned.text,
        checked: planned.checked,
        findings: planned.findings,
        broken: brokenPromises(gathered.promised, parts),
        steps: stepsFor(today, chains, largestNewPromise(gathered.promised, parts)),
        madeBy: person,
        madeAt: context.now,
      });
      const subject = `plan/${id}`;
      await this.separation.record(session, { mofDivCode, person, duty: 'plan.enter', subject });
      const view = await store.lock(id);
      if (view === undefined) throw new Error(`plan ${id} was just made`);
      return accepted(view, { status: 201, version: view.version, subject });
    });
  }

  /** All of it as it was at one instant. */
  private gather(mofDivCode: string, dto: MakePlanDto): Promise<Basis | Refusal> {
    return this.transactor.run(
      async (session) => {
        if ((await new DivisionStore(session, mofDivCode).settings()) === undefined) {
          return refuse('not_found');
        }
        const today = openDay(await new BusinessDayStore(session, mofDivCode).latest());
        if (today === null) return refuse('no_open_day');
        const horizonTo = dto.horizonTo ?? (await horizonOf(session, mofDivCode, dto.month));
        const range = { today, horizonTo, forecastId: dto.forecastId ?? null };
        const gathered = await gather(session, mofDivCode, range);
        return 'code' in gathered ? gathered : { today, horizonTo, gathered };
      },
      { isolation: 'repeatable read', readOnly: true },
    );
  }
}

/** What a plan is made from, and for which days. */
interface Basis {
  readonly today: Day;
  readonly horizonTo: Day;
  readonly gathered: GatheredProblem;
}

async function horizonOf(session: Session, mofDivCode: string, month: string): Promise<Day> {
  const last = lastOfMonth(dayOf(`${month}-01`));
  const division = await divisions.find(session, mofDivCode);
  if (division === undefined) return last;
  const calendar = await divisions.calendarOf(session, division);
  return calendar.plusWorkingDays(calendar.onOrAfter(plusDays(last, 1)), DAYS_INTO_NEXT_MONTH - 1);
}

function taskOf({ problem, digest }: GatheredProblem): PlanningTask {
  return { problem, digest };
}

function partsOf({ parts }: CheckedPlan) {
  return parts.map(({ requestId, date, fen }) => ({
    requestId,
    date: dayOf(date),
    amount: Money.ofPlainFen(fen),
  }));
}
