import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import { ReceiveStatement } from './receive-statement.js';
import {
  ReceiveStatementDto,
  StatementDto,
  StatementPage,
  StatementQuery,
} from './statement.dto.js';
import { StatementQueries } from './statement.queries.js';

@Controller('v1/statements')
export class StatementController {
  constructor(
    private readonly receiveStatement: ReceiveStatement,
    private readonly statements: StatementQueries,
  ) {}

  @Post()
  @Duty('statement.enter')
  @UseCase('StatementService.Receive', {
    summary: 'Takes in a daily report of the treasury 库存日报',
    answer: StatementDto,
    status: 201,
  })
  receive(@CurrentCall() call: Call, @Body() body: ReceiveStatementDto) {
    return this.receiveStatement.handle(call, body);
  }

  @Get()
  @Duty('forecast.read', 'statement.enter')
  @UseCase('StatementService.List', {
    summary: 'Statements, latest first',
    answer: StatementPage,
  })
  list(@CurrentCall() call: Call, @Query() query: StatementQuery) {
    return this.statements.list(call, query);
  }
}
