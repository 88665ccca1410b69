import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type Call, CurrentCall, Duty, GrpcUseCase } from '@guoku/service';
import { readers } from '../duties.js';
import { BudgetPath, BudgetQuery, EnterBudgetDto, ListBudgetLinesMessage } from './budget.dto.js';
import { Budgets } from './budgets.js';

@Controller()
export class BudgetGrpcController {
  constructor(private readonly budgets: Budgets) {}

  @Duty('budget.enter')
  @GrpcUseCase('BudgetService.Enter')
  enter(@CurrentCall() call: Call, @Payload() body: EnterBudgetDto) {
    return this.budgets.enter(call, body);
  }

  @Duty('budget.approve')
  @GrpcUseCase('BudgetService.Approve')
  approve(@CurrentCall() call: Call, @Payload() path: BudgetPath) {
    return this.budgets.approve(call, path);
  }

  @Duty(...readers)
  @GrpcUseCase('BudgetService.List')
  list(@CurrentCall() call: Call, @Payload() query: BudgetQuery) {
    return this.budgets.list(call, query);
  }

  @Duty(...readers)
  @GrpcUseCase('BudgetService.Get')
  get(@CurrentCall() call: Call, @Payload() { budgetId }: BudgetPath) {
    return this.budgets.get(call, budgetId);
  }

  @Duty(...readers)
  @GrpcUseCase('BudgetService.ListLines')
  lines(@CurrentCall() call: Call, @Payload() { budgetId, ...query }: ListBudgetLinesMessage) {
    return this.budgets.lines(call, budgetId, query);
  }
}
