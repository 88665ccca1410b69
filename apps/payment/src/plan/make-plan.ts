import { Injectable } from '@nestjs/common';
import { dayOf, lastOfMonth, plusDays, type Day } from '@guoku/calendar';
import { brokenPromises, openDay } from '@guoku/domain-payment';
import { check, plan, planText, type Plan } from '@guoku/domain-schedule';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import {
  accepted,
  Commands,
  divisions,
  refused,
  Separation,
  type Answer,
  type Call,
} from '@guoku/service';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { DivisionStore } from '../division/division.store.js';
import { refuse } from '../refusals.js';
import { gather } from './gather-problem.js';
import type { MakePlanDto, PlanDto } from './plan.dto.js';
import { PlanStore } from './plan.store.js';

/** How far a plan looks into the next month, so that its wages and debt service are ring-fenced by the same rule. */
const DAYS_INTO_NEXT_MONTH = 10;

/** Gather, compute, record: a plan is proposed, with the problem it answers. */
@Injectable()
export class MakePlan {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
  ) {}

  handle(call: Call, dto: MakePlanDto): Promise<Answer<PlanDto>> {
    const { mofDivCode, person } = call.caller;
    const action = 'PlanService.Make';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      const settings = await new DivisionStore(session, mofDivCode).lockSettings();
      if (settings === undefined) return refused(refuse('not_found'));
      const today = openDay(await new BusinessDayStore(session, mofDivCode).latest());
      if (today === null) return refused(refuse('no_open_day'));
      const horizonTo = dto.horizonTo ?? (await horizonOf(session, mofDivCode, dto.month));
      const range = { today, horizonTo, forecastId: dto.forecastId ?? null };
      const gathered = await gather(session, mofDivCode, range);
      if ('code' in gathered) return refused(gathered);

      const { problem, digest } = gathered;
      const planned = plan(problem, { digest });
      const report = check(problem, planned, { digest });
      const id = dto.id ?? context.newId();
      const store = new PlanStore(session, mofDivCode);
      await store.insert({
        id,
        month: dto.month,
        today,
        horizonTo,
        gathered,
        text: planText(planned),
        checked: report.ok,
        findings: report.rejections,
        broken: brokenPromises(gathered.promised, partsOf(planned)),
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
}

async function horizonOf(session: Session, mofDivCode: string, month: string): Promise<Day> {
  const last = lastOfMonth(dayOf(`${month}-01`));
  const division = await divisions.find(session, mofDivCode);
  if (division === undefined) return last;
  const calendar = await divisions.calendarOf(session, division);
  return calendar.plusWorkingDays(calendar.onOrAfter(plusDays(last, 1)), DAYS_INTO_NEXT_MONTH - 1);
}

function partsOf({ decisions }: Plan) {
  return decisions.flatMap(({ request, payments }) =>
    payments.map(({ date, amount }) => ({
      requestId: request,
      date: dayOf(date),
      amount: Money.ofPlainFen(amount),
    })),
  );
}
