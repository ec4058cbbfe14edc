import { openDesk } from '../../bot/cases/desk.js'
import { type EffectsOutbox, openEffectsOutbox } from '../../bot/effects/outbox.js'
import type { Target } from '../../bot/effects/target.js'
import { memoryStore } from '../../store/memory.js'
import type { Store } from '../../store/store.js'
import type { Alert } from '../../triage/alert.js'
import type { Command } from '../../triage/command.js'
import type { Guide } from '../../triage/guide.js'
import type { Person } from '../../triage/person.js'
import { type Draft, ada, anAlert, caseId } from './cast.js'
import { fakeClock } from './fake-clock.js'
import { travel } from './guides.js'

/** A desk and what it tells outside; a second one with the same store is the process after a kill. */
export const effectsWorld = (
  targets: readonly Target[],
  store: Store = memoryStore(),
  guideOf: (type: string) => Guide = () => travel,
  clock = fakeClock(),
) => {
  const logged: string[] = []
  let seconds = 0
  let effects: EffectsOutbox | null = null
  const at = () => new Date(Date.UTC(2026, 2, 2, 9, 0, (seconds += 1))).toISOString()
  const desk = openDesk(store, guideOf, at, (record) => effects?.wants(record) ?? false)
  const log = (_: object, text: string) => void logged.push(text)
  const outbox = openEffectsOutbox({
    targets,
    desk,
    clock,
    random: () => 0,
    now: at,
    log: { info: () => {}, warn: log, error: log },
  })
  effects = outbox
  desk.onWritten((written) => outbox.note(written))
  const press = async (by: Person, ...drafts: readonly Draft[]) => {
    const commands = drafts.map((draft): Command => ({ caseId, line: null, ...draft, at: at(), by }))
    const { refusal } = await desk.settle(caseId, commands)
    if (refusal) throw new Error(`refused: ${refusal.refusal}`)
  }
  type Bare = Draft extends infer One ? (One extends Draft ? Omit<One, 'at' | 'by'> : never) : never
  return {
    store,
    desk,
    outbox,
    clock,
    logged,
    open: (alert: Partial<Alert>) => desk.open(caseId, anAlert(alert), 'impossible-travel', []),
    press: (by: Person, ...bare: readonly Bare[]) => press(by, ...bare.map((one) => ({ ...one, at: '', by }))),
    /** Ada takes the case and finds that a VPN explains it. */
    judge: () =>
      press(
        ada,
        ...[
          { type: 'take' as const },
          { type: 'answer' as const, check: 'address', option: 'ours' },
          { type: 'record-verdict' as const, verdict: 'fp-vpn', reason: '' },
        ].map((one) => ({ ...one, at: '', by: ada })),
      ),
    /** As after a start. */
    resume: async () => {
      const { state, diary } = await desk.look(caseId)
      if (state) outbox.note({ state, diary })
    },
    /** Let it send until nothing more comes of it. */
    settle: async () => {
      do {
        await outbox.idle()
        await clock.run()
      } while (await outbox.idle())
    },
    standings: async () => {
      const { state } = await desk.look(caseId)
      return (state?.effects ?? []).map(({ effect, state: one, does, why }) =>
        [effect.replace(`/${caseId}`, ''), one, does, ...(why ? [why] : [])].join(' | '),
      )
    },
  }
}

/** One of them. */
export type EffectsWorld = ReturnType<typeof effectsWorld>
