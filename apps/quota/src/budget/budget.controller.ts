import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Call, CurrentCall, Duty, PageQuery, UseCase } from '@guoku/service';
import { readers } from '../duties.js';
import {
  BudgetDto,
  BudgetLinePage,
  BudgetPage,
  BudgetPath,
  BudgetQuery,
  EnterBudgetDto,
} from './budget.dto.js';
import { Budgets } from './budgets.js';

@Controller('v1/budgets')
export class BudgetController {
  constructor(private readonly budgets: Budgets) {}

  @Post()
  @Duty('budget.enter')
  @UseCase('BudgetService.Enter', {
    summary: 'Enters a budget document 指标文',
    answer: BudgetDto,
    status: 201,
  })
  enter(@CurrentCall() call: Call, @Body() body: EnterBudgetDto) {
    return this.budgets.enter(call, body);
  }

  @Post(':budgetId/approve')
  @Duty('budget.approve')
  @UseCase('BudgetService.Approve', { summary: 'Approves it and allots', answer: BudgetDto })
  approve(@CurrentCall() call: Call, @Param() path: BudgetPath) {
    return this.budgets.approve(call, path);
  }

  @Get()
  @Duty(...readers)
  @UseCase('BudgetService.List', { summary: 'Budget documents', answer: BudgetPage })
  list(@CurrentCall() call: Call, @Query() query: BudgetQuery) {
    return this.budgets.list(call, query);
  }

  @Get(':budgetId')
  @Duty(...readers)
  @UseCase('BudgetService.Get', { summary: 'One document', answer: BudgetDto })
  get(@CurrentCall() call: Call, @Param() { budgetId }: BudgetPath) {
    return this.budgets.get(call, budgetId);
  }

  @Get(':budgetId/lines')
  @Duty(...readers)
  @UseCase('BudgetService.ListLines', { summary: 'Its lines', answer: BudgetLinePage })
  lines(@CurrentCall() call: Call, @Param() { budgetId }: BudgetPath, @Query() query: PageQuery) {
    return this.budgets.lines(call, budgetId, query);
  }
}
