import { z } from 'zod'
import type { Chance } from './chance.js'
import { type Ledger, count } from './ledger.js'
import type { World } from './world.js'

/** Send an alert or a few in one payload: new ones, ones that were sent before, or the same payload twice at once. */
export const sendAlert = async (world: World, ledger: Ledger, chance: Chance, origin: string): Promise<void> => {
  const known = [...ledger.alerts.keys()]
  const isOld = known.length > 0 && chance.odds(0.4)
  const ids = Array.from({ length: chance.one([1, 1, 1, 1, 3, 8]) }, () => (isOld ? chance.one(known) : newId(ledger)))
  const alerts = [...new Set(ids)].map((id) => alertOf(id, chance))
  if (isOld) count(ledger, 'redelivered')
  const payload = alerts.length === 1 ? alerts[0] : { alerts }
  await Promise.all(
    (chance.odds(0.2) ? [1, 2] : [1]).map(() => sendOnce(world, ledger, origin, payload, alerts.length)),
  )
}

/** Send one new alert; whether it was acknowledged. */
export const sendNew = async (world: World, ledger: Ledger, chance: Chance, origin: string): Promise<boolean> => {
  const id = newId(ledger)
  await sendOnce(world, ledger, origin, alertOf(id, chance), 1)
  return ledger.alerts.get(id) !== null
}

const sendOnce = async (world: World, ledger: Ledger, origin: string, payload: unknown, size: number) => {
  const before = new Map(ledger.alerts)
  const reply = await world.alert(origin, payload)
  if (reply === null) return count(ledger, 'cut off')
  if (reply.mayFail && reply.status === 503 && unstored.safeParse(reply.body).success)
    return count(ledger, 'said to have failed')
  const answer = reply.status === 202 ? taken.safeParse(reply.body) : null
  if (!answer?.success || answer.data.alerts.length !== size) {
    ledger.problems.push(`an alert was answered with ${reply.status} ${JSON.stringify(reply.body).slice(0, 300)}`)
    return
  }
  for (const { sourceAlertId, caseId, status } of answer.data.alerts) {
    const first = before.get(sourceAlertId) ?? null
    if (first !== null && (status !== 'known' || first !== caseId)) {
      ledger.problems.push(`alert ${sourceAlertId} was acknowledged as ${first} and is now ${status} as ${caseId}`)
    }
    ledger.alerts.set(sourceAlertId, caseId)
  }
  world.moments.emit('acknowledged')
}

const taken = z.object({
  alerts: z.array(z.object({ caseId: z.string(), sourceAlertId: z.string(), status: z.enum(['new', 'known']) })),
})

const unstored = z.object({ code: z.literal('http/503'), message: z.string().min(10) })

const newId = ({ alerts }: Ledger): string => {
  const id = `crash-${alerts.size + 1}`
  alerts.set(id, null)
  return id
}

/** An alert with that id; sent again, it may say something else, as sources do. */
const alertOf = (id: string, chance: Chance) => ({
  id,
  title: `Something happened (${id})`,
  type: chance.one(['impossible-travel', 'ransomware-activity', 'ARM_OperationFromSuspiciousIP', 'nobody-knows-this']),
  description: 'words '.repeat(chance.between(0, 400)),
  people: [{ upn: `user${chance.between(1, 50)}@contoso.example`, name: 'Kim Karlsen' }],
  addresses: [{ ip: '198.51.100.7', country: 'BR' }],
})
