import { isFault } from '../../triage/fault.js'
import type { IntakeResult } from '../cases/open-case.js'
import type { Intake } from './routes.js'

/** Hears of alerts by source and by what became of them. */
export type CountAlerts = (
  source: string,
  outcome: IntakeResult['alerts'][number]['status'] | 'ignored' | 'refused' | 'failed',
  count?: number,
) => void

/** The same intake, and what becomes of each alert is counted; a payload that can't be read or stored counts once. */
export const countIntake =
  (take: Intake['take'], count: CountAlerts): Intake['take'] =>
  async (body, source) => {
    try {
      const result = await take(body, source)
      for (const alert of result.alerts) count(alert.source, alert.status)
      count(source ?? 'any', 'ignored', result.ignored.length)
      return result
    } catch (error) {
      count(source ?? 'any', isFault(error) && error.code.startsWith('intake/') ? 'refused' : 'failed')
      throw error
    }
  }
