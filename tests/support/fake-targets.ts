import type { OutsideAnswer, OutsideRequest } from './fake-outside.js'

/** Defender for Cloud Apps as its documents describe it: three ways to close, each with its own reasons, by explicit ids. */
export const fakeCloudApps = () => {
  const alerts = new Map<string, { resolutionStatusValue: number; comment: string; reasonId: unknown }>()
  const refusals: string[] = []
  const refuse = (why: string): OutsideAnswer => {
    refusals.push(why)
    return { status: 400, body: { error: why } }
  }
  const handle = ({ method, url, headers, body }: OutsideRequest): OutsideAnswer => {
    if (headers.authorization !== 'Token cloud-apps-token') return { status: 401 }
    const [, part = ''] = /\/alerts\/([^/]+)\/$/.exec(url.pathname) ?? []
    const way = ways[part]
    if (method === 'GET') {
      const alert = alerts.get(part)
      return alert ? { status: 200, body: { _id: part, ...alert } } : { status: 404 }
    }
    if (method !== 'POST' || !way) return { status: 404 }
    const { filters, reasonId, comment }: Readonly<Record<string, unknown>> = Object(body)
    const ids: unknown = Object(Object(filters).id).eq
    if (!Array.isArray(ids) || ids.length !== 1) return refuse('a filter that could close more than one')
    if (!way.reasons.includes(reasonId)) return refuse(`${part} with reason ${String(reasonId)}`)
    if (typeof comment !== 'string') return refuse('no comment')
    const id = String(ids[0])
    const alert = alerts.get(id)
    if (!alert) return { status: 200, body: { [way.count]: 0, alertsNotFound: [id] } }
    Object.assign(alert, { resolutionStatusValue: way.status, comment, reasonId })
    return { status: 200, body: { [way.count]: 1 } }
  }
  return {
    handle,
    refusals,
    put: (id: string) => {
      const alert = { resolutionStatusValue: 0, comment: '', reasonId: undefined }
      alerts.set(id, alert)
      return alert
    },
    of: (id: string) => alerts.get(id),
  }
}

const ways: Readonly<
  Record<string, { readonly count: string; readonly status: number; readonly reasons: readonly unknown[] }>
> = {
  close_false_positive: { count: 'closed_false_positive', status: 3, reasons: [0, 1, 3, 4] },
  close_benign: { count: 'closed_benign', status: 4, reasons: [2, 4, 5, 6] },
  close_true_positive: { count: 'closed_true_positive', status: 5, reasons: [undefined] },
}

/** Azure's management as far as alerts of Defender for Cloud and incidents of Sentinel go. */
export const fakeAzure = () => {
  const alerts = new Map<string, { status: string }>()
  const incidents = new Map<string, Incident>()
  const refusals: string[] = []
  const refuse = (why: string): OutsideAnswer => {
    refusals.push(why)
    return { status: 400, body: { error: { code: 'BadRequest', message: why } } }
  }

  const onAlert = (method: string, path: string, body: unknown): OutsideAnswer => {
    const [, id = '', action] = /^(.*\/alerts\/[^/]+)(?:\/(\w+))?$/.exec(path) ?? []
    const alert = alerts.get(id)
    if (!alert) return { status: 404 }
    if (method === 'GET') return { status: 200, body: { id, properties: alert } }
    const status = actions[action ?? '']
    if (method !== 'POST' || !status) return refuse(`${method} ${action ?? ''}`)
    if (body !== undefined && body !== null) return refuse('a body')
    alert.status = status
    return { status: 204 }
  }

  const onIncident = ({ method, url, headers, body }: OutsideRequest): OutsideAnswer => {
    const [, id = '', comment] = /^(.*\/Incidents\/[^/]+)(?:\/comments\/([^/]+))?$/.exec(url.pathname) ?? []
    const incident = incidents.get(id)
    if (!incident) return { status: 404 }
    const { etag, properties }: Readonly<Record<string, unknown>> = Object(body)
    if (comment !== undefined) {
      const { message }: Readonly<Record<string, unknown>> = Object(properties)
      if (method !== 'PUT' || typeof message !== 'string' || message.length > 30_000) return refuse('a comment')
      incident.comments.set(comment, message)
      return { status: 201, body: {} }
    }
    if (method === 'GET') return { status: 200, body: { etag: incident.etag, properties: incident.properties } }
    if (method !== 'PUT') return refuse(method)
    if (etag !== incident.etag || headers['if-match'] !== incident.etag) return { status: 412 }
    const given: Readonly<Record<string, unknown>> = Object(properties)
    const { title, severity, status, classification, classificationReason } = given
    if (typeof title !== 'string' || typeof severity !== 'string') return refuse('title and severity are required')
    if (!['New', 'Active', 'Closed'].includes(String(status))) return refuse(`status ${String(status)}`)
    const reasons = incidentReasons[String(classification)]
    if (status === 'Closed' && !reasons) return refuse(`classification ${String(classification)}`)
    if (status === 'Closed' && !reasons?.includes(classificationReason))
      return refuse(`${String(classification)} with ${String(classificationReason)}`)
    incident.etag = `${incident.etag}+`
    incident.properties = { ...given, additionalData: incident.properties['additionalData'] }
    return { status: 200, body: {} }
  }

  return {
    refusals,
    handle: (request: OutsideRequest): OutsideAnswer => {
      if (request.headers.authorization !== 'Bearer azure-token') return { status: 401 }
      const version = request.url.searchParams.get('api-version')
      if (request.url.pathname.includes('/Microsoft.SecurityInsights/'))
        return version === '2023-11-01' ? onIncident(request) : refuse('api-version')
      return version === '2022-01-01'
        ? onAlert(request.method, request.url.pathname, request.body)
        : refuse('api-version')
    },
    putAlert: (id: string) => {
      const alert = { status: 'Active' }
      alerts.set(id, alert)
      return alert
    },
    putIncident: (id: string, alertsCount = 1) => {
      const incident: Incident = {
        etag: '"1"',
        properties: {
          title: 'An incident',
          severity: 'Medium',
          status: 'New',
          owner: {},
          additionalData: { alertsCount },
        },
        comments: new Map(),
      }
      incidents.set(id, incident)
      return incident
    },
  }
}

type Incident = {
  etag: string
  properties: Readonly<Record<string, unknown>>
  readonly comments: Map<string, string>
}

const actions: Readonly<Record<string, string>> = {
  dismiss: 'Dismissed',
  resolve: 'Resolved',
  activate: 'Active',
  inProgress: 'InProgress',
}

const incidentReasons: Readonly<Record<string, readonly unknown[]>> = {
  TruePositive: ['SuspiciousActivity'],
  BenignPositive: ['SuspiciousButExpected'],
  FalsePositive: ['IncorrectAlertLogic', 'InaccurateData'],
  Undetermined: [undefined],
}
