import type { OutsideAnswer, OutsideRequest } from './fake-outside.js'

/** An incident as Graph keeps it. */
export type KeptIncident = {
  status: string
  classification: string | null
  determination: string | null
  assignedTo: string | null
  lastUpdateDateTime: string
  redirectIncidentId: string | null
  comments: { readonly comment: string }[]
  alerts: { readonly id: string }[]
}

/**
 * Graph's `security/incidents` as its documents describe it: what can be written, that a change makes an incident active or resolved and
 * nothing else, which classifications and determinations there are, that alerts are told only to who asks for them, and that comments
 * are added by themselves.
 */
export const fakeIncidents = (prefix = '/v1.0') => {
  const incidents = new Map<string, KeptIncident>()
  const refusals: string[] = []
  let time = Date.parse('2026-03-02T12:00:00Z')
  const now = () => new Date((time += 1000)).toISOString()

  const refuse = (why: string): OutsideAnswer => {
    refusals.push(why)
    return { status: 400, body: { error: { code: 'InvalidRequestBody', message: why } } }
  }

  const patch = (incident: KeptIncident, body: Readonly<Record<string, unknown>>): OutsideAnswer => {
    const strange = Object.keys(body).filter((name) => !writable.has(name))
    if (strange.length > 0) return refuse(`not writable: ${strange.join(', ')}`)
    const { status = 'active', classification, determination, assignedTo = incident.assignedTo } = body
    if (status !== 'active' && status !== 'resolved') return refuse(`status ${textOf(status)}`)
    if (assignedTo !== null && typeof assignedTo !== 'string') return refuse('assignedTo')
    if ((classification === undefined) !== (determination === undefined)) return refuse('one without the other')
    if (classification !== undefined && !determinations[textOf(classification)]?.includes(textOf(determination)))
      return refuse(`${textOf(classification)} with ${textOf(determination)}`)
    Object.assign(incident, body, { lastUpdateDateTime: now() })
    return { status: 200, body: incident }
  }

  const handle = ({ method, url, headers, body }: OutsideRequest): OutsideAnswer => {
    if (headers.authorization !== 'Bearer graph-token')
      return { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } }
    const [, id = '', comments] =
      /^\/security\/incidents\/(\d+)(\/comments)?$/.exec(url.pathname.slice(prefix.length)) ?? []
    const incident = incidents.get(id)
    if (!incident) return { status: 404, body: { error: { code: 'ResourceNotFound' } } }
    const fields: Readonly<Record<string, unknown>> = Object(body)
    if (method === 'GET' && comments === undefined) {
      const { alerts, ...rest } = incident
      const isExpanded = url.searchParams.get('$expand') === 'alerts'
      return { status: 200, body: { id, ...rest, ...(isExpanded && { alerts }) } }
    }
    if (incident.status === 'redirected') return refuse('a change of what was merged into another')
    if (method === 'PATCH' && comments === undefined) return patch(incident, fields)
    if (method !== 'POST' || comments === undefined) return { status: 405 }
    if (fields['@odata.type'] !== 'microsoft.graph.security.alertComment') return refuse('a comment without its type')
    if (typeof fields['comment'] !== 'string' || fields['comment'].length > 1000) return refuse('no comment')
    incident.comments.push({ comment: fields['comment'] })
    return { status: 200, body: { value: incident.comments } }
  }

  return {
    handle,
    refusals,
    put: (id: string, alerts: readonly string[], but: Partial<KeptIncident> = {}): KeptIncident => {
      const incident: KeptIncident = {
        status: 'active',
        classification: null,
        determination: null,
        assignedTo: null,
        lastUpdateDateTime: now(),
        redirectIncidentId: null,
        comments: [],
        alerts: alerts.map((alert) => ({ id: alert })),
        ...but,
      }
      incidents.set(id, incident)
      return incident
    },
    /** Someone changes it in the portal. */
    change: (incident: KeptIncident, but: Partial<KeptIncident>): void =>
      void Object.assign(incident, { lastUpdateDateTime: now(), ...but }),
  }
}

const writable = new Set(['status', 'classification', 'determination', 'assignedTo', 'customTags'])

const determinations: Readonly<Record<string, readonly string[]>> = {
  truePositive: [
    'multiStagedAttack',
    'maliciousUserActivity',
    'compromisedAccount',
    'malware',
    'phishing',
    'unwantedSoftware',
    'other',
  ],
  informationalExpectedActivity: ['securityTesting', 'lineOfBusinessApplication', 'confirmedActivity', 'other'],
  falsePositive: ['notMalicious', 'notEnoughDataToValidate', 'other'],
  unknown: ['unknown'],
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
