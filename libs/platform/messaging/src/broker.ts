/** One record to publish. Records with the same key keep their order. */
export interface Message {
  readonly key: string;
  readonly value: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Delivery extends Message {
  /** Place in its partition; grows, and may leave gaps. */
  readonly offset: bigint;
}

/** Records of one partition, in order. */
export interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly deliveries: readonly Delivery[];
  /** Records of the partition that come after this batch. */
  readonly behind: bigint;
  /**
   * True when the partition may be another member's by now; what is not begun should be left to
   * that one.
   */
  stale(): boolean;
  /** Tells the broker that this member lives; needed every few seconds while a batch is in work. */
  heartbeat(): Promise<void>;
  /** All records up to and with this one have had their effect and need not come again. */
  commit(offset: bigint): Promise<void>;
}

export interface Publication {
  readonly topic: string;
  readonly messages: readonly Message[];
}

export interface TopicSettings {
  readonly name: string;
  readonly partitions: number;
  readonly retentionDays: number;
}

export interface Subscription {
  /** Waits for the batches in work, then leaves the group. */
  close(): Promise<void>;
}

/**
 * What guoku needs of a broker: records in partitions, groups whose members share the partitions,
 * at least one delivery. Two adapters: KafkaBroker, and MemoryBroker for runs with faults.
 */
export interface Broker {
  /** Makes the topics that are missing. */
  createTopics(topics: readonly TopicSettings[]): Promise<void>;
  /**
   * Returns when all records are safe with the broker. After an error any of them may have been
   * taken.
   */
  publish(publications: readonly Publication[]): Promise<void>;
  /**
   * Joins a group. A new group begins with the oldest record. What is not committed comes again, at
   * the latest to the next member. When eachBatch throws, the batch comes again from the last
   * commit. Batches of different partitions may overlap.
   */
  subscribe(
    group: string,
    topics: readonly string[],
    eachBatch: (batch: Batch) => Promise<void>,
  ): Promise<Subscription>;
  close(): Promise<void>;
}
