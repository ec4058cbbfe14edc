import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { signatureHeaders } from '../../bot/http/intake-signatures.js'
import { usualLimits } from '../../bot/http/limits.js'
import { parseJson } from '../../intake/parse.js'
import { read, type Read } from '../../intake/read.js'
import { isSourceName, sourceNames } from '../../intake/sources.js'
import { now } from './alerts.js'
import { isJson, objectIn, sentBy, type Json, type Sent, type Told } from './workflow.js'

const folder = 'docs/connect'
const winnow = 'https://winnow.contoso.example'
const text = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8')
const definitionOf = (name: string): Json => objectIn(JSON.parse(text(`${name}.json`)))
const sample = (name: string): unknown => JSON.parse(readFileSync(`intake/samples/${name}.json`, 'utf8'))
const event = (content: unknown) => ({ ContentData: Buffer.from(JSON.stringify(content)).toString('base64') })
const rows = (category: string): readonly unknown[] =>
  listOf(sample('hunting')).filter((row) => isJson(row) && row['category'] === category)
const files = readdirSync(folder)
const namesOf = (ending: string) =>
  files.flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []))

/** What starts each workflow, what others answer it, and how many alerts are then read of what it sends. */
const recipes: Readonly<Record<string, Omit<Told, 'parameters'> & { readonly alerts: number }>> = {
  'defender-for-cloud': { trigger: sample('ARM_OperationFromSuspiciousIP'), alerts: 1 },
  'with-key': {
    trigger: sample('ARM_OperationFromSuspiciousIP'),
    answers: { Get_key: { value: 'winnow_key' } },
    alerts: 1,
  },
  'defender-for-cloud-export': { trigger: [event(sample('defender-for-cloud-export'))], alerts: 1 },
  sentinel: { trigger: sample('sentinel-incident'), alerts: 2 },
  graph: { answers: { Get_alerts: sample('several') }, alerts: 2 },
  'graph-change': {
    trigger: { type: 'Microsoft.Graph.AlertCreated', data: { resourceData: { id: 'a/1' } } },
    answers: { Get_alert: sample('impossible-travel') },
    alerts: 1,
  },
  hunting: { answers: { Hunt: { schema: [], results: huntingRows() } }, alerts: 1 },
  'defender-xdr': {
    trigger: ['AdvancedHunting-AlertInfo', 'AdvancedHunting-AlertEvidence'].map((kind) =>
      event({ records: rows(kind) }),
    ),
    alerts: 1,
  },
  'cloud-apps': { answers: { Get_alerts: sample('cloud-apps') }, alerts: 2 },
  'office-365': {
    answers: {
      List_content: [{ contentUri: 'https://manage.office.com/1' }],
      Get_content: [{ RecordType: 15, Operation: 'UserLoggedIn' }, ...listOf(sample('office-365'))],
    },
    alerts: 2,
  },
}

/** Rows as a hunting query gives them: both kinds of columns in one. */
function huntingRows(): readonly unknown[] {
  const properties = (kind: string) => rows(kind).map((row) => objectIn(objectIn(row)['properties']))
  const [info] = properties('AdvancedHunting-AlertInfo')
  return properties('AdvancedHunting-AlertEvidence').map((evidence) => ({ ...evidence, ...info }))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : assert.fail('no list')
}

const readingOf = ({ path, body }: { readonly path: string; readonly body: unknown }): Read => {
  const source = /^\/api\/alerts\/([a-z0-9-]+)$/.exec(path)?.[1] ?? ''
  assert.ok(isSourceName(source), path)
  return read(typeof body === 'string' ? body : parseJson(JSON.stringify(body)), now, source)
}

const parametersOf = (definition: Json): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    Object.keys(objectIn(definition['parameters'])).map((name) => [name, `https://${name}.example`]),
  ),
  winnow,
})

const sentOf = (name: string): readonly Sent[] => {
  const definition = definitionOf(name)
  const { alerts: _, ...told } = recipes[name] ?? assert.fail(`nobody tries ${name}`)
  return sentBy(definition, { ...told, parameters: parametersOf(definition) })
}

