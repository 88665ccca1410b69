import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf } from '@guoku/calendar';
import { TOPICS } from '@guoku/contracts';
import { MemoryBroker } from '@guoku/messaging';
import { Money } from '@guoku/money';
import { Clock, Log, readConfig } from '@guoku/service';
import { eventually, serviceEnvironment, type TestDatabase } from '@guoku/testing';
import { QuotaHolds } from '../src/quota-client/quota-holds.js';
import { ServiceTokens } from '../src/quota-client/service-tokens.js';
import { idOf, mofDivCode, monday } from './books.js';
import { StandingQuota } from './standing-quota.js';

/** Long enough that gRPC's own next try, but for our settings, would be seconds later. */
const AWAY_MS = 11_500;

test('quota that was away for long is asked again within two seconds of its return', async () => {
  // The client needs no database, only an address that can be read.
  const nowhere = { url: 'postgres://nobody@127.0.0.1:1/none' } as TestDatabase;
  const own = await serviceEnvironment(nowhere, { withKafka: false });
  // Where nobody listens yet.
  const port = Number(own['GRPC_PORT']);
  const environment = {
    ...own,
    OIDC_CLIENT_ID: 'payment',
    OIDC_CLIENT_SECRET: 'test',
    QUOTA_GRPC: `127.0.0.1:${port}`,
  };
  const config = readConfig(environment, 'payment', ['quota']);
  const holds = new QuotaHolds(config, new ServiceTokens(config, new Clock()), new Log(config));
  const question = {
    requestId: idOf('unknown'),
    paymentId: idOf('payment'),
    amount: Money.of('1.00'),
    date: dayOf(monday),
  };
  const ask = () => holds.confirm(mofDivCode, question);
  const broker = new MemoryBroker();
  await broker.createTopics(TOPICS);
  let quota: StandingQuota | undefined;
  try {
    for (const until = Date.now() + AWAY_MS; Date.now() < until;) {
      expect(await ask()).toBeNull();
      await sleep(100);
    }
    ({ quota } = await StandingQuota.start(broker, port));
    const heard = async () => {
      expect(await ask()).toMatchObject({ ok: false, code: 'hold_unknown' });
    };
    await eventually(heard, { withinMs: 2000, everyMs: 50 });
  } finally {
    holds.onApplicationShutdown();
    await quota?.stop();
  }
}, 30_000);
