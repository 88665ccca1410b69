import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import { ReconcileDay } from './reconcile-day.js';
import {
  ReconcileDto,
  ReconciliationDto,
  ReconciliationIdDto,
  ReconciliationPage,
  ReconciliationQuery,
} from './reconciliation.dto.js';
import { ReconciliationQueries } from './reconciliation.queries.js';

@Controller('v1/reconciliations')
export class ReconciliationController {
  constructor(
    private readonly reconcileDay: ReconcileDay,
    private readonly queries: ReconciliationQueries,
  ) {}

  @Post()
  @Duty('payment.reconcile')
  @UseCase('ReconciliationService.Make', {
    summary: 'Compares a day with the bank’s statement 对账',
    answer: ReconciliationDto,
    status: 201,
  })
  make(@CurrentCall() call: Call, @Body() body: ReconcileDto) {
    return this.reconcileDay.handle(call, body);
  }

  @Get()
  @Duty('payment.read', 'payment.reconcile', 'business-day.run')
  @UseCase('ReconciliationService.List', {
    summary: 'Reconciliations, the latest first',
    answer: ReconciliationPage,
  })
  list(@CurrentCall() call: Call, @Query() query: ReconciliationQuery) {
    return this.queries.list(call, query);
  }

  @Get(':id')
  @Duty('payment.read', 'payment.reconcile', 'business-day.run')
  @UseCase('ReconciliationService.Get', {
    summary: 'One reconciliation',
    answer: ReconciliationDto,
  })
  one(@CurrentCall() call: Call, @Param() { id }: ReconciliationIdDto) {
    return this.queries.one(call, id);
  }
}
