import { setTimeout as sleep } from 'node:timers/promises';
import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoFolder, type EventData, type EventType } from '@guoku/contracts';
import type { Broker, Subscription } from '@guoku/messaging';
import { Money } from '@guoku/money';
import { v7 } from 'uuid';
import { idOf, mofDivCode, officeLine, wagesLine } from './books.js';

interface Question {
  readonly requestId: string;
  readonly paymentId: string;
  readonly amount: string;
}

type Call = ServerUnaryCall<Question, object>;

interface Hold {
  readonly bgtId: string;
  held: Money;
}

const lines = new Map([
  [idOf('office'), officeLine],
  [idOf('wages'), wagesLine],
]);

/**
 * Stands where the quota service would, at its door and on its topic, and does on demand what that would do only now
 * and then: say no, be away, answer twice. Its contract is quota's own proto and events; the whole of quota meets
 * payment in kills.sim.spec.ts.
 */
export class StandingQuota {
  readonly holds = new Map<string, Hold>();
  readonly confirmed = new Map<string, string>();
  readonly released: string[] = [];
  /** Requests to which it says no at instruction. */
  readonly frozen = new Set<string>();
  /** What a line still has; a request above it is refused. */
  available = Money.of('1000000.00');
  isAway = false;
  /** How long it takes to hear. */
  delayMs = 0;
  /** How often it tells each event. */
  times = 1;
  private subscription: Subscription | undefined;
  private readonly server = new Server();

  private constructor(private readonly broker: Broker) {}

  /** @param at port, where it has to be a certain one */
  static async start(broker: Broker, at = 0): Promise<{ quota: StandingQuota; address: string }> {
    const quota = new StandingQuota(broker);
    const definitions = loadSync('guoku/quota/v1/hold.proto', { includeDirs: [protoFolder] });
    const service = definitions['guoku.quota.v1.HoldService'] as unknown as ServiceDefinition;
    const place = quota.answer.bind(quota);
    const cancel = quota.cancel.bind(quota);
    quota.server.addService(service, { Confirm: place, CancelConfirm: cancel });
    const port = await new Promise<number>((resolve, reject) => {
      quota.server.bindAsync(
        `127.0.0.1:${at}`,
        ServerCredentials.createInsecure(),
        (error, bound) => (error ? reject(error) : resolve(bound)),
      );
    });
    quota.subscription = await broker.subscribe('quota', ['guoku.payment.v1'], async (batch) => {
      for (const { value, offset } of batch.deliveries) {
        await sleep(quota.delayMs);
        await quota.hear(JSON.parse(value) as Heard);
        await batch.commit(offset);
      }
    });
    return { quota, address: `127.0.0.1:${port}` };
  }

  async stop(): Promise<void> {
    await this.subscription?.close();
    this.server.forceShutdown();
  }

  private answer(call: Call, reply: sendUnaryData<object>): void {
    const { requestId, paymentId, amount } = call.request;
    const refuse = (code: number, name: string): void => {
      const metadata = new Metadata();
      metadata.set('guoku-code', name);
      const chinese = call.metadata.get('accept-language')[0] === 'zh';
      reply({ code, details: `${name}: ${chinese ? '不行' : 'no'}`, metadata });
    };
    const hold = this.holds.get(requestId);
    const isKnown = this.confirmed.has(paymentId);
    if (this.isAway) refuse(status.UNAVAILABLE, 'away');
    else if (isKnown) reply(null, { requestId, paymentId, amount, place: 'in-transit' });
    else if (hold === undefined) refuse(status.NOT_FOUND, 'hold_unknown');
    else if (this.frozen.has(requestId)) refuse(status.FAILED_PRECONDITION, 'line_frozen');
    else if (Money.of(amount).compare(hold.held) > 0)
      refuse(status.FAILED_PRECONDITION, 'above_hold');
    else {
      if (call.metadata.get('dry-run')[0] !== 'true') {
        hold.held = hold.held.minus(Money.of(amount));
        this.confirmed.set(paymentId, amount);
      }
      reply(null, { requestId, paymentId, amount, place: 'in-transit' });
    }
  }

