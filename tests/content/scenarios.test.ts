import assert from 'node:assert/strict'
import { loadScenarios, play } from '../../content/author/scenarios.js'
import { alertsFolder } from './files.js'
import { loadGuides } from './guides.js'
import { none } from './none.js'

const guides = await loadGuides()
const all = await loadScenarios(alertsFolder)

describe('content/alerts, scenarios', () => {
  it('belong to a guide', () => {
    assert.deepEqual(
      process.env['GUIDE'] === undefined
        ? [...all.keys()].filter((type) => !guides.some((one) => one.type === type))
        : [],
      [],
    )
  })

  for (const guide of guides) {
    describe(guide.type, () => {
      const { scenarios, problems } = all.get(guide.type) ?? { scenarios: [], problems: [] }

      it('has three or more that can be read, each with a name of its own', () => {
        none(
          guide,
          'scenarios can be read',
          problems.map(({ file, line, text }) => `${file}:${line}: ${text}`),
        )
        const names = scenarios.map(({ name }) => name)
        assert.equal(new Set(names).size, names.length, `${guide.type}: no two scenarios have the same name`)
        assert.ok(names.length >= 3, `${guide.type} has ${names.length} scenarios; write three or more`)
      })

      it('has a scenario for each verdict', () => {
        const reached = new Set(scenarios.flatMap(({ allowed }) => allowed))
        none(
          guide,
          'each verdict has a scenario',
          guide.verdicts.map(({ id }) => id).filter((id) => !reached.has(id)),
        )
      })

      for (const scenario of scenarios) {
        it(scenario.name, () => {
          none(guide, scenario.name, play(guide, scenario).problems)
        })
      }
    })
  }
})
