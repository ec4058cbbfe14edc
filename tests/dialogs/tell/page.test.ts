import assert from 'node:assert/strict'
import { pageOnCall } from '../../../dialogs/tell/page.js'
import { type Severity, severities } from '../../../triage/alert.js'
import { ada, anAlert, caseId } from '../../support/cast.js'
import { claimed, opened, untilClosed } from '../../support/diary.js'
import { seenAfter } from '../../support/seen.js'

describe('dialogs/tell/page', () => {
  const fresh = seenAfter(opened)
  const kind = fresh.guide.title
  const another = (id: string, severity: Severity) => ({
    ...fresh,
    state: { ...fresh.state, id, alert: anAlert({ severity }) },
  })

  it('calls whoever is on call by name, and says how bad it is, what it is and which case', () => {
    const call = pageOnCall([fresh], { person: ada, atLeast: 'low' })
    assert.match(
      call?.text ?? '',
      new RegExp(`^page\\(name=${ada.name}, severity=severity.medium\\(\\), kind=${kind}, code=${caseId}\\)$`),
    )
    assert.deepEqual(call?.mentions, [ada])
    assert.equal(call?.about, fresh)
  })

  it('calls for what is as bad as told, or worse', () => {
    const called = severities.filter((atLeast) => pageOnCall([fresh], { person: ada, atLeast }))
    assert.deepEqual(called, ['informational', 'low', 'medium'])
  })

  it('calls nobody when nobody is on call, nor when somebody has the case or it is closed', () => {
    const onCall = { person: ada, atLeast: 'informational' } as const
    assert.equal(pageOnCall([fresh], null), null)
    assert.equal(pageOnCall([], onCall), null)
    assert.equal(pageOnCall([seenAfter(opened, claimed), seenAfter(...untilClosed)], onCall), null)
  })

  it('tells of the worst of several, of equals the first, and how many more there are that would be called for', () => {
    const cases = [another('c-1', 'medium'), another('c-2', 'high'), another('c-3', 'high'), another('c-4', 'low')]
    const call = pageOnCall([seenAfter(opened, claimed), ...cases], { person: ada, atLeast: 'medium' })
    assert.equal(call?.about.state.id, 'c-2')
    assert.match(call?.text ?? '', /^page\.more\(.*severity=severity\.high\(\), .*code=c-2, count=2\)$/)
  })

  it('makes a hostile name harmless, the same in the sentence and in the mention', () => {
    const name = `Ada\u202E\n${'x'.repeat(100)}{code}`
    const { text, mentions } = pageOnCall([fresh], { person: { id: 'u', name }, atLeast: 'low' }) ?? assert.fail()
    assert.equal(mentions[0]?.name.length, 60)
    assert.match(mentions[0]?.name ?? '', /^Ada\[U\+202E\] x+…$/)
    assert.ok(text.includes(`name=${mentions[0]?.name ?? '-'},`))
    assert.match(text, new RegExp(`code=${caseId}`))
  })
})
