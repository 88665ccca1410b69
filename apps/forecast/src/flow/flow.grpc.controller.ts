import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import { FlowQuery, ImportFlowHistoryDto } from './flow.dto.js';
import { FlowQueries } from './flow.queries.js';
import { ImportFlowHistory } from './import-flow-history.js';

@Controller()
export class FlowGrpcController {
  constructor(
    private readonly importFlowHistory: ImportFlowHistory,
    private readonly flows: FlowQueries,
  ) {}

  @GrpcUseCase('FlowService.ImportHistory')
  @Duty('statement.enter')
  import(@CurrentCall() call: Call, @Payload() body: ImportFlowHistoryDto) {
    return this.importFlowHistory.handle(call, body);
  }

  @GrpcUseCase('FlowService.List')
  @Duty('forecast.read')
  list(@CurrentCall() call: Call, @Payload() query: FlowQuery) {
    return this.flows.list(call, query);
  }
}
