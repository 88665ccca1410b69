import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import { ReceiveStatement } from './receive-statement.js';
import { ReceiveStatementDto, StatementQuery } from './statement.dto.js';
import { StatementQueries } from './statement.queries.js';

@Controller()
export class StatementGrpcController {
  constructor(
    private readonly receiveStatement: ReceiveStatement,
    private readonly statements: StatementQueries,
  ) {}

  @GrpcUseCase('StatementService.Receive')
  @Duty('statement.enter')
  receive(@CurrentCall() call: Call, @Payload() body: ReceiveStatementDto) {
    return this.receiveStatement.handle(call, body);
  }

  @GrpcUseCase('StatementService.List')
  @Duty('forecast.read', 'statement.enter')
  list(@CurrentCall() call: Call, @Payload() query: StatementQuery) {
    return this.statements.list(call, query);
  }
}
