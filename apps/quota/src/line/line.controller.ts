import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Call, CurrentCall, Duty, IfMatch, PageQuery, UseCase } from '@guoku/service';
import { readers } from '../duties.js';
import {
  AsOfQuery,
  ChangeLineDto,
  LineDto,
  LinePage,
  LinePath,
  LineQuery,
  MovementPage,
  ReclaimDto,
} from './line.dto.js';
import { LineQueries } from './line.queries.js';
import { Lines } from './lines.js';

@Controller('v1/lines')
export class LineController {
  constructor(
    private readonly lines: Lines,
    private readonly queries: LineQueries,
  ) {}

  @Get()
  @Duty(...readers)
  @UseCase('LineService.List', { summary: 'Quota lines 指标', answer: LinePage })
  list(@CurrentCall() call: Call, @Query() query: LineQuery) {
    return this.queries.list(call, query);
  }

  @Get(':bgtId')
  @Duty(...readers)
  @UseCase('LineService.Get', { summary: 'One line, now or as of an instant', answer: LineDto })
  get(@CurrentCall() call: Call, @Param() { bgtId }: LinePath, @Query() { asOf }: AsOfQuery) {
    return this.queries.get(call, bgtId, asOf);
  }

  @Get(':bgtId/movements')
  @Duty(...readers)
  @UseCase('LineService.ListMovements', { summary: 'Its movements', answer: MovementPage })
  movements(@CurrentCall() call: Call, @Param() { bgtId }: LinePath, @Query() query: PageQuery) {
    return this.queries.movements(call, bgtId, query);
  }

  @Post(':bgtId/freeze')
  @Duty('quota.freeze')
  @IfMatch()
  @UseCase('LineService.Freeze', { summary: 'Freezes an amount or the line', answer: LineDto })
  freeze(@CurrentCall() call: Call, @Param() { bgtId }: LinePath, @Body() body: ChangeLineDto) {
    return this.lines.freeze(call, { ...body, bgtId });
  }

  @Post(':bgtId/unfreeze')
  @Duty('quota.freeze')
  @IfMatch()
  @UseCase('LineService.Unfreeze', { summary: 'Opens an amount or the line', answer: LineDto })
  unfreeze(@CurrentCall() call: Call, @Param() { bgtId }: LinePath, @Body() body: ChangeLineDto) {
    return this.lines.unfreeze(call, { ...body, bgtId });
  }

  @Post(':bgtId/reclaim')
  @Duty('quota.freeze')
  @IfMatch()
  @UseCase('LineService.Reclaim', { summary: 'Takes idle quota back 收回', answer: LineDto })
  reclaim(@CurrentCall() call: Call, @Param() { bgtId }: LinePath, @Body() body: ReclaimDto) {
    return this.lines.reclaim(call, { ...body, bgtId });
  }
}
