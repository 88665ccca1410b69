import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Transactor } from '@guoku/persistence';
import { Metrics } from '../metrics.js';
import { Readiness } from '../readiness.js';
import { PublicEndpoint } from '../use-case.js';

interface Reply {
  status(code: number): Reply;
}

/** What operators and orchestrators ask. */
@Controller()
export class LifeController {
  constructor(
    private readonly readiness: Readiness,
    private readonly transactor: Transactor,
    private readonly metrics: Metrics,
  ) {}

  @Get('health')
  @PublicEndpoint()
  @ApiOperation({ operationId: 'health', summary: 'The process is alive' })
  health(): object {
    return { status: 'alive' };
  }

  /** Takes calls: started, not stopping, and its database answers. The broker may be away: the outbox waits for it. */
  @Get('ready')
  @PublicEndpoint()
  @ApiOperation({ operationId: 'ready', summary: 'The service takes calls' })
  async ready(@Res({ passthrough: true }) reply: Reply): Promise<object> {
    const status = await this.state();
    if (status !== 'ready') reply.status(503);
    return { status };
  }

  @Get('metrics')
  @PublicEndpoint()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ operationId: 'metrics', summary: 'Figures for Prometheus' })
  async scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  private async state(): Promise<string> {
    if (this.readiness.state !== 'ready') return this.readiness.state;
    try {
      await this.transactor.run((session) => session.one('select 1'));
      return 'ready';
    } catch {
      return 'database away';
    }
  }
}
