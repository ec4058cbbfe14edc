import { graph, pascal, plain } from './alerts.js'

/** The most bytes a body of alerts may have. */
export const largest = 1024 * 1024

type Piece = (at: number) => string

/** A body of the largest size at most: a beginning, as many pieces as fit, with commas between them, and an end. */
export const full = (head: string, piece: Piece, tail: string): string => {
  const { text, bytes, ends } = listOf(piece)
  const room = largest - head.length - tail.length
  let count = bytes.length
  while (count > 0 && (bytes[count - 1] ?? 0) > room) count -= 1
  return head + text.slice(0, Math.max(0, ends[count - 1] ?? 0)) + tail
}

/** As many of these pieces as could fit into any body, with commas; after each, the bytes so far with its comma, and where it ends. */
const listOf = (piece: Piece): List => {
  const known = lists.get(piece)
  if (known) return known
  const pieces: string[] = []
  const bytes: number[] = []
  const ends: number[] = []
  for (let [length, end] = [0, -1]; ;) {
    const next = piece(pieces.length)
    length += Buffer.byteLength(next) + 1
    end += next.length + 1
    if (length > largest) break
    pieces.push(next)
    bytes.push(length)
    ends.push(end)
  }
  const list = { text: pieces.join(','), bytes, ends }
  lists.set(piece, list)
  return list
}

type List = { readonly text: string; readonly bytes: readonly number[]; readonly ends: readonly number[] }

/** The same pieces fill many bodies; made anew for each, they cost more than reading the bodies. */
const lists = new WeakMap<Piece, List>()

const inside = (alert: object, field: string, open: string, piece: (at: number) => string, close: string): string => {
  const { [field]: _, ...rest } = { [field]: null, ...alert }
  return full(`${JSON.stringify(rest).slice(0, -1)},"${field}":${open}`, piece, `${close}}`)
}
const short = (at: number): string => at.toString(36)

