import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch, Broker, Message } from '@guoku/messaging';
import { eventually } from '@guoku/testing';

const message = (key: string, value: string): Message => ({
  key,
  value,
  headers: { kind: 'test' },
});

/** Ten values for each of six keys, in turn. */
const sixty = Array.from({ length: 60 }, (_, n) => message(`key-${n % 6}`, String(n)));

const commitAll = async (batch: Batch) => {
  const last = batch.deliveries.at(-1);
  if (last) await batch.commit(last.offset);
};

/** What every adapter of the Broker port promises. The broker must have no faults. */
export function promisesOfABroker(brokerOf: () => Promise<Broker>): void {
  let broker: Broker;
  let topics = 0;

  beforeAll(async () => {
    broker = await brokerOf();
  });
  afterAll(async () => {
    await broker.close();
  });

  async function newTopic(partitions = 3): Promise<string> {
    topics += 1;
    const name = `topic-${topics}`;
    await broker.createTopics([{ name, partitions, retentionDays: 1 }]);
    return name;
  }

  async function collect(group: string, topic: string, to: { key: string; value: string }[]) {
    return broker.subscribe(group, [topic], async (batch) => {
      to.push(...batch.deliveries);
      await commitAll(batch);
    });
  }

  it('gives a new group every record from the oldest on, with key, value and headers', async () => {
    const topic = await newTopic();
    await broker.publish([{ topic, messages: sixty.slice(0, 30) }]);
    const came: Message[] = [];
    const subscription = await collect('oldest', topic, came);
    await broker.publish([{ topic, messages: sixty.slice(30) }]);
    await eventually(() => expect(came).toHaveLength(60));
    await subscription.close();
    expect(came).toContainEqual(expect.objectContaining(message('key-3', '3')));
  });

  it('keeps the order of each key', async () => {
    const topic = await newTopic();
    const came: Message[] = [];
    const subscription = await collect('order', topic, came);
    for (const one of sixty) await broker.publish([{ topic, messages: [one] }]);
    await eventually(() => expect(came).toHaveLength(60));
    await subscription.close();
    for (const key of new Set(sixty.map((one) => one.key))) {
      const values = (of: readonly Message[]) =>
        of.filter((one) => one.key === key).map(({ value }) => value);
      expect(values(came)).toEqual(values(sixty));
    }
  });

  it('gives every group everything', async () => {
    const topic = await newTopic();
    const [a, b]: [Message[], Message[]] = [[], []];
    const subscriptions = [await collect('a', topic, a), await collect('b', topic, b)];
    await broker.publish([{ topic, messages: sixty }]);
    await eventually(() => expect([a.length, b.length]).toEqual([60, 60]));
    await Promise.all(subscriptions.map((subscription) => subscription.close()));
  });

  it('publishes to several topics at once, and creates a topic twice without harm', async () => {
    const [first, second] = [await newTopic(), await newTopic()];
    await broker.createTopics([{ name: first, partitions: 3, retentionDays: 1 }]);
    const came: Message[] = [];
    await broker.publish([
      { topic: first, messages: sixty.slice(0, 1) },
      { topic: second, messages: sixty.slice(1, 2) },
    ]);
    const subscription = await broker.subscribe('several', [first, second], async (batch) => {
      came.push(...batch.deliveries);
      await commitAll(batch);
    });
    await eventually(() => expect(came.map(({ value }) => value).sort()).toEqual(['0', '1']));
    await subscription.close();
  });

  it('gives again what was not committed, and not what was', async () => {
    const topic = await newTopic(1);
    await broker.publish([{ topic, messages: sixty }]);
    const first = await broker.subscribe('commits', [topic], async (batch) => {
      for (const { value, offset } of batch.deliveries) {
        if (value === '19') await batch.commit(offset);
        if (value === '20') throw new Error('the member dies here');
      }
    });
    await sleep(500);
    await first.close();
    const came: Message[] = [];
    const second = await collect('commits', topic, came);
    await eventually(() => expect(came).toHaveLength(40));
    await second.close();
    expect(came[0]?.value).toBe('20');
  });

  it('gives a batch again when its member throws', async () => {
    const topic = await newTopic(1);
    await broker.publish([{ topic, messages: sixty }]);
    const seen = new Set<string>();
    let faults = 0;
    const subscription = await broker.subscribe('throws', [topic], async (batch) => {
      if (faults < 2) {
        faults += 1;
        throw new Error('not now');
      }
      for (const { value } of batch.deliveries) seen.add(value);
      await commitAll(batch);
    });
    await eventually(() => expect(seen.size).toBe(60));
    await subscription.close();
    expect(faults).toBe(2);
  });

  it('shares the partitions among the members of a group, and hands them over when one leaves', async () => {
    const topic = await newTopic(4);
    const [a, b]: [Message[], Message[]] = [[], []];
    const first = await collect('shared', topic, a);
    const second = await collect('shared', topic, b);
    await eventually(async () => {
      await broker.publish([{ topic, messages: sixty }]);
      expect(Math.min(a.length, b.length)).toBeGreaterThan(0);
    });
    await first.close();
    const before = b.length;
    await broker.publish([{ topic, messages: [message('last', 'last'), ...sixty] }]);
    await eventually(() => {
      expect(b.length).toBeGreaterThanOrEqual(before + 61);
      expect(b).toContainEqual(expect.objectContaining({ value: 'last' }));
    });
    await second.close();
  });

  it('tells how many records of the partition come after a batch', async () => {
    const topic = await newTopic(1);
    await broker.publish([{ topic, messages: sixty }]);
    const behind: bigint[] = [];
    let count = 0;
    const subscription = await broker.subscribe('lag', [topic], async (batch) => {
      count += batch.deliveries.length;
      behind.push(batch.behind + BigInt(count));
      await commitAll(batch);
    });
    await eventually(() => expect(count).toBe(60));
    await subscription.close();
    expect(new Set(behind)).toEqual(new Set([60n]));
  });

  it('lets a member finish its batch before it leaves', async () => {
    const topic = await newTopic(1);
    await broker.publish([{ topic, messages: sixty }]);
    let begun = 0;
    let finished = 0;
    const subscription = await broker.subscribe('leaving', [topic], async (batch) => {
      begun += 1;
      await sleep(200);
      await commitAll(batch);
      finished += 1;
    });
    await eventually(() => expect(begun).toBeGreaterThan(0));
    await subscription.close();
    expect(finished).toBe(begun);
  });
}
