import assert from 'node:assert/strict'
import { type DrawObject, loadRender } from '../support/load-render.js'
import { type Scenario, loadScenarios } from '../../content/author/scenarios.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { clickToIntent } from '../../dialogs/hear/click-to-intent.js'
import { showChannel } from '../../dialogs/show/show.js'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import type { Diary } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Guide } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'
import { isRefusal } from '../../triage/refusal.js'
import { type Json, buttonsOf, objectsOf } from '../support/card-walk.js'
import { ada, anAlert, caseId, mia, minute, wrote } from '../support/cast.js'
import { words } from '../support/words.js'
import { alertsFolder } from './files.js'
import { loadGuides } from './guides.js'

const guides = await loadGuides()
const all = await loadScenarios(alertsFolder)
const optionOf = (given: Scenario['answers'][string]): string => (typeof given === 'string' ? given : given.is)

/** A case of that guide, worked through its cards alone: one press after the other, as many as there were. */
const presser = (guide: Guide, render: DrawObject) => {
  const opening = {
    type: 'open',
    caseId,
    line: null,
    guide: guide.type,
    alert: anAlert(),
    at: minute(0),
    by: ada,
  } as const
  let diary: Diary = [decide(opening, null, guide)].flatMap((made) => (isRefusal(made) ? assert.fail() : made))
  let taps = 0
  const context = (): CaseContext => {
    const state = replay(diary)
    assert.ok(state)
    return { state, diary, cards: {}, guide, phrases: words, titleOf: (type) => type }
  }
  const settle = (commands: readonly Command[]): void => {
    for (const command of commands) {
      const made = decide(command, context().state, guide)
      assert.ok(!isRefusal(made), `${guide.type}: ${JSON.stringify(made)}`)
      diary = [...diary, ...made]
    }
  }
  const card = (): Json => render(showChannel(context()))
  return {
    context,
    count: () => taps,
    has: (verb: string) => buttonsOf(card()).some((one) => one['verb'] === verb),
    /** Press the button that does this, with what is ticked on the card. */
    press: (verb: string, carries: Json, ticks: Json = {}): void => {
      const button = buttonsOf(card()).find(
        ({ verb: own, data }) =>
          own === verb && Object.entries(carries).every(([key, value]) => Object(data)[key] === value),
      )
      assert.ok(button, `${guide.type}: no button that does ${verb} ${JSON.stringify(carries)}`)
      taps += 1
      if (verb === 'ask-manager') {
        const command = { type: verb, manager: mia, about: 'Kim', until: minute(60) } as const
        settle([{ ...command, caseId, line: context().state.line - 1, at: minute(0), by: ada }])
        return
      }
      const made = clickToIntent(verb, { ...Object(button['data']), ...ticks }, { at: minute(0), by: ada })
      assert.ok('kind' in made && made.kind === 'commands')
      settle(made.commands)
    },
    answers: (answer: 'yes' | 'no') =>
      void (diary = [...diary, wrote(mia, { type: 'manager-answered', answer, from: null, to: null, note: '' })]),
    /** The steps that can be ticked on the card, by their inputs. */
    ticks: (): Json =>
      Object.fromEntries(
        objectsOf(card())
          .filter(({ type, isMultiSelect }) => type === 'Input.ChoiceSet' && isMultiSelect === true)
          .map(({ id, choices }) => [
            String(id),
            objectsOf(choices)
              .map(({ value }) => String(value))
              .join(','),
          ]),
      ),
  }
}

/** True where the scenario goes as the manager's no points to. */
const saysNo = ({ checks }: Guide, { answers }: Scenario): boolean =>
  checks.some(({ id, manager }) => {
    const given = answers[id]
    return given !== undefined && manager?.suggests?.no === optionOf(given)
  })

/** From the card of a new case to the closed case, as that scenario goes. */
const tapsFor = (guide: Guide, one: Scenario, render: DrawObject, asksManager: boolean): number => {
  const desk = presser(guide, render)
  let isAsked = !asksManager
  for (let { next } = nextChecks(guide, []); next; { next } = nextChecks(guide, desk.context().state.answers)) {
    const given = one.answers[next.id]
    assert.ok(given !== undefined, `${one.name}: ${next.id}`)
    if (!isAsked && desk.has('ask-manager')) {
      desk.press('ask-manager', {})
      desk.answers(saysNo(guide, one) ? 'no' : 'yes')
      isAsked = true
    }
    desk.press(desk.context().state.owner ? 'answer' : 'start', { check: next.id, option: optionOf(given) })
  }
  assert.ok(isAsked, `${one.name}: nobody could be asked`)
  desk.press('judge', { verdict: one.allowed[0] })
  desk.press('close', {}, desk.ticks())
  assert.ok(desk.context().state.closed)
  return desk.count()
}

describe('content/alerts: how many taps a case takes, apart from ticks', () => {
  let render: DrawObject
  before(async () => {
    render = await loadRender()
  })

  for (const [type, asksManager] of [
    ['impossible-travel', true],
    ['ransomware-activity', false],
    ['ARM_MicroBurst.AZStorageKeysREST', false],
    ['other', false],
  ] as const) {
    it(`${type}${asksManager ? ', with the manager asked' : ''}: eight at the most, on every way to a verdict`, () => {
      const guide = guides.find((known) => known.type === type)
      assert.ok(guide)
      const scenarios = (all.get(type)?.scenarios ?? []).filter(({ early }) => !early)
      const counts = scenarios
        .filter(
          ({ answers }) => !asksManager || guide.checks.some(({ id, manager }) => manager !== null && id in answers),
        )
        .map((one) => tapsFor(guide, one, render, asksManager))
      assert.ok(counts.length > 3)
      assert.ok(Math.max(...counts) <= 8, counts.join(' '))
    })
  }

  it('every other guide: nine at the most, for an answer is a tap, the verdict one, and closing one', () => {
    for (const guide of guides)
      for (const { early, answers, name } of all.get(guide.type)?.scenarios ?? [])
        if (!early) assert.ok(Object.keys(answers).length + 2 <= 9, `${guide.type}: ${name}`)
  })
})
