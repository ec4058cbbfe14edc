import { z } from 'zod'
import type { StoredCase } from '../../store/store.js'
import { replay } from '../../triage/evolve.js'
import { incidents, people } from '../support/activities.js'
import type { WinnowProcess } from '../support/winnow-process.js'
import { readFolder } from './disk.js'
import { acknowledged } from './ledger.js'
import type { Shift } from './load.js'
import { forgotten, missingFrom } from './missing.js'
import { lineOf } from './press.js'
import type { World } from './world.js'
import { lostOf, wrongOnScreen } from './shown.js'
import { flawsOf } from './sound.js'

/** While nobody owns the folder: all that was acknowledged is there, readable, once, and sound. Tells the people who has what. */
export const checkFolder = async (shift: Shift, tidy = false): Promise<readonly string[]> => {
  const { cases, problems } = await readFolder(shift.world.cases, tidy)
  const before = seen.get(shift)?.diaries ?? new Map<string, string>()
  const diaries = new Map([...cases].map(([caseId, { diary }]) => [caseId, JSON.stringify(diary)]))
  seen.set(shift, { cases, diaries })
  const isNew = (caseId: string) => diaries.get(caseId) !== before.get(caseId)
  shift.owners.clear()
  for (const [caseId, { diary }] of cases) {
    const owner = [people.ana, people.bo].find(({ aadObjectId }) => aadObjectId === replay(diary)?.owner?.id)
    if (owner) shift.owners.set(caseId, owner)
  }
  return [
    ...problems,
    ...missingFrom(cases, shift.ledger),
    ...forgotten(before, diaries),
    ...[...cases]
      .filter(([caseId]) => isNew(caseId))
      .flatMap(([caseId, { diary }]) => flawsOf(diary).map((flaw) => `case ${caseId}: ${flaw}`)),
  ]
}

/** The last, quiet life: what Winnow says and what Teams shows, once there is nothing left to draw. */
export const checkTheEnd = async (
  shift: Shift,
  winnow: WinnowProcess,
): Promise<readonly (readonly [string, readonly string[]])[]> => {
  const { world, ledger } = shift
  world.calm()
  await winnow.go()
  const origin = await winnow.up
  await winnow.openCases
  await winnow.drawn()
  const unhealthy = await damageSaid(world, origin)
  const unheard = await askForAll(shift, origin)
  await winnow.drawn()
  const code = await winnow.stop()
  const onDisk = await checkFolder(shift, true)
  const cases = seen.get(shift)?.cases ?? new Map<string, StoredCase>()
  const lost = lostOf(cases)
  return [
    ['the last start finds nothing damaged', unhealthy],
    [`the service knows all ${cases.size} cases with their newest line`, unheard],
    ['it stops in good order', code === 0 ? [] : [`exit code ${code}`]],
    [
      `all ${acknowledged(ledger)} alerts and ${ledger.clicks.length} clicks acknowledged are on disk at the end`,
      onDisk,
    ],
    [
      `every card shows the newest line, but ${lost} lost ones that the channel was told of`,
      wrongOnScreen(cases, world.connector),
    ],
  ]
}

/** The cases as the last look saw them, and their diaries as texts. */
type Seen = { readonly cases: ReadonlyMap<string, StoredCase>; readonly diaries: ReadonlyMap<string, string> }
const seen = new WeakMap<Shift, Seen>()

/** What Winnow says is wrong with what it remembers. */
export const damageSaid = async ({ keyHeader }: World, origin: string): Promise<readonly string[]> => {
  const response = await fetch(`${origin}/health`, { headers: { authorization: keyHeader } })
  const { problems, details } = report.parse(await response.json())
  // That cards are owed is told as well, and is no damage.
  return [
    ...(details.damagedCases > 0 ? [`${details.damagedCases} are damaged`] : []),
    ...problems.filter((text) => !owed.test(text)),
  ]
}

const report = z.object({
  problems: z.array(z.string()),
  details: z.object({ damagedCases: z.number() }),
})
const owed = /^\d+ cards are out of date/

/** Ask for every case as somebody who presses a button that only looks, on a message that Teams does not name. */
const askForAll = async ({ world }: Shift, origin: string): Promise<readonly string[]> => {
  const problems: string[] = []
  const { cases } = await readFolder(world.cases)
  for (const [caseId, { diary }] of cases) {
    const from = { by: people.ana, conversation: incidents, but: { replyToId: undefined } }
    const look = world.activities.invoke('look', { caseId, line: 0 }, '', from)
    const reply = await world.tell(origin, look)
    const line = lineOf({ reply })
    if (line !== diary.length - 1) problems.push(`case ${caseId} is at ${diary.length - 1}, the service says ${line}`)
  }
  return problems
}