describe('docs/connect: the workflow definitions', () => {
  it('are all tried here, but for those that are no workflows', () => {
    const others = ['azure-monitor', 'cloud-apps-flow']
    assert.deepEqual(
      namesOf('.json')
        .filter((name) => !others.includes(name))
        .toSorted(),
      Object.keys(recipes).toSorted(),
    )
  })

  for (const [name, { alerts }] of Object.entries(recipes)) {
    it(`${name} sends what Winnow reads at that address`, () => {
      const sent = sentOf(name)
      assert.equal(sent.length, 1)
      for (const one of sent) {
        assert.equal(one.method, 'POST')
        assert.equal(one.headers['content-type'], 'application/json')
        assert.equal(readingOf(one).readings.length, alerts)
      }
    })

    it(`${name} proves itself without a secret in the definition`, () => {
      const [one] = sentOf(name)
      if (name === 'with-key') assert.equal(one?.headers['authorization'], 'Bearer winnow_key')
      else {
        assert.deepEqual(one?.authentication, { type: 'ManagedServiceIdentity', audience: 'https://audience.example' })
        assert.equal(one.headers['authorization'], undefined)
      }
      assert.doesNotMatch(text(`${name}.json`), /winnow_[\w-]{20}|sig=|SharedAccessKey|password/i)
    })
  }

  it('read of a stream the people and addresses that only the other kind of row names', () => {
    for (const name of ['defender-xdr', 'hunting']) {
      const [one] = sentOf(name)
      const [reading] = readingOf(one ?? assert.fail()).readings
      assert.equal(reading?.people[0]?.upn, 'kim@contoso.example')
      assert.equal(reading.addresses.length, 1)
    }
  })

  it('send nothing where there is nothing to send', () => {
    const definition = definitionOf('office-365')
    const answers = { List_content: [{ contentUri: 'https://x.example' }], Get_content: [{ RecordType: 15 }] }
    assert.deepEqual(sentBy(definition, { answers, parameters: parametersOf(definition) }), [])
  })

  it('hide the key of the one that uses a key from its run history', () => {
    const { Get_key, Send_to_Winnow } = objectIn(definitionOf('with-key')['actions'])
    for (const [action, what] of [
      [Get_key, 'outputs'],
      [Send_to_Winnow, 'inputs'],
    ] as const)
      assert.deepEqual(objectIn(action)['runtimeConfiguration'], { secureData: { properties: [what] } })
  })
})

describe('docs/connect: what is no workflow', () => {
  it('the webhook of an action group sends the common schema, proven by a token, to an address that reads it', () => {
    const { serviceUri, useCommonAlertSchema, useAadAuth, identifierUri } = definitionOf('azure-monitor')
    assert.deepEqual([useCommonAlertSchema, useAadAuth], [true, true])
    assert.match(String(identifierUri), /^api:\/\//)
    const path = new URL(String(serviceUri)).pathname
    assert.equal(readingOf({ path, body: sample('azure-monitor') }).readings.length, 1)
    assert.match(text('azure-monitor.bicep'), /serviceUri: '\$\{winnow\}\/api\/alerts\/azure-monitor'/)
  })

  it('the action of a Power Automate flow makes Winnow’s own JSON', () => {
    const flow = definitionOf('cloud-apps-flow')
    const { uri } = objectIn(flow['inputs'])
    assert.equal(String(uri), `${winnow}/api/alerts/winnow`)
    const trigger = { id: '5e1f', title: 'Impossible travel', description: 'Two places' }
    const { Get_secret: _, ...runAfter } = objectIn(flow['runAfter'])
    const inputs = { ...objectIn(flow['inputs']), headers: {} }
    const definition = { actions: { Send: { ...flow, inputs, runAfter } } }
    const [one] = sentBy(definition, { trigger, parameters: { winnow } })
    assert.equal(readingOf(one ?? assert.fail()).readings[0]?.title, 'Impossible travel')
  })

  it('the syslog server forwards CEF lines as text, alone and several at once', () => {
    const conf = text('cloud-apps-siem.conf')
    const all = (pattern: RegExp) => [...conf.matchAll(pattern)].map(([, found = '']) => found)
    assert.deepEqual(all(/httpcontenttype="([^"]+)"/g), ['text/plain', 'text/plain'])
    assert.deepEqual(all(/batch\.format="([^"]+)"/g), ['newline'])
    const line = `<14>Mar  6 13:30:31 agent ${String(sample('cloud-apps-siem'))
      .split('\n')
      .find((one) => one.includes('|ALERT_'))}`
    for (const path of all(/restpath="([^"]+)"/g)) {
      assert.equal(readingOf({ path: `/${path}`, body: line }).readings.length, 1)
      const two = `${line}\n${line.replace(/externalId=\S+/, 'externalId=7')}`
      assert.equal(readingOf({ path: `/${path}`, body: two }).readings.length, 2)
    }
  })
})

