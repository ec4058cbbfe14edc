import { ada, anAlert, ben, caseId, eve, intent, wrote } from '../support/cast.js'
import { claimed, opened, untilClosed } from '../support/diary.js'
import { given } from '../support/given.js'

describe('triage/decide: opening', () => {
  const open = intent(ada, { type: 'open', alert: anAlert(), guide: 'impossible-travel' })

  it('opens a case once, however often its alert is delivered', () => {
    given()
      .when(open)
      .then(
        wrote(ada, {
          type: 'opened',
          caseId,
          alert: anAlert(),
          playbook: 'impossible-travel',
          version: 'v1',
          language: 'en',
        }),
      )
    given(opened).when(open).thenNothing()
    given(...untilClosed)
      .when(open)
      .thenNothing()
  })

  it('knows no other beginning: everything else is refused as long as there is no case', () => {
    given()
      .when(intent(ada, { type: 'take' }))
      .thenRefused('no-case', { code: caseId })
    given()
      .when(intent(ada, { type: 'note', text: 'Hello' }))
      .thenRefused('no-case')
  })
})

describe('triage/decide: the line', () => {
  it('refuses a click on an old card, and one that claims to have seen the future', () => {
    given(opened, claimed)
      .when(intent(ada, { type: 'release' }, { line: 0 }))
      .thenRefused('old-card', { code: caseId })
    given(opened, claimed)
      .when(intent(ada, { type: 'release' }, { line: 2 }))
      .thenRefused('old-card')
    given(opened, claimed)
      .when(intent(ada, { type: 'release' }, { line: Number.NaN }))
      .thenRefused('old-card')
  })

  it('does not mind when a command says that the line does not matter', () => {
    given(opened, claimed)
      .when(intent(ada, { type: 'release' }, { line: null }))
      .then(wrote(ada, { type: 'released' }))
  })

  it('refuses an old card before anything else, so nobody is told of rules that do not matter', () => {
    given(...untilClosed)
      .when(intent(eve, { type: 'release' }, { line: 0 }))
      .thenRefused('old-card')
  })
})

describe('triage/decide: who has it', () => {
  const released = wrote(ada, { type: 'released' })
  const toBen = wrote(ben, { type: 'handed-over', to: ben })

  it('gives a case to the first who takes it', () => {
    given(opened)
      .when(intent(ada, { type: 'take' }))
      .then(claimed)
    given(opened, claimed)
      .when(intent(ben, { type: 'take' }))
      .thenRefused('not-owner', { owner: ada.name })
    given(opened, claimed)
      .when(intent(ada, { type: 'take' }))
      .thenRefused('already-yours')
  })

  it('gives it back, and somebody else may take it', () => {
    given(opened, claimed)
      .when(intent(ada, { type: 'release' }))
      .then(released)
    given(opened, claimed, released)
      .when(intent(ben, { type: 'take' }))
      .then(wrote(ben, { type: 'claimed' }))
    given(opened, claimed)
      .when(intent(ben, { type: 'release' }))
      .thenRefused('not-owner')
    given(opened)
      .when(intent(ada, { type: 'release' }))
      .thenRefused('nobody-owns')
  })

  it('lets a colleague take it over', () => {
    given(opened, claimed)
      .when(intent(ben, { type: 'take-over' }))
      .then(toBen)
    given(opened, claimed)
      .when(intent(ada, { type: 'take-over' }))
      .thenRefused('already-yours')
    given(opened)
      .when(intent(ben, { type: 'take-over' }))
      .thenRefused('nobody-owns')
    given(opened, claimed, toBen)
      .when(intent(ada, { type: 'answer', check: 'address', option: 'ours' }))
      .thenRefused('not-owner', { owner: ben.name })
  })

  it('knows people by their id, whatever they are called', () => {
    given(opened, claimed)
      .when(intent({ ...ben, name: ada.name }, { type: 'release' }))
      .thenRefused('not-owner')
    const renamed = { ...ada, name: 'Ada Married' }
    given(opened, claimed)
      .when(intent(renamed, { type: 'release' }))
      .then(wrote(renamed, { type: 'released' }))
  })

  it('moves nothing once it is closed', () => {
    for (const type of ['take', 'release', 'take-over'] as const) {
      given(...untilClosed)
        .when(intent(ada, { type }))
        .thenRefused('closed', { by: ada.name })
      given(...untilClosed)
        .when(intent(ben, { type }))
        .thenRefused('closed')
    }
  })
})

describe('triage/decide: the card in one’s own chat', () => {
  it('is for the owner of an open case, and nothing to write down', () => {
    const want = (by = ada) => intent(by, { type: 'continue-in-chat' })
    given(opened, claimed).when(want()).thenNothing()
    given(opened).when(want()).thenRefused('nobody-owns')
    given(opened, claimed).when(want(ben)).thenRefused('not-owner')
    given(...untilClosed)
      .when(want())
      .thenRefused('closed')
  })
})
