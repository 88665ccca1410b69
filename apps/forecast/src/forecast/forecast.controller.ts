import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import {
  ForecastAccuracyDto,
  ForecastDayPage,
  ForecastDaysQuery,
  ForecastDto,
  ForecastIdDto,
  ForecastPage,
  ForecastQuery,
  RunForecastDto,
} from './forecast.dto.js';
import { ForecastQueries } from './forecast.queries.js';
import { RunForecast } from './run-forecast.js';

@Controller('v1/forecasts')
export class ForecastController {
  constructor(
    private readonly runForecast: RunForecast,
    private readonly forecasts: ForecastQueries,
  ) {}

  @Post()
  @Duty('forecast.run')
  @UseCase('ForecastService.Run', {
    summary: 'Forecasts from the last day that is known, and publishes what planning may count on',
    answer: ForecastDto,
    status: 201,
  })
  run(@CurrentCall() call: Call, @Body() body: RunForecastDto) {
    return this.runForecast.handle(call, body);
  }

  @Get()
  @Duty('forecast.read', 'service.payment')
  @UseCase('ForecastService.List', {
    summary: 'Forecasts, latest origin first',
    answer: ForecastPage,
  })
  list(@CurrentCall() call: Call, @Query() query: ForecastQuery) {
    return this.forecasts.list(call, query);
  }

  @Get(':id')
  @Duty('forecast.read', 'service.payment')
  @UseCase('ForecastService.Get', { summary: 'One forecast', answer: ForecastDto })
  one(@CurrentCall() call: Call, @Param() { id }: ForecastIdDto) {
    return this.forecasts.one(call, id);
  }

  @Get(':id/days')
  @Duty('forecast.read')
  @UseCase('ForecastService.ListDays', {
    summary: 'Quantiles by pool, series and day, with what happened since',
    answer: ForecastDayPage,
  })
  days(
    @CurrentCall() call: Call,
    @Param() { id }: ForecastIdDto,
    @Query() query: ForecastDaysQuery,
  ) {
    return this.forecasts.days(call, id, query);
  }

  @Get(':id/accuracy')
  @Duty('forecast.read')
  @UseCase('ForecastService.GetAccuracy', {
    summary: 'How the forecast did on the days since',
    answer: ForecastAccuracyDto,
  })
  accuracy(@CurrentCall() call: Call, @Param() { id }: ForecastIdDto) {
    return this.forecasts.accuracy(call, id);
  }
}
