/** Who may look at what came in, one list for REST and gRPC. */
export const readers = ['receipt.read', 'receipt.enter', 'receipt.approve'] as const;
