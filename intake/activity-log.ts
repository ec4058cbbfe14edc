import { compose } from './compose.js'
import { accountNamed, namedIn, resourcesIn } from './defender-entities.js'
import { firstGiven, objectInside } from './inside.js'
import { own, ownAt, type Json, type Outcome, type Step } from './outcome.js'
import { accounts } from './people.js'
import { over, saidIn } from './source-said.js'
import { given, shown } from './text.js'
import { tactics } from './tactics.js'
import { familyOfKey, typeKey } from './type-key.js'

/** True for an event of the Azure Activity Log, whatever it tells of. */
export const isActivityLogEvent = (item: Json): boolean =>
  Object.hasOwn(item, 'operationName') &&
  ['eventDataId', 'eventTimestamp', 'correlationId', 'submissionTimestamp', 'eventSource'].filter((name) =>
    Object.hasOwn(item, name),
  ).length > 0 &&
  !/^AdvancedHunting/i.test(given(own(item, 'category')) ?? '')

/** The reading of an alert of Defender for Cloud as the Activity Log has it. */
export const readActivityLogEvent = (item: Json, now: string): Outcome => readEvent(item, [], {}, now)

/** What is known of an event from around it: the title and link of the rule that passed it on. */
export type Around = {
  readonly title?: unknown
  readonly description?: unknown
  readonly resources?: readonly unknown[]
}

/** The reading of an event that stands at `path`. Events that are no alerts are ignored. */
export const readEvent = (item: Json, path: readonly Step[], around: Around, now: string): Outcome => {
  const operation = firstGiven(ownAt(item, 'operationName', 'value'), own(item, 'operationName')) ?? ''
  const category = firstGiven(
    ownAt(item, 'category', 'value'),
    own(item, 'category'),
    own(item, 'eventSource'),
    ownAt(item, 'eventSource', 'value'),
  )
  const isAlert =
    /microsoft\.security\/.*\balerts\b/i.test(operation.slice(0, 300)) || /^security$/i.test(category ?? '')
  if (!isAlert) {
    return { kind: 'ignored', reason: `this is an Azure Activity Log event that is no security alert` }
  }
  const properties = objectInside(own(item, 'properties'))
  const state = `${firstGiven(ownAt(item, 'status', 'value'), own(item, 'status')) ?? ''} ${operation.slice(0, 300)}`
  const idName = given(own(item, 'eventDataId')) === null ? 'correlationId' : 'eventDataId'
  const id = { path: [...path, idName], value: alertIdIn(item) ?? own(item, idName) }
  const done = /\b(resolve|dismiss)/i.exec(state)?.[1]?.toLowerCase()
  if (done !== undefined) {
    const reason = `the alert ${shown(id.value)} is already ${done}${done.endsWith('e') ? 'd' : 'ed'} in Defender for Cloud`
    const told = saidIn(item, done === 'resolve' ? 'resolved' : 'dismissed', {
      changedBy: 'caller',
      changedAt: ['eventTimestamp', 'time', 'submissionTimestamp'],
    })
    return over(reason, told, [['defender-for-cloud', id.value]])
  }
  const { key, simulated } = typeKey(firstGiven(own(properties, 'alertType'), own(properties, 'AlertType')))
  const entity = given(own(properties, 'compromisedEntity'))
  const title = firstGiven(
    ownAt(item, 'eventName', 'value'),
    own(item, 'eventName'),
    own(properties, 'eventName'),
    own(properties, 'alertDisplayName'),
    around.title,
    firstSentence(own(item, 'description')),
    entity === null ? null : `Defender for Cloud alert on ${entity}`,
  )
  const times = ['eventTimestamp', 'time', 'submissionTimestamp'].map((name) => ({
    path: [...path, name],
    value: own(item, name),
  }))
  const named = namedIn([], properties, key)
  const caller = accounts([accountNamed(own(item, 'caller'))])
  return compose(
    { id, title: { path: [...path, 'eventName'], value: title }, times },
    {
      source: 'defender-for-cloud',
      family: key === null ? null : familyOfKey(key),
      key,
      description: firstGiven(own(item, 'description'), own(properties, 'description'), around.description),
      severity: own(properties, 'severity') ?? own(properties, 'Severity'),
      ...named,
      people: named.people.length > 0 ? named.people : caller.people,
      identities: named.people.length > 0 ? named.identities : [...named.identities, ...caller.identities],
      resources: resourcesIn([], null, entity).concat(around.resources ?? []),
      tactics: tactics(own(properties, 'intent')),
      link: firstGiven(own(properties, 'alertUri'), own(properties, 'link')),
      sample: simulated,
    },
    now,
  )
}

/** The alert's own id, where the event or its resource tells it: its time in ticks, then a GUID. */
const alertIdIn = (item: Json): string | null => {
  for (const name of ['eventDataId', 'correlationId']) {
    const id = given(own(item, name))
    if (id !== null && /^\d{15,}_/.test(id)) return id
  }
  const resource = firstGiven(own(item, 'resourceId'), ownAt(item, 'resourceUri'), own(item, 'id')) ?? ''
  return /\/alerts\/([^/]{1,200})(?:\/|$)/i.exec(resource.slice(0, 2_000))?.[1] ?? null
}

const firstSentence = (value: unknown): string | null => {
  const text = given(value)
  return text === null ? null : (/^[^.\n\r]{1,300}/.exec(text)?.[0] ?? null)
}
