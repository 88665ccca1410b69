import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type Call, CurrentCall, Duty, GrpcUseCase, IfMatch } from '@guoku/service';
import { readers } from '../duties.js';
import {
  ChangeLineMessage,
  GetLineMessage,
  LineQuery,
  ListMovementsMessage,
  ReclaimMessage,
} from './line.dto.js';
import { LineQueries } from './line.queries.js';
import { Lines } from './lines.js';

@Controller()
export class LineGrpcController {
  constructor(
    private readonly lines: Lines,
    private readonly queries: LineQueries,
  ) {}

  @Duty(...readers)
  @GrpcUseCase('LineService.List')
  list(@CurrentCall() call: Call, @Payload() query: LineQuery) {
    return this.queries.list(call, query);
  }

  @Duty(...readers)
  @GrpcUseCase('LineService.Get')
  get(@CurrentCall() call: Call, @Payload() { bgtId, asOf }: GetLineMessage) {
    return this.queries.get(call, bgtId, asOf);
  }

  @Duty(...readers)
  @GrpcUseCase('LineService.ListMovements')
  movements(@CurrentCall() call: Call, @Payload() { bgtId, ...query }: ListMovementsMessage) {
    return this.queries.movements(call, bgtId, query);
  }

  @Duty('quota.freeze')
  @IfMatch()
  @GrpcUseCase('LineService.Freeze')
  freeze(@CurrentCall() call: Call, @Payload() body: ChangeLineMessage) {
    return this.lines.freeze(call, body);
  }

  @Duty('quota.freeze')
  @IfMatch()
  @GrpcUseCase('LineService.Unfreeze')
  unfreeze(@CurrentCall() call: Call, @Payload() body: ChangeLineMessage) {
    return this.lines.unfreeze(call, body);
  }

  @Duty('quota.freeze')
  @IfMatch()
  @GrpcUseCase('LineService.Reclaim')
  reclaim(@CurrentCall() call: Call, @Payload() body: ReclaimMessage) {
    return this.lines.reclaim(call, body);
  }
}
