import assert from 'node:assert/strict'
import { walks } from '../../content/load/walks.js'
import { evaluateVerdicts, isAllowed } from '../../triage/evaluate-verdicts.js'
import { match } from '../../triage/match.js'
import { aReading } from '../support/cast.js'
import { loadGuide } from './guides.js'
import { none } from './none.js'

const account = await loadGuide('ARM_UnusedAccountPersistence')
const powershell = await loadGuide('ARM_UnusedAppPowershellPersistence')
const portal = await loadGuide('ARM_UnusedAppIbizaPersistence')
const other = await loadGuide('other')

/** Answers to the record check that explain the work. */
const covering = new Set(['change', 'drill', 'test', 'provider'])

describe('content/alerts/ARM_Unused…Persistence', () => {
  it('are told apart by title, with every preview marker', () => {
    for (const guide of [account, powershell, portal]) {
      for (const title of [
        guide.title,
        `PREVIEW - ${guide.title}`,
        `PREVIEW – ${guide.title}`,
        `${guide.title} (Preview)`,
      ]) {
        const reading = aReading({ family: 'resource-manager', key: null, title })
        assert.equal(match(reading, [account, powershell, portal, other]).guide.type, guide.type, title)
      }
    }
  })

  it('take nothing that lasts for benign on the word of the person alone', () => {
    for (const guide of [account, powershell, portal]) {
      const alone = walks(guide)
        .filter((way) =>
          evaluateVerdicts(guide, way)
            .filter(isAllowed)
            .some(({ verdict }) => verdict.class === 'FP' || verdict.class === 'B-TP'),
        )
        .map((way) => new Map(way.map(({ check, option }) => [check, option])))
        .filter(
          (answers) =>
            !covering.has(answers.get('record') ?? '') &&
            answers.get('duty') !== 'yes' &&
            answers.get('made') !== 'nothing',
        )
      none(
        guide,
        'a record, the manager, or HR is behind what was made',
        alone.map((answers) => [...answers].map((pair) => pair.join('=')).join(' ')),
      )
    }
  })
})
