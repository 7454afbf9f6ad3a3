/** Where each figure comes from belongs here: the vendor's page, or a measurement. */
export const limits = { text: 4_000, retryMs: 1_000 } as const;
