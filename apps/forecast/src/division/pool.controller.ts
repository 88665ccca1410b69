import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, PageQuery, UseCase, type Call } from '@guoku/service';
import { AccountPage, PoolPage, PositionQuery, PositionsDto } from './pool.dto.js';
import { ImportDivision } from './import-division.js';
import { ImportDivisionDto, ImportedDto } from './import-division.dto.js';
import { PoolQueries } from './pool.queries.js';

@Controller('v1')
export class PoolController {
  constructor(
    private readonly importDivision: ImportDivision,
    private readonly pools: PoolQueries,
  ) {}

  @Post('division-imports')
  @Duty('division.import')
  @UseCase('DivisionService.Import', {
    summary: 'Sets up accounts, pools and calendar of the division',
    answer: ImportedDto,
    status: 201,
  })
  import(@CurrentCall() call: Call, @Body() body: ImportDivisionDto) {
    return this.importDivision.handle(call, body);
  }

  @Get('pools')
  @Duty('forecast.read')
  @UseCase('PoolService.List', { summary: 'Cash pools of the division', answer: PoolPage })
  list(@CurrentCall() call: Call, @Query() query: PageQuery) {
    return this.pools.pools(call, query);
  }

  @Get('position')
  @Duty('forecast.read')
  @UseCase('PoolService.GetPosition', {
    summary: 'What is in each pool 库款余额',
    answer: PositionsDto,
  })
  position(@CurrentCall() call: Call, @Query() query: PositionQuery) {
    return this.pools.position(call, query);
  }

  @Get('accounts')
  @Duty('forecast.read')
  @UseCase('AccountService.List', {
    summary: 'Treasury accounts of the division',
    answer: AccountPage,
  })
  accounts(@CurrentCall() call: Call, @Query() query: PageQuery) {
    return this.pools.accounts(call, query);
  }
}
