import type { HealthReport } from './health.js'
import type { RefusalCount } from './refusals.js'

/**
 * The same numbers as `/health` with a key, for Prometheus: a number becomes the gauge `winnow_its_name`, a time (ISO 8601)
 * `winnow_its_name_timestamp_seconds`, any other text a label of `winnow_info`. What is null is left out.
 */
export const metricsOf = async (
  { ok, problems, details }: HealthReport,
  refusals: readonly RefusalCount[],
): Promise<string> => {
  // Only when it is asked for: most of what it takes is memory.
  const { Counter, Gauge, Registry } = await import('prom-client')
  const registry = new Registry()
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value)
  gauge('winnow_ok', '1 when there are no problems.', ok ? 1 : 0)
  gauge('winnow_problems', 'Problems that /health lists.', problems.length)
  for (const [key, value] of Object.entries(details)) {
    const at = timeOf(value)
    if (typeof value === 'number') gauge(nameOf(key), `As in /health: ${key}.`, value)
    else if (at !== null) gauge(`${nameOf(key)}_timestamp_seconds`, `As in /health: ${key}.`, at / 1000)
  }
  const labels = Object.fromEntries(
    Object.entries(details).flatMap(([key, value]) =>
      typeof value === 'string' && timeOf(value) === null ? [[key, value] as const] : [],
    ),
  )
  const labelNames = Object.keys(labels)
  if (labelNames.length > 0) {
    new Gauge({ name: 'winnow_info', help: 'What runs.', labelNames, registers: [registry] }).set(labels, 1)
  }
  const refused = new Counter({
    name: 'winnow_refused_total',
    help: 'Requests refused since the start.',
    labelNames: ['door', 'status'],
    registers: [registry],
  })
  for (const { door, status, count } of refusals) refused.inc({ door, status }, count)
  return registry.metrics()
}

/** The media type of that text. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

const nameOf = (key: string): string => `winnow_${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`

const timeOf = (value: string | number | null): number | null =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : null
