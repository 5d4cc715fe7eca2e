import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of this process. One registry a process, as Prometheus scrapes one. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

export const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> =>
  new Counter({ name, help, labelNames: [...labelNames], registers: [metrics] });
export const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> =>
  new Gauge({ name, help, labelNames: [...labelNames], registers: [metrics] });
export const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Histogram<L> =>
  new Histogram({ name, help, labelNames: [...labelNames], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], registers: [metrics] });

@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  @Get()
  @Header('content-type', metrics.contentType)
  async scrape(): Promise<string> {
    return metrics.metrics();
  }
}
