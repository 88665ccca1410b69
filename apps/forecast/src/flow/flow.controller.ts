import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import { FlowHistoryDto, FlowPage, FlowQuery, ImportFlowHistoryDto } from './flow.dto.js';
import { FlowQueries } from './flow.queries.js';
import { ImportFlowHistory } from './import-flow-history.js';

@Controller('v1')
export class FlowController {
  constructor(
    private readonly importFlowHistory: ImportFlowHistory,
    private readonly flows: FlowQueries,
  ) {}

  @Post('flow-histories')
  @Duty('statement.enter')
  @UseCase('FlowService.ImportHistory', {
    summary: 'Takes in flows from before the system ran',
    answer: FlowHistoryDto,
    status: 201,
  })
  import(@CurrentCall() call: Call, @Body() body: ImportFlowHistoryDto) {
    return this.importFlowHistory.handle(call, body);
  }

  @Get('flows')
  @Duty('forecast.read')
  @UseCase('FlowService.List', { summary: 'Actual flows, earliest first', answer: FlowPage })
  list(@CurrentCall() call: Call, @Query() query: FlowQuery) {
    return this.flows.list(call, query);
  }
}
