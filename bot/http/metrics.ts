import type { HealthReport } from './health.js'
import type { RefusalCount } from './refusals.js'

/**
 * The same numbers as `/health` with a key, for Prometheus: a number becomes the gauge `winnow_its_name`, a time (ISO 8601)
 * `winnow_its_name_timestamp_seconds`, any other text a label of `winnow_info`. What is null is left out.
 */
export const metricsOf = ({ ok, problems, details }: HealthReport, refusals: readonly RefusalCount[]): string => {
  const entries = Object.entries(details)
  const gauges = entries.flatMap(([key, value]): readonly (readonly [string, number])[] => {
    if (typeof value === 'number') return [[nameOf(key), value]]
    const at = timeOf(value)
    return at === null ? [] : [[`${nameOf(key)}_timestamp_seconds`, at / 1000]]
  })
  const labels = entries.flatMap(([key, value]) =>
    typeof value === 'string' && timeOf(value) === null ? [`${key}="${labelled(value)}"`] : [],
  )
  const all = [['winnow_ok', ok ? 1 : 0] as const, ['winnow_problems', problems.length] as const, ...gauges]
  const lines = [
    ...all.flatMap(([name, value]) => [`# TYPE ${name} gauge`, `${name} ${value}`]),
    ...(labels.length > 0 ? ['# TYPE winnow_info gauge', `winnow_info{${labels.join(',')}} 1`] : []),
    '# HELP winnow_refused_total Requests refused since the start.',
    '# TYPE winnow_refused_total counter',
    ...refusals.map(
      ({ door, status, count }) => `winnow_refused_total{door="${labelled(door)}",status="${status}"} ${count}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** The media type of that text. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

const nameOf = (key: string): string => `winnow_${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`

const timeOf = (value: string | number | null): number | null =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : null

const labelled = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
