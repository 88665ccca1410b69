import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Day } from '@guoku/calendar';
import { protoFolder } from '@guoku/contracts';
import type { Sentence } from '@guoku/domain-payment';
import type { Money } from '@guoku/money';
import { Config, Log } from '@guoku/service';
import { ServiceTokens } from './service-tokens.js';

export interface HoldQuestion {
  readonly requestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  /** Business day of the instruction. */
  readonly date: Day;
}

/** Yes, no with the reason, or null: quota could not be asked. */
export type HoldAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly detail: Sentence }
  | null;

/** A no is one of these; every other status means that the question did not come through. */
const NO = [
  status.NOT_FOUND,
  status.FAILED_PRECONDITION,
  status.INVALID_ARGUMENT,
  status.ALREADY_EXISTS,
  status.OUT_OF_RANGE,
];
const DEADLINE_MS = 5_000;
/** gRPC's own patience grows to two minutes, which payments would wait after quota is back. */
const RECONNECT = {
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
};

/** Quota, asked once more before money leaves: may this part of the hold be paid today? */
@Injectable()
export class QuotaHolds implements OnApplicationShutdown {
  private readonly client: Client;
  private readonly methods = methodsOfHolds();

  constructor(
    config: Config,
    private readonly tokens: ServiceTokens,
    private readonly log: Log,
  ) {
    this.client = new Client(config.peers.quota ?? '', credentials.createInsecure(), RECONNECT);
  }

  onApplicationShutdown(): void {
    this.client.close();
  }

  /**
   * Safe to repeat: quota keeps its answer by payment.
   *
   * @param dryRun ask without moving anything
   */
  async confirm(mofDivCode: string, question: HoldQuestion, dryRun = false): Promise<HoldAnswer> {
    try {
      const { requestId, paymentId, amount, date } = question;
      const message = { requestId, paymentId, amount: amount.toString(), date };
      const how = { key: `confirm/${paymentId}`, dryRun };
      const outcome = await this.ask('Confirm', mofDivCode, message, how);
      if (outcome === null) return { ok: true };
      if (!NO.includes(outcome.code)) throw outcome;
      const inChinese = await this.ask('Confirm', mofDivCode, message, { ...how, language: 'zh' });
      const { code, detail } = problemOf(outcome);
      return {
        ok: false,
        code,
        detail: { zh: problemOf(inChinese ?? outcome).detail, en: detail },
      };
    } catch (error) {
      this.log.warn(
        `quota could not be asked about ${question.paymentId}: ${String(error)}`,
        'quota',
      );
      return null;
    }
  }

  /**
   * Takes quota's yes back: what was in transit for the payment is held again. Safe to repeat.
   *
   * @returns false where quota could not be told
   */
  async cancelConfirm(
    mofDivCode: string,
    { requestId, paymentId }: Pick<HoldQuestion, 'requestId' | 'paymentId'>,
  ): Promise<boolean> {
    try {
      const key = `cancel/${paymentId}`;
      const outcome = await this.ask(
        'CancelConfirm',
        mofDivCode,
        { requestId, paymentId },
        { key },
      );
      if (outcome !== null) throw outcome;
      return true;
    } catch (error) {
      this.log.warn(
        `quota could not be told that ${paymentId} is recalled: ${String(error)}`,
        'quota',
      );
      return false;
    }
  }

  private async ask(
    name: keyof HoldMethods,
    mofDivCode: string,
    message: object,
    { key, language = 'en', dryRun = false }: { key: string; language?: string; dryRun?: boolean },
  ): Promise<ServiceError | null> {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${await this.tokens.tokenFor(mofDivCode)}`);
    metadata.set('idempotency-key', key);
    metadata.set('accept-language', language);
    if (dryRun) metadata.set('dry-run', 'true');
    const { path, requestSerialize, responseDeserialize } = this.methods[name];
    return new Promise((resolve) => {
      this.client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        message,
        metadata,
        { deadline: Date.now() + DEADLINE_MS },
        (error) => resolve(error),
      );
    });
  }
}

type HoldMethods = ReturnType<typeof methodsOfHolds>;

function methodsOfHolds() {
  const definitions = loadSync('guoku/quota/v1/hold.proto', { includeDirs: [protoFolder] });
  const service = definitions['guoku.quota.v1.HoldService'];
  if (service === undefined || 'format' in service)
    throw new Error('no HoldService in the contract');
  const named = (name: string): MethodDefinition<object, object> => {
    const method = service[name];
    if (method === undefined) throw new Error(`the contract has no HoldService.${name}`);
    return method;
  };
  return { Confirm: named('Confirm'), CancelConfirm: named('CancelConfirm') };
}

/** Code and text as the platform's doors tell them: `code: text`. */
function problemOf({ metadata, details }: ServiceError): { code: string; detail: string } {
  const code = metadata.get('guoku-code')[0]?.toString() ?? 'refused';
  const told = details.startsWith(`${code}: `) ? details.slice(code.length + 2) : details;
  return { code, detail: told };
}
