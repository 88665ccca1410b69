import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import {
  ForecastIdDto,
  ForecastQuery,
  ListForecastDaysDto,
  RunForecastDto,
} from './forecast.dto.js';
import { ForecastQueries } from './forecast.queries.js';
import { RunForecast } from './run-forecast.js';

@Controller()
export class ForecastGrpcController {
  constructor(
    private readonly runForecast: RunForecast,
    private readonly forecasts: ForecastQueries,
  ) {}

  @GrpcUseCase('ForecastService.Run')
  @Duty('forecast.run')
  run(@CurrentCall() call: Call, @Payload() body: RunForecastDto) {
    return this.runForecast.handle(call, body);
  }

  @GrpcUseCase('ForecastService.List')
  @Duty('forecast.read', 'service.payment')
  list(@CurrentCall() call: Call, @Payload() query: ForecastQuery) {
    return this.forecasts.list(call, query);
  }

  @GrpcUseCase('ForecastService.Get')
  @Duty('forecast.read', 'service.payment')
  one(@CurrentCall() call: Call, @Payload() { id }: ForecastIdDto) {
    return this.forecasts.one(call, id);
  }

  @GrpcUseCase('ForecastService.ListDays')
  @Duty('forecast.read')
  days(@CurrentCall() call: Call, @Payload() { id, ...query }: ListForecastDaysDto) {
    return this.forecasts.days(call, id, query);
  }

  @GrpcUseCase('ForecastService.GetAccuracy')
  @Duty('forecast.read')
  accuracy(@CurrentCall() call: Call, @Payload() { id }: ForecastIdDto) {
    return this.forecasts.accuracy(call, id);
  }
}