  /** What was confirmed is held again. */
  private cancel(call: Call, reply: sendUnaryData<object>): void {
    const { requestId, paymentId } = call.request;
    if (this.isAway) {
      reply({ code: status.UNAVAILABLE, details: 'away: no' });
      return;
    }
    const hold = this.holds.get(requestId);
    const amount = this.confirmed.get(paymentId);
    if (hold !== undefined && amount !== undefined) hold.held = hold.held.plus(Money.of(amount));
    this.confirmed.delete(paymentId);
    reply(null, { requestId, paymentId, amount: amount ?? '0.00', place: 'held' });
  }

  private async hear({ type, data }: Heard): Promise<void> {
    switch (type) {
      case 'guoku.fund-request.submitted.v1':
        return this.place(data.requestId, data.bgtId, data.amount);
      case 'guoku.fund-request.withdrawn.v1':
        return this.release(data.requestId);
      case 'guoku.fund-request.carried-over.v1':
        await this.release(data.requestId);
        return this.place(data.nextRequestId ?? '', data.bgtId, data.amount);
      case 'guoku.payment.returned.v1':
        return this.takeBack(data);
      default:
        return undefined;
    }
  }

  private async place(requestId: string, bgtId: string, amount: string): Promise<void> {
    const line = lines.get(bgtId);
    if (line === undefined || Money.of(amount).compare(this.available) > 0) {
      const detail = { zh: '可用指标不足', en: 'the line has too little' };
      const available = this.available.toString();
      const refused = { requestId, bgtId, amount, code: 'line_short', detail, available };
      return this.say('guoku.quota.refused.v1', requestId, refused);
    }
    if (this.holds.has(requestId)) return undefined;
    this.holds.set(requestId, { bgtId, held: Money.of(amount) });
    return this.say('guoku.quota.held.v1', requestId, { requestId, bgtId, amount, line });
  }

  async release(requestId: string): Promise<void> {
    const hold = this.holds.get(requestId);
    if (hold === undefined || hold.held.isZero()) return;
    const { bgtId, held } = hold;
    hold.held = Money.zero;
    this.released.push(requestId);
    const amount = held.toString();
    await this.say('guoku.quota.released.v1', requestId, { requestId, bgtId, amount });
  }

  /** Before settlement the hold stands again; after it so in the same fiscal year, which begins in October. */
  private async takeBack(data: HeardData): Promise<void> {
    const { requestId, bgtId, paymentId = '', amount, settledYear, date = '' } = data;
    const hold = this.holds.get(requestId);
    if (hold === undefined || !this.confirmed.delete(paymentId)) return;
    const year = date < '2011-10-01' ? '2011' : '2012';
    const restored = data.afterSettlement === false || settledYear === year;
    if (restored) hold.held = hold.held.plus(Money.of(amount));
    if (data.afterSettlement === false) return;
    const back = { requestId, bgtId, paymentId, amount, restored };
    await this.say('guoku.quota.returned.v1', requestId, back);
  }

  async say<Type extends EventType>(
    type: Type,
    aggregate: string,
    data: EventData<Type>,
  ): Promise<void> {
    const id = v7();
    for (let time = 0; time < this.times; time += 1) {
      await publish(this.broker, type, id, aggregate, data);
    }
  }
}

/** Says an event as its service would. */
export async function publish<Type extends EventType>(
  broker: Broker,
  type: Type,
  id: string,
  aggregate: string,
  data: EventData<Type>,
): Promise<void> {
  const service = type.startsWith('guoku.quota') ? 'quota' : 'forecast';
  const event = {
    specversion: '1.0',
    id,
    source: `/guoku/${service}`,
    type,
    subject: aggregate,
    time: new Date().toISOString(),
    actor: `${service}-1`,
    mofdivcode: mofDivCode,
    data,
  };
  const message = { key: `${mofDivCode}/${aggregate}`, value: JSON.stringify(event) };
  // As its outbox would: until the broker has it, and so perhaps more than once.
  for (let tries = 0; ; tries += 1) {
    try {
      await broker.publish([{ topic: `guoku.${service}.v1`, messages: [message] }]);
      return;
    } catch (error) {
      if (tries === 50) throw error;
    }
  }
}

interface HeardData {
  readonly requestId: string;
  readonly nextRequestId?: string;
  readonly bgtId: string;
  readonly amount: string;
  readonly paymentId?: string;
  readonly afterSettlement?: boolean;
  readonly settledYear?: string;
  readonly date?: string;
}

interface Heard {
  readonly type: string;
  readonly data: HeardData;
}
