import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, PageQuery, type Call } from '@guoku/service';
import { PositionQuery } from './pool.dto.js';
import { ImportDivision } from './import-division.js';
import { ImportDivisionDto } from './import-division.dto.js';
import { PoolQueries } from './pool.queries.js';

@Controller()
export class PoolGrpcController {
  constructor(
    private readonly importDivision: ImportDivision,
    private readonly pools: PoolQueries,
  ) {}

  @GrpcUseCase('DivisionService.Import')
  @Duty('division.import')
  import(@CurrentCall() call: Call, @Payload() body: ImportDivisionDto) {
    return this.importDivision.handle(call, body);
  }

  @GrpcUseCase('PoolService.List')
  @Duty('forecast.read')
  list(@CurrentCall() call: Call, @Payload() query: PageQuery) {
    return this.pools.pools(call, query);
  }

  @GrpcUseCase('PoolService.GetPosition')
  @Duty('forecast.read')
  position(@CurrentCall() call: Call, @Payload() query: PositionQuery) {
    return this.pools.position(call, query);
  }

  @GrpcUseCase('AccountService.List')
  @Duty('forecast.read')
  accounts(@CurrentCall() call: Call, @Payload() query: PageQuery) {
    return this.pools.accounts(call, query);
  }
}
