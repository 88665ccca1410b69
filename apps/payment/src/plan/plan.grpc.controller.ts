import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import { ApprovePlan } from './approve-plan.js';
import { MakePlan } from './make-plan.js';
import { MakePlanDto, PlanDecisionGrpcQuery, PlanIdDto, PlanQuery } from './plan.dto.js';
import { PlanQueries } from './plan.queries.js';

@Controller()
export class PlanGrpcController {
  constructor(
    private readonly making: MakePlan,
    private readonly approving: ApprovePlan,
    private readonly queries: PlanQueries,
  ) {}

  @GrpcUseCase('PlanService.Make')
  @Duty('plan.enter')
  make(@CurrentCall() call: Call, @Payload() body: MakePlanDto) {
    return this.making.handle(call, body);
  }

  @GrpcUseCase('PlanService.Approve')
  @Duty('plan.approve')
  approve(@CurrentCall() call: Call, @Payload() { id }: PlanIdDto) {
    return this.approving.handle(call, id);
  }

  @GrpcUseCase('PlanService.List')
  @Duty('plan.read', 'plan.enter', 'plan.approve', 'payment.instruct')
  list(@CurrentCall() call: Call, @Payload() query: PlanQuery) {
    return this.queries.list(call, query);
  }

  @GrpcUseCase('PlanService.Get')
  @Duty('plan.read', 'plan.enter', 'plan.approve', 'payment.instruct')
  one(@CurrentCall() call: Call, @Payload() { id }: PlanIdDto) {
    return this.queries.one(call, id);
  }

  @GrpcUseCase('PlanService.ListDecisions')
  @Duty('plan.read', 'plan.enter', 'plan.approve', 'payment.instruct')
  decisions(@CurrentCall() call: Call, @Payload() { id, ...query }: PlanDecisionGrpcQuery) {
    return this.queries.decisions(call, id, query);
  }

  @GrpcUseCase('PlanService.GetProblem')
  @Duty('plan.read', 'plan.enter', 'plan.approve')
  problem(@CurrentCall() call: Call, @Payload() { id }: PlanIdDto) {
    return this.queries.problem(call, id);
  }
}
