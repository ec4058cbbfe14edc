import { type OutsideAnswer, type OutsideRequest, openOutside } from './fake-outside.js'

/** An alert as Graph keeps it. */
export type KeptAlert = {
  status: string
  classification: string | null
  determination: string | null
  assignedTo: string | null
  lastUpdateDateTime: string
  comments: { readonly comment: string }[]
}

/**
 * Graph's `alerts_v2` as its documents and its own metadata describe it: which fields can be written, which values they take, which
 * pairs belong together, and that comments are added by themselves.
 */
export const fakeAlerts = (prefix = '/v1.0') => {
  const alerts = new Map<string, KeptAlert>()
  const refusals: string[] = []
  let time = Date.parse('2026-03-02T12:00:00Z')
  const now = () => new Date((time += 1000)).toISOString()

  const refuse = (why: string): OutsideAnswer => {
    refusals.push(why)
    return { status: 400, body: { error: { code: 'InvalidRequestBody', message: why } } }
  }

  const patch = (alert: KeptAlert, body: Readonly<Record<string, unknown>>): OutsideAnswer => {
    const strange = Object.keys(body).filter((name) => !writable.has(name))
    if (strange.length > 0) return refuse(`not writable: ${strange.join(', ')}`)
    const { status = alert.status, classification, determination, assignedTo = alert.assignedTo } = body
    if (typeof status !== 'string' || !statuses.has(status)) return refuse(`status ${textOf(status)}`)
    if (assignedTo !== null && typeof assignedTo !== 'string') return refuse('assignedTo')
    if ((classification === undefined) !== (determination === undefined)) return refuse('one without the other')
    if (classification !== undefined) {
      if (!('status' in body)) return refuse('a classification without a status')
      const pairs = determinations[textOf(classification)]
      if (!pairs) return refuse(`classification ${textOf(classification)}`)
      if (!pairs.includes(textOf(determination)))
        return refuse(`${textOf(classification)} with ${textOf(determination)}`)
      alert.classification = textOf(classification)
      alert.determination = textOf(determination)
    }
    Object.assign(alert, { status, assignedTo, lastUpdateDateTime: now() })
    return { status: 200, body: alert }
  }

  const handle = ({ method, url, headers, body }: OutsideRequest): OutsideAnswer => {
    if (headers.authorization !== 'Bearer graph-token')
      return { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } }
    const [, id = '', comments] =
      /^\/security\/alerts_v2\/([^/]+)(\/comments)?$/.exec(url.pathname.slice(prefix.length)) ?? []
    const alert = alerts.get(decodeURIComponent(id))
    if (!alert) return { status: 404, body: { error: { code: 'ResourceNotFound' } } }
    const fields: Readonly<Record<string, unknown>> = Object(body)
    if (method === 'GET' && comments === undefined) return { status: 200, body: { id, ...alert } }
    if (method === 'PATCH' && comments === undefined) return patch(alert, fields)
    if (method !== 'POST' || comments === undefined) return { status: 405 }
    if (fields['@odata.type'] !== 'microsoft.graph.security.alertComment') return refuse('a comment without its type')
    if (typeof fields['comment'] !== 'string' || fields['comment'].length > 1000) return refuse('no comment')
    alert.comments.push({ comment: fields['comment'] })
    return { status: 200, body: { value: alert.comments } }
  }

  return {
    handle,
    refusals,
    put: (id: string, but: Partial<KeptAlert> = {}): KeptAlert => {
      const alert: KeptAlert = {
        status: 'new',
        classification: null,
        determination: null,
        assignedTo: null,
        lastUpdateDateTime: now(),
        comments: [],
        ...but,
      }
      alerts.set(id, alert)
      return alert
    },
    /** Someone changes it in the portal. */
    change: (alert: KeptAlert, but: Partial<KeptAlert>): void =>
      void Object.assign(alert, { lastUpdateDateTime: now(), ...but }),
  }
}

/** The same behind a server. */
export const openFakeAlerts = async () => {
  const { handle, ...rest } = fakeAlerts()
  const outside = await openOutside(handle)
  return { ...rest, ...outside, baseUrl: `${outside.origin}/v1.0` }
}

/** The fake, running. */
export type FakeAlerts = Awaited<ReturnType<typeof openFakeAlerts>>

const writable = new Set(['status', 'classification', 'determination', 'assignedTo', 'customDetails'])
const statuses = new Set(['new', 'inProgress', 'resolved'])

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
