import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Batch,
  Broker,
  Delivery,
  Message,
  Publication,
  Subscription,
  TopicSettings,
} from './broker.js';
import { randomFrom, type Random } from './random.js';

/**
 * What the broker may do wrong. Each share is between 0 and 1; the seed makes the same choices
 * again.
 */
export interface Faults {
  readonly seed: number;
  /** Share of records that come a second time, later. */
  readonly duplicate?: number;
  /**
   * A partition waits up to this long before its next batch, so that keys and topics overtake one
   * another.
   */
  readonly delayMsMax?: number;
  /** Share of publications that fail before anything is taken. */
  readonly lostConnection?: number;
  /** Share of publications and commits that are taken and then answered with an error. */
  readonly lostAcknowledgement?: number;
}

interface Partition {
  readonly topic: string;
  readonly index: number;
  readonly records: Delivery[];
}

interface Member {
  readonly topics: ReadonlySet<string>;
  readonly eachBatch: (batch: Batch) => Promise<void>;
  readonly inHand: Set<Promise<void>>;
}

interface Group {
  readonly members: Member[];
  /** Next offset to read, by partition. */
  readonly committed: Map<Partition, bigint>;
  readonly pumping: Set<Partition>;
  generation: number;
}

const BATCH_MAX = 50;

/**
 * A broker in this process, which does on demand what a broker may do to us. Nothing outlives it.
 */
export class MemoryBroker implements Broker {
  private readonly topics = new Map<string, Partition[]>();
  private readonly groups = new Map<string, Group>();
  private readonly random: Random;
  private closed = false;

  constructor(private readonly faults: Faults = { seed: 0 }) {
    this.random = randomFrom(faults.seed);
  }

  async createTopics(topics: readonly TopicSettings[]): Promise<void> {
    for (const { name, partitions } of topics) {
      if (this.topics.has(name)) continue;
      const made = Array.from({ length: partitions }, (_, index): Partition => {
        return { topic: name, index, records: [] };
      });
      this.topics.set(name, made);
    }
  }

  async publish(publications: readonly Publication[]): Promise<void> {
    if (this.closed) throw new Error('the broker is closed');
    if (this.chance(this.faults.lostConnection)) throw new Error('the connection was lost');
    for (const { topic, messages } of publications) {
      const partitions = this.partitionsOf(topic);
      for (const message of messages) {
        this.store(partitions, message);
        if (this.chance(this.faults.duplicate)) this.storeLater(partitions, message);
      }
    }
    this.wake();
    if (this.chance(this.faults.lostAcknowledgement)) throw new Error('no acknowledgement came');
  }

  async subscribe(
    group: string,
    topics: readonly string[],
    eachBatch: (batch: Batch) => Promise<void>,
  ): Promise<Subscription> {
    for (const topic of topics) this.partitionsOf(topic);
    const joined = this.groups.get(group) ?? emptyGroup();
    this.groups.set(group, joined);
    const member: Member = { topics: new Set(topics), eachBatch, inHand: new Set() };
    joined.members.push(member);
    joined.generation += 1;
    this.wake();
    return {
      close: async () => {
        joined.members.splice(joined.members.indexOf(member), 1);
        joined.generation += 1;
        await Promise.all(member.inHand);
        this.wake();
      },
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    const members = [...this.groups.values()].flatMap((group) => group.members);
    await Promise.all(members.flatMap(({ inHand }) => [...inHand]));
  }

  private chance(share = 0): boolean {
    return share > 0 && this.random() < share;
  }

  private partitionsOf(topic: string): Partition[] {
    const partitions = this.topics.get(topic);
    if (!partitions) throw new Error(`there is no topic ${topic}`);
    return partitions;
  }

  private store(partitions: readonly Partition[], message: Message): void {
    const hash = [...message.key].reduce(
      (sum, char) => (sum * 31 + char.charCodeAt(0)) % 65_521,
      7,
    );
    const records = partitions[hash % partitions.length]?.records;
    records?.push({ ...message, offset: BigInt(records.length) });
  }

  private storeLater(partitions: readonly Partition[], message: Message): void {
    const again = setTimeout(
      () => {
        this.store(partitions, message);
        this.wake();
      },
      1 + this.random() * 50,
    );
    again.unref();
  }

  /**
   * Lets every partition that has records and a member be worked on, each by one member at a time.
   */
  private wake(): void {
    for (const group of this.groups.values()) {
      for (const partition of [...this.topics.values()].flat()) {
        if (group.pumping.has(partition)) continue;
        group.pumping.add(partition);
        void this.pump(group, partition);
      }
    }
  }

  private async pump(group: Group, partition: Partition): Promise<void> {
    for (;;) {
      await sleep(this.random() * (this.faults.delayMsMax ?? 0));
      const from = Number(group.committed.get(partition) ?? 0n);
      const size = 1 + Math.floor(this.random() * BATCH_MAX);
      const deliveries = partition.records.slice(from, from + size);
      const member = ownerOf(group, partition);
      if (this.closed || !member || deliveries.length === 0) {
        // In the same step as the decision, or a record that comes now would wake nobody.
        group.pumping.delete(partition);
        return;
      }
      await this.give(member, this.batchOf(group, partition, deliveries));
    }
  }

  private async give(member: Member, batch: Batch): Promise<void> {
    // As with a real broker, the batch of a member that fails comes again from the last commit.
    const work = member.eachBatch(batch).catch(() => sleep(5));
    member.inHand.add(work);
    await work;
    member.inHand.delete(work);
  }

  private batchOf(group: Group, partition: Partition, deliveries: readonly Delivery[]): Batch {
    const { generation } = group;
    const end = (deliveries.at(-1)?.offset ?? -1n) + 1n;
    return {
      topic: partition.topic,
      partition: partition.index,
      deliveries,
      behind: BigInt(partition.records.length) - end,
      stale: () => this.closed || group.generation !== generation,
      heartbeat: async () => undefined,
      commit: async (offset) => {
        if (this.chance(this.faults.lostConnection)) throw new Error('the connection was lost');
        group.committed.set(partition, offset + 1n);
        if (this.chance(this.faults.lostAcknowledgement)) throw new Error('no answer came');
      },
    };
  }
}

function emptyGroup(): Group {
  return { members: [], committed: new Map(), pumping: new Set(), generation: 0 };
}

function ownerOf(group: Group, { topic, index }: Partition): Member | undefined {
  const members = group.members.filter(({ topics }) => topics.has(topic));
  return members[index % members.length];
}
