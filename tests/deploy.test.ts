import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { stopMs } from '../bot/graceful-stop.js'
import { readConfig } from '../bot/config/config.js'

const text = (name: string): string => readFileSync(`docs/deploy/${name}`, 'utf8')
const docker = text('Dockerfile')
const page = readFileSync('docs/operating.md', 'utf8')

describe('docs/deploy', () => {
  it('has no file that the handbook does not link, and the other way round', () => {
    const linked = [...page.matchAll(/\]\(deploy\/([^)#]+)\)/g)].map(([, file]) => file)
    assert.deepEqual(new Set(linked), new Set(readdirSync('docs/deploy')))
  })

  it('the Dockerfile copies what there is, without development packages, and runs as another user than root', () => {
    const copied = [...docker.matchAll(/^COPY --from=build \/app\/(\S+) /gm)].map(([, name = '']) => name)
    for (const name of copied) assert.ok(existsSync(name) || name === 'dist', name)
    for (const room of ['content', 'cards', 'evidence', 'intake', 'dist']) assert.ok(copied.includes(room), room)
    assert.match(docker, /npm prune --omit=dev/)
    assert.ok(docker.lastIndexOf('\nUSER node') > docker.lastIndexOf('\nFROM'))
    assert.match(docker, /HEALTHCHECK [^]*\/healthz/)
    assert.match(docker, /^CMD \["node", "dist\/bot\/start\.js"\]$/m)
  })

  it('nothing secret and nothing that is made elsewhere gets into the image', () => {
    const left = text('Dockerfile.dockerignore').split('\n')
    for (const name of ['.env', '.git', 'node_modules', 'data']) assert.ok(left.includes(name), name)
  })

  it('Compose starts it with a read-only root, a volume for the data, and enough time to stop', () => {
    const { services, volumes } = compose.parse(parse(text('compose.yaml')))
    const { winnow } = services
    assert.deepEqual([winnow.read_only, winnow.cap_drop, Object.keys(volumes)], [true, ['ALL'], ['data']])
    assert.equal(winnow.volumes[0], `data:${winnow.environment['DATA_FOLDER']}`)
    assert.ok(Number.parseInt(winnow.stop_grace_period) * 1000 > stopMs)
    // Local mode is refused there: someone who forgets the credentials is told.
    assert.throws(() => readConfig({ ...winnow.environment, STORE: 'memory' }), /NODE_ENV|MICROSOFT_APP_ID/)
  })

  it('systemd runs it as a user of its own, restarts it, and gives it enough time to stop', () => {
    const unit = text('winnow.service')
    const valueOf = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? assert.fail(name)
    assert.equal(valueOf('User'), 'winnow')
    assert.equal(valueOf('ProtectSystem'), 'strict')
    assert.match(valueOf('Environment'), new RegExp(`DATA_FOLDER=/var/lib/${valueOf('StateDirectory')}\\b`))
    assert.match(valueOf('ExecStart'), /^\/usr\/bin\/node dist\/bot\/start\.js$/)
    assert.ok(Number(valueOf('TimeoutStopSec')) * 1000 > stopMs)
    // The lock is a socket.
    assert.match(valueOf('RestrictAddressFamilies'), /AF_UNIX/)
  })
})

describe('docs/deploy/winnow.bicep', () => {
  const bicep = text('winnow.bicep')
  const code = bicep.replace(/^\s*\/\/.*$/gm, '').replace(/'''[^]*?'''/g, "''")
  // What is within ${} is code, too.
  const bare = code.replace(/'((?:\\.|[^'\\\n])*)'/g, (_, inside: string) =>
    ['', ...[...inside.matchAll(/\$\{([^}]*)\}/g)].map(([, part]) => part), ''].join(' '),
  )
  const declared = (kind: string) =>
    [...bicep.matchAll(new RegExp(`^${kind} (\\w+)`, 'gm'))].map(([, name = '']) => name)

  it('is balanced, and all that it declares is used', () => {
    assert.doesNotMatch(bare, /'/, 'a text is not closed')
    const open: string[] = []
    for (const [mark = ''] of bare.matchAll(/[()[\]{}]/g)) {
      if ('([{'.includes(mark)) open.push(mark)
      else assert.ok(['()', '[]', '{}'].includes(`${open.pop()}${mark}`), `${mark} closes another one`)
    }
    assert.deepEqual(open, [])
    for (const symbol of [...declared('param'), ...declared('resource')]) {
      const uses = [...bare.matchAll(new RegExp(`\\b${symbol}\\b`, 'g'))].length
      assert.ok(uses > 1 || ['teams', 'machine'].includes(symbol), `${symbol} is not used`)
    }
  })

  it('gives each resource a type with a dated version', () => {
    const types = [...bicep.matchAll(/^resource \w+ '([^']+)'/gm)].map(([, type = '']) => type)
    for (const type of types) assert.match(type, /^Microsoft\.\w+(\/\w+)+@20\d\d-\d\d-\d\d(-preview)?$/)
    assert.equal(types.length, declared('resource').length)
  })

  it('registers the bot for the messaging endpoint with the identity that the machine has, and needs no secret', () => {
    assert.match(bicep, /endpoint: 'https:\/\/\$\{host\}\/api\/messages'/)
    assert.match(bicep, /msaAppType: 'UserAssignedMSI'/)
    assert.match(bicep, /userAssignedIdentities: \{ '\$\{identity\.id\}': \{\} \}/)
    assert.doesNotMatch(bicep, /@secure\(\)|listKeys|[Pp]assword: /)
  })

  it('mounts the disk where the unit keeps its data', () => {
    assert.match(bicep, /\[\/dev\/disk\/azure\/scsi1\/lun0, \/var\/lib\/winnow, ext4/)
  })

  it('says that it was not deployed', () => assert.match(bicep, /^\/\/ Not deployed by us: .*az bicep build/m))
})

describe('docs/operating.md', () => {
  it('names the commands, settings and addresses that there are', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')))
    for (const [, command = ''] of page.matchAll(/`?npm run ([\w:]+)/g))
      assert.ok(command in scripts || command === 'NAME', command)
    const settings = readFileSync('.env.example', 'utf8')
    for (const [, name = ''] of page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)(?:=\d+)?`/g))
      assert.ok(settings.includes(name), name)
    const server = readFileSync('bot/http/server.ts', 'utf8')
    for (const path of ['/healthz', '/readyz', '/health', '/metrics']) {
      assert.ok(page.includes(`\`${path}\``) && server.includes(`'${path}'`), path)
    }
  })

  it('links to pages and headings that there are', () => {
    for (const [, file = '', heading] of page.matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/g)) {
      const target = file === '' ? 'docs/operating.md' : `docs/${file}`
      assert.ok(existsSync(target), target)
      if (heading !== undefined) assert.ok(headingsIn(target).includes(heading), heading)
    }
    assert.ok(headingsIn('docs/operating.md').includes('the-data-folder'))
  })
})

const headingsIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title.toLowerCase().replaceAll(' ', '-'),
  )

const compose = z.object({
  services: z.object({
    winnow: z.object({
      read_only: z.boolean(),
      cap_drop: z.array(z.string()),
      volumes: z.array(z.string()),
      environment: z.record(z.string(), z.string()),
      stop_grace_period: z.string(),
    }),
  }),
  volumes: z.record(z.string(), z.unknown()),
})