describe('docs/connect: the Bicep files', () => {
  const declared = (bicep: string, kind: string) =>
    [...bicep.matchAll(new RegExp(`^${kind} (\\w+)`, 'gm'))].map(([, name = '']) => name)

  for (const name of namesOf('.bicep')) {
    const bicep = text(`${name}.bicep`)
    const code = bicep.replace(/^\s*\/\/.*$/gm, '')
    // What is within ${} is code, too.
    const bare = code.replace(/'((?:\\.|[^'\\\n])*)'/g, (_, inside: string) =>
      ['', ...[...inside.matchAll(/\$\{([^}]*)\}/g)].map(([, part]) => part), ''].join(' '),
    )

    it(`${name} is balanced, and all that it declares is used`, () => {
      assert.doesNotMatch(bare, /'/, 'a text is not closed')
      const open: string[] = []
      for (const [mark = ''] of bare.matchAll(/[()[\]{}]/g)) {
        if ('([{'.includes(mark)) open.push(mark)
        else assert.equal(`${open.pop()}${mark}`.replace(/^(\(\)|\[\]|\{\})$/, ''), '', `${mark} closes another one`)
      }
      assert.deepEqual(open, [])
      const nobody = new Set(['automation', 'actionGroup', 'kept', 'reads', 'receives', 'responds', 'rule', 'export'])
      for (const symbol of [...declared(bicep, 'param'), ...declared(bicep, 'resource')]) {
        const uses = [...bare.matchAll(new RegExp(`\\b${symbol}\\b`, 'g'))].length
        // A declaration, and an `x: { value: x }` of the workflow, are two.
        assert.ok(uses > 1 || nobody.has(symbol), `${symbol} is not used`)
      }
    })

    it(`${name} takes each secret as one, and gives none away`, () => {
      for (const [, decorators = '', param = ''] of bicep.matchAll(/((?:^@.*\n)*)^param (\w+)/gm)) {
        const isSecret = /(?:key|password|secret|token|connectionString)$/i.test(param)
        assert.equal(/^@secure\(\)$/m.test(decorators), isSecret, param)
        if (isSecret)
          assert.equal([...bare.matchAll(new RegExp(`\\b${param}\\b`, 'g'))].length, 2, `${param} goes elsewhere`)
      }
      assert.doesNotMatch(bicep, /^output .*(?:listKeys|listCallbackUrl|\.value\b)/m)
      assert.doesNotMatch(bicep, /winnow_[\w-]{20}/)
    })

    it(`${name} says that it was not deployed`, () => {
      assert.match(bicep, /^\/\/ Not deployed by us: .*az bicep build/m)
    })

    const [, loaded] = /loadJsonContent\('([^']+)\.json'\)/.exec(bicep) ?? []
    if (loaded === undefined) continue
    it(`${name} gives its workflow exactly the parameters that it has`, () => {
      const wanted = Object.keys(objectIn(definitionOf(loaded)['parameters']))
      const [, given = ''] = /\n {4}parameters: \{\n([^]*?)\n {4}\}\n/.exec(bicep) ?? []
      const names = [...given.matchAll(/^ {6}'?([$\w]+)'?:/gm)].map(([, key = '']) => key)
      assert.deepEqual(names.toSorted(), wanted.toSorted())
    })

    it(`${name} starts the trigger that its workflow has, with the connections it names`, () => {
      const definition = text(`${loaded}.json`)
      const [, trigger] = /\/triggers\/(\w+)'/.exec(bicep) ?? []
      if (trigger !== undefined) assert.ok(trigger in objectIn(definitionOf(loaded)['triggers']))
      const connections = [...definition.matchAll(/\['(\w+)'\]\['connectionId'\]/g)].map(([, key]) => key)
      const given = [...bicep.matchAll(/managedApis', location, '(\w+)'/g)].map(([, key]) => key)
      assert.deepEqual([...new Set(given)], connections)
    })
  }

  it('stand beside each definition', () => {
    const without = ['cloud-apps-flow']
    assert.deepEqual(
      namesOf('.bicep'),
      namesOf('.json').filter((name) => !without.includes(name)),
    )
  })
})

describe('docs/connect-sources.md', () => {
  const page = readFileSync('docs/connect-sources.md', 'utf8')

  it('links each file of the recipes, and none that is missing', () => {
    const linked = [...page.matchAll(/\]\(connect\/([^)#]+)\)/g)].map(([, file]) => file)
    assert.deepEqual(new Set(linked), new Set(files))
  })

  it('goes with a proxy that lets each source in, with bodies as large as Winnow takes', () => {
    const setup = readFileSync('docs/teams-setup.md', 'utf8')
    const [, pattern = '', block = ''] = /location ~ (\S+) \{([^}]*)\}/.exec(setup) ?? []
    const location = new RegExp(pattern)
    for (const source of sourceNames) assert.match(`/api/alerts/${source}`, location)
    for (const path of ['/api/alerts', ...Object.keys(recipes).flatMap((name) => sentOf(name).map((one) => one.path))])
      assert.match(path, location)
    for (const path of ['/api/alerts/', '/api/alerts/x/y', '/api/messages', '/metrics', '/health'])
      assert.doesNotMatch(path, location)
    assert.match(block, /allow [^;]+;[^]*deny all;\s*proxy_pass http:\/\/127\.0\.0\.1:3978;/)
    const largest = Number(/client_max_body_size (\d+)m;/.exec(setup)?.[1]) * 1024 * 1024
    assert.ok(largest > usualLimits.bodyBytes)
    const held = Number(/proxy_read_timeout (\d+)s;/.exec(setup)?.[1]) * 1000
    assert.ok(held > usualLimits.bodyMs && held < usualLimits.keepAliveMs)
  })

  it('names the headers of signed requests as Winnow reads them, and signs as it checks', () => {
    const sending = readFileSync('docs/sending-alerts.md', 'utf8').toLowerCase()
    for (const name of Object.values(signatureHeaders)) assert.ok(sending.includes(`\`${name}\``), name)
  })
})
