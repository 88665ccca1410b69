import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import { ApprovePlan } from './approve-plan.js';
import { MakePlan } from './make-plan.js';
import {
  MakePlanDto,
  PlanDecisionPage,
  PlanDecisionQuery,
  PlanDto,
  PlanIdDto,
  PlanPage,
  PlanProblemDto,
  PlanQuery,
} from './plan.dto.js';
import { PlanQueries } from './plan.queries.js';

@Controller('v1/plans')
export class PlanController {
  constructor(
    private readonly making: MakePlan,
    private readonly approving: ApprovePlan,
    private readonly queries: PlanQueries,
  ) {}

  @Post()
  @Duty('plan.enter')
  @UseCase('PlanService.Make', {
    summary: 'Plans who is paid on which day, late, in part or not, and why',
    answer: PlanDto,
    status: 201,
  })
  make(@CurrentCall() call: Call, @Body() body: MakePlanDto) {
    return this.making.handle(call, body);
  }

  @Post(':id/approve')
  @Duty('plan.approve')
  @UseCase('PlanService.Approve', {
    summary: 'Brings a plan into force; by another person than who made it',
    answer: PlanDto,
  })
  approve(@CurrentCall() call: Call, @Param() { id }: PlanIdDto) {
    return this.approving.handle(call, id);
  }

  @Get()
  @Duty('plan.read', 'plan.enter', 'plan.approve', 'payment.instruct')
  @UseCase('PlanService.List', { summary: 'Plans, the latest first', answer: PlanPage })
  list(@CurrentCall() call: Call, @Query() query: PlanQuery) {
    return this.queries.list(call, query);
  }

  @Get(':id')
  @Duty('plan.read', 'plan.enter', 'plan.approve', 'payment.instruct')
  @UseCase('PlanService.Get', { summary: 'One plan with its ranks and alarms', answer: PlanDto })
  one(@CurrentCall() call: Call, @Param() { id }: PlanIdDto) {
    return this.queries.one(call, id);
  }

  @Get(':id/decisions')
  @Duty('plan.read', 'plan.enter', 'plan.approve', 'payment.instruct')
  @UseCase('PlanService.ListDecisions', {
    summary: 'What a plan decided about each request, by rank',
    answer: PlanDecisionPage,
  })
  decisions(
    @CurrentCall() call: Call,
    @Param() { id }: PlanIdDto,
    @Query() query: PlanDecisionQuery,
  ) {
    return this.queries.decisions(call, id, query);
  }

  @Get(':id/problem')
  @Duty('plan.read', 'plan.enter', 'plan.approve')
  @UseCase('PlanService.GetProblem', {
    summary: 'Problem and plan as texts, to be replayed and checked by the command line',
    answer: PlanProblemDto,
  })
  problem(@CurrentCall() call: Call, @Param() { id }: PlanIdDto) {
    return this.queries.problem(call, id);
  }
}
