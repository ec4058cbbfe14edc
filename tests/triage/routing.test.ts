import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Family, severities } from '../../triage/alert.js'
import { everything, fits, isAsBad, isOpen, route } from '../../triage/routing.js'

const families: readonly Family[] = ['cloud-apps', 'resource-manager', 'elsewhere']
const filter = fc.record({
  family: fc.constantFrom(...families, null),
  atLeast: fc.constantFrom(...severities, null),
})
const alerts = fc.record({ family: fc.constantFrom(...families, null), severity: fc.constantFrom(...severities) })
const channels = fc.array(fc.record({ name: fc.string(), filter }), { minLength: 1, maxLength: 5 })

describe('triage/routing', () => {
  it('lets through one product, what is bad enough, or both', () => {
    const alert = { family: 'cloud-apps', severity: 'medium' } as const
    assert.ok(fits(everything, alert) && isOpen(everything))
    assert.ok(fits({ family: 'cloud-apps', atLeast: 'medium' }, alert))
    assert.ok(!fits({ family: 'cloud-apps', atLeast: 'high' }, alert))
    assert.ok(!fits({ family: 'elsewhere', atLeast: null }, alert))
    assert.ok(!fits({ family: 'elsewhere', atLeast: null }, { family: null, severity: 'high' }))
  })

  it('holds severities against each other in the order of Microsoft’s own steps', () => {
    severities.forEach((atLeast, least) =>
      severities.forEach((severity, at) => assert.equal(isAsBad(severity, atLeast), at >= least)),
    )
  })

  it('always finds a channel when there is one: a filter that fits, else the open one, else the first', () => {
    assert.equal(route([], { family: null, severity: 'high' }), undefined)
    fc.assert(
      fc.property(channels, alerts, (bound, alert) => {
        const found = route(bound, alert)
        assert.ok(found)
        const fitting = bound.filter((one) => !isOpen(one.filter) && fits(one.filter, alert))
        const open = bound.filter((one) => isOpen(one.filter))
        assert.equal(found, fitting[0] ?? open[0] ?? bound[0])
      }),
    )
  })

  it('does not depend on where the open channel stands among the others', () => {
    fc.assert(
      fc.property(channels, alerts, (some, alert) => {
        const others = some.filter((one) => !isOpen(one.filter))
        const open = { name: 'open', filter: everything }
        assert.equal(route([open, ...others], alert), route([...others, open], alert))
      }),
    )
  })
})

describe('triage/routing: a filter', () => {
  const alert = { family: 'cloud-apps', severity: 'medium' } as const

  it('is open only when it asks for no product and no severity', () => {
    assert.ok(isOpen(everything))
    assert.ok(!isOpen({ family: 'cloud-apps', atLeast: null }))
    assert.ok(!isOpen({ family: null, atLeast: 'low' }))
    assert.ok(!isOpen({ family: 'cloud-apps', atLeast: 'low' }))
  })

  it('fits what it asks for, and does not mind what it does not', () => {
    assert.ok(fits(everything, alert))
    assert.ok(fits({ family: null, atLeast: 'medium' }, alert))
    assert.ok(fits({ family: 'cloud-apps', atLeast: null }, alert))
    assert.ok(!fits({ family: null, atLeast: 'high' }, alert))
    assert.ok(!fits({ family: 'resource-manager', atLeast: null }, alert))
    assert.ok(!fits({ family: 'resource-manager', atLeast: 'low' }, alert))
  })
})
