import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The Prometheus metrics of one process. */
export interface Metrics {
  registry: Registry;
  actionSeconds: Histogram<'action' | 'outcome'>;
  httpSeconds: Histogram<'method' | 'route' | 'status'>;
  deliveries: Counter<'consumer'>;
  deliveriesParked: Gauge<'consumer'>;
  deliveriesOldestSeconds: Gauge<'consumer'>;
  loopOk: Gauge<'loop'>;
  selfCheckRows: Gauge<'invariant'>;
  selfCheckUnknown: Gauge;
  selfCheckAgeSeconds: Gauge;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'kontor_' });
  const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  return {
    registry,
    actionSeconds: new Histogram({
      name: 'kontor_action_seconds',
      help: 'Duration of actions',
      labelNames: ['action', 'outcome'],
      buckets,
      registers: [registry],
    }),
    httpSeconds: new Histogram({
      name: 'kontor_http_seconds',
      help: 'Duration of HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers: [registry],
    }),
    deliveries: new Counter({
      name: 'kontor_deliveries_total',
      help: 'Event deliveries taken up',
      labelNames: ['consumer'],
      registers: [registry],
    }),
    deliveriesParked: new Gauge({
      name: 'kontor_deliveries_parked',
      help: 'Event deliveries given up, for an administrator to look at',
      labelNames: ['consumer'],
      registers: [registry],
    }),
    deliveriesOldestSeconds: new Gauge({
      name: 'kontor_deliveries_oldest_seconds',
      help: 'How long the oldest event delivery has been waiting that is neither done nor parked',
      labelNames: ['consumer'],
      registers: [registry],
    }),
    loopOk: new Gauge({
      name: 'kontor_loop_ok',
      help: '1 while a consumer or worker makes its rounds',
      labelNames: ['loop'],
      registers: [registry],
    }),
    selfCheckRows: new Gauge({
      name: 'kontor_self_check_rows',
      help: 'Rows that contradict an invariant of the data; anything above 0 is an alert',
      labelNames: ['invariant'],
      registers: [registry],
    }),
    selfCheckUnknown: new Gauge({
      name: 'kontor_self_check_unknown',
      help: 'Invariants that the last self-check could not look at',
      registers: [registry],
    }),
    selfCheckAgeSeconds: new Gauge({
      name: 'kontor_self_check_age_seconds',
      help: 'Time since the last self-check of the data ended',
      registers: [registry],
    }),
  };
}