/** What a payload is made of that somebody sends to hold Winnow up; each is as long as a body may be. */
export const worst = (): ReadonlyMap<string, string> => {
  const all = new Map<string, string>()
  const pieces: Readonly<Record<string, (at: number) => string>> = {
    '0': () => '0',
    '""': () => '""',
    '[]': () => '[]',
    '{}': () => '{}',
    '1e999': () => '1e999',
    text: (at) => `"${short(at)}"`,
    person: (at) => `{"upn":"${short(at)}@x"}`,
    entity: (at) => `{"Type":"account","Name":"${short(at)}"}`,
    'long entity': (at) => `{"Type":"account","Name":"${'\\\\'.repeat(255)}${short(at)}"}`,
    evidence: (at) => `{"userAccount":{"userPrincipalName":"${short(at)}@x"}}`,
    address: (at) => `{"ipAddress":"10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}"}`,
  }
  for (const [name, piece] of Object.entries(pieces)) {
    all.set(`a list of ${name}`, full('[', piece, ']'))
    for (const field of ['people', 'addresses', 'apps', 'tactics'])
      all.set(`our own ${field}: ${name}`, inside(plain(), field, '[', piece, ']'))
    for (const field of ['Entities', 'ResourceIdentifiers', 'Intent'])
      all.set(`Defender for Cloud ${field}: ${name}`, inside(pascal(), field, '[', piece, ']'))
    all.set(`Graph evidence: ${name}`, inside(graph(), 'evidence', '[', piece, ']'))
  }
  all.set(
    'fields',
    full('{', (at) => `"${short(at)}":0`, '}'),
  )
  all.set(
    'the same field',
    full('{', () => '"a":0', '}'),
  )
  all.set(
    'fields beside alerts',
    full('{"alerts":[],', (at) => `"${short(at)}":0`, '}'),
  )
  all.set(
    'properties',
    inside(pascal(), 'ExtendedProperties', '{', (at) => `"${short(at)} user name":"x"`, '}'),
  )
  all.set(
    'small alerts',
    full('{"alerts":[', (at) => `{"id":"${short(at)}","title":"t"}`, ']}'),
  )
  all.set(
    'bad alerts',
    full('{"alerts":[', () => '{"id":0,"title":0,"people":[0,0,0],"x":0,"y":0}', ']}'),
  )
  const cloudApps = { _id: 'a', title: 't', statusValue: 0, idValue: 1 }
  const row = { Type: 'SecurityAlert', SystemAlertId: 'a', AlertName: 't', AlertSeverity: 'High' }
  const record = { RecordType: 40, Operation: 'AlertTriggered', AlertId: 'a', Name: 't' }
  const legacy = { id: 'a', title: 't', vendorInformation: { provider: 'MCAS' } }
  const incident = { name: 'i', type: 'x/Incidents' }
  const lists: Readonly<Record<string, readonly [object, string]>> = {
    'Cloud Apps entities': [cloudApps, 'entities'],
    'Cloud Apps addresses': [cloudApps, 'ip'],
    'legacy users': [legacy, 'userStates'],
    'legacy connections': [legacy, 'networkConnections'],
    'XDR alerts': [{ incidentId: 1 }, 'alerts'],
    'XDR entities': [{ alertId: 'a', title: 't' }, 'entities'],
    records: [{}, 'records'],
    tables: [{}, 'tables'],
    'a user list': [record, 'AlertLinks'],
    incidents: [incident, 'properties'],
  }
  for (const [piece, make] of Object.entries({
    ...pieces,
    ip: (at: number) => `{"type":"ip","id":"10.0.${(at >> 8) & 255}.${at & 255}"}`,
    country: (at: number) => `{"type":"country","id":"Some Long Country Name ${short(at)}"}`,
    user: (at: number) => `{"userPrincipalName":"${short(at)}@x","logonLocation":"a,b,${short(at)}"}`,
    'hunting row': (at: number) => `{"AlertId":"${short(at)}","Title":"t","Severity":"x","EntityType":"Ip"}`,
    'row of one alert': () => '{"AlertId":"a","EntityType":"Ip","AdditionalFields":"{}"}',
    'XDR alert': (at: number) => `{"alertId":"${short(at)}","title":"t"}`,
  })) {
    for (const [name, [alert, field]] of Object.entries(lists))
      all.set(`${name} of ${piece}`, inside(alert, field, '[', make, ']'))
    const text = JSON.stringify(
      full('[', make, ']')
        .slice(0, 400_000)
        .replace(/,[^,]*$/, ']'),
    )
    all.set(`text in a row: ${piece}`, `${JSON.stringify(row).slice(0, -1)},"Entities":${text}}`)
    all.set(`text in a record: ${piece}`, `${JSON.stringify(record).slice(0, -1)},"Data":${text}}`)
  }
  for (const piece of ['1.1.1.1 in Norway ', 'a in ', '<p ', '<', '&lt;', '1.1.1.1 in a b c d e f g h ']) {
    const long = piece.repeat(Math.floor((largest - 2_000) / piece.length))
    all.set(
      `a Cloud Apps description of ${piece}`,
      inside(cloudApps, 'description', '"', () => long, '"'),
    )
  }
  for (const piece of [
    'a=',
    ' a=',
    '|',
    '\\\\=',
    'CEF:0|',
    'CEF:0|MCAS|SIEM_Agent|1|ALERT_X|x|1|externalId=1 ',
    '\\n',
    '\\nCEF:0|MCAS|a|1|ALERT_X|x|1|externalId=1',
  ])
    all.set(
      `a log of ${piece}`,
      full('"CEF:0|MCAS|SIEM_Agent|1|ALERT_X|x|1|externalId=1 msg=', () => piece, '"'),
    )
  all.set('deep lists', '['.repeat(largest / 2) + ']'.repeat(largest / 2))
  all.set('deep objects', '{"a":'.repeat(largest / 6))
  all.set('one number', '1'.repeat(largest))
  for (const piece of ['a', ' ', '\\\\', 'aA', 'ip ', '/', '\\ud800', 'user name ']) {
    const long = piece.repeat(Math.floor((largest - 2_000) / Buffer.byteLength(piece)))
    for (const field of ['id', 'title', 'type', 'description', 'occurredAt', 'link', 'severity'])
      all.set(
        `our own ${field} of ${piece}`,
        inside(plain(), field, '"', () => long, '"'),
      )
    for (const field of ['AlertType', 'StartTimeUtc', 'Intent', 'AlertUri', 'Description', 'Type'])
      all.set(
        `Defender for Cloud ${field} of ${piece}`,
        inside(pascal(), field, '"', () => long, '"'),
      )
    for (const field of ['detectorId', 'category', 'productName'])
      all.set(
        `Graph ${field} of ${piece}`,
        inside(graph(), field, '"', () => long, '"'),
      )
    all.set(
      `a property of ${piece}`,
      inside(pascal(), 'ExtendedProperties', '{', () => `"user ${long}":"x"`, '}'),
    )
    all.set(
      `an address of ${piece}`,
      inside(pascal(), 'ExtendedProperties', '{', () => `"ip address":"${long}"`, '}'),
    )
    all.set(
      `evidence of ${piece}`,
      inside(graph(), 'evidence', '[', () => `{"@odata.type":"${long}"}`, ']'),
    )
  }
  return all
}
