import { z } from 'zod';
import { defineAction } from './define.ts';
import { none } from './schemas.ts';

export const serviceHealth = z.object({
  service: z.string(),
  nodeId: z.string(),
  postgres: z.boolean(),
  /** `null` when the process runs without NATS. */
  nats: z.boolean().nullable(),
  loops: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      lastRoundAt: z.string().nullable(),
      lastError: z.string().nullable(),
    }),
  ),
});
export type ServiceHealth = z.output<typeof serviceHealth>;

/** Every service answers this; the gateway asks all of them before it says that the product is ready. */
export const healthAction = (service: string) =>
  defineAction({
    name: `${service}.health`,
    summary: `State of ${service}`,
    access: 'internal',
    params: none,
    output: serviceHealth,
  });
