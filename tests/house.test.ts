import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'

/** The rooms with code in them. */
const rooms = ['bot', 'cards', 'content', 'dialogs', 'evidence', 'intake', 'manifest', 'store', 'triage'] as const

/** What each room may import of the others, and which packages; `node:` beside it is the rule's own matter. */
const mayImport: Readonly<Record<string, { rooms: readonly string[]; packages: readonly string[]; node: boolean }>> = {
  triage: { rooms: [], packages: [], node: false },
  dialogs: { rooms: ['triage'], packages: ['zod'], node: false },
  content: { rooms: ['triage'], packages: ['zod', 'yaml', 'fastest-levenshtein'], node: true },
  cards: {
    rooms: ['triage'],
    packages: ['zod', 'adaptivecards-templating', 'adaptive-expressions', 'lru-cache'],
    node: true,
  },
  evidence: { rooms: ['triage'], packages: ['zod', 'yaml', 'csv-parse'], node: true },
  intake: { rooms: ['triage'], packages: ['zod'], node: true },
  store: { rooms: ['triage'], packages: ['zod', 'lowdb', 'pg', 'lru-cache'], node: true },
  manifest: { rooms: ['triage'], packages: ['fflate'], node: true },
}

/** What each folder of `bot` may import of the others; `chat.ts` is the port to people, which all may know. */
const botFloors: Floors = {
  'bot/pacing': [],
  'bot/people': ['bot/pacing'],
  'bot/cases': ['bot/pacing'],
  'bot/config': ['bot/http'],
  'bot/bundle': ['bot/config'],
  'bot/proof': [],
  'bot/http': ['bot/cases', 'bot/pacing', 'bot/proof'],
  'bot/local': ['bot/http'],
  'bot/teams': ['bot/pacing', 'bot/proof'],
  'bot/outbox': ['bot/cases', 'bot/people', 'bot/pacing', 'bot/config'],
  'bot/notices': ['bot/outbox', 'bot/cases', 'bot/pacing'],
  'bot/replies': ['bot/outbox', 'bot/cases', 'bot/people', 'bot/pacing', 'bot/respond'],
  'bot/respond': ['bot/graph', 'bot/effects', 'bot/cases', 'bot/people', 'bot/pacing'],
  'bot/graph': ['bot/pacing', 'bot/config', 'bot/people'],
  'bot/pull': ['bot/graph', 'bot/cases', 'bot/pacing'],
  'bot/look': ['bot/graph', 'bot/cases', 'bot/pacing'],
  'bot/effects': ['bot/graph', 'bot/cases', 'bot/pacing', 'bot/config', 'bot/http'],
  'bot/cli': ['bot/config', 'bot/http', 'bot/local', 'bot/cases', 'bot/people'],
  'bot/watch': [],
}

const dialogFloors: Floors = {
  'dialogs/show': [],
  'dialogs/hear': [],
  'dialogs/tell': ['dialogs/show'],
}

const contentFloors: Floors = { 'content/load': [], 'content/author': ['content/load'] }

type Floors = Readonly<Record<string, readonly string[]>>

/** True unless it is an import from one of these folders into another that it may not know. */
const isDownward = (floors: Floors, from: string, to: string): boolean => {
  const [at, target] = [folderOf(from), folderOf(to)]
  return at === target || !(target in floors) || !(at in floors) || (floors[at] ?? []).includes(target)
}

const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/')

/** Packages that have one place, wherever else a room might use them. */
const onlyIn: readonly (readonly [RegExp, RegExp])[] = [
  [/^(botbuilder|botframework|@microsoft\/agents)/, /^bot\/teams\//],
  [/^restify/, /^bot\/http\//],
  [/^@azure\/identity$/, /^bot\/graph\//],
  [/^(lowdb|pg)$/, /^store\//],
  [/^esbuild$/, /^bot\/bundle\//],
  [/^(adaptivecards-templating|adaptive-expressions|adaptivecards)$/, /^cards\//],
]

type File = { readonly path: string; readonly text: string }
type Import = { readonly from: string; readonly to: string }

const filesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name).split(sep).join('/'),
    )
  } catch {
    return []
  }
}
const files: readonly File[] = rooms
  .flatMap(filesOf)
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

/** How sources name what they import: in a statement (with names, or bare), or in the middle of the code. */
const statement =
  /^(?:import|export)\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\w+)?\s*,?\s*(?:\{[^}]*\})?\s*from\s*'([^']+)'/gm
const bare = /^import\s*'([^']+)'/gm
const inCode = /\b(?:import|require|require\.resolve)\(\s*['"`]([^'"`]+)['"`]/g

/** Every import of a file, types and dynamic ones included; a path of ours is told from the root. */
const importsOf = ({ path, text }: File): readonly Import[] =>
  [statement, bare, inCode]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(([, to = '']) => ({
      from: path,
      to: to.startsWith('.')
        ? relative('.', join(dirname(path), to))
            .split(sep)
            .join('/')
        : to,
    }))

const imports = files.flatMap(importsOf)
const roomOf = (path: string): string => path.split('/')[0] ?? ''
const isOurs = ({ to }: Import): boolean => rooms.some((room) => to.startsWith(`${room}/`)) || to.startsWith('..')
const isNode = ({ to }: Import): boolean => to.startsWith('node:') || builtinModules.includes(to)
const packageOf = (to: string): string =>
  to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')

const none = (broken: readonly Import[]): void =>
  assert.deepEqual(
    broken.map(({ from, to }) => `${from} -> ${to}`),
    [],
  )
const without = (broken: readonly File[]): void =>
  assert.deepEqual(
    broken.map(({ path }) => path),
    [],
  )

describe('the house: who may import whom', () => {
  it('is read from the sources', () => {
    assert.ok(files.length > 50 && imports.length > 150)
    assert.ok(imports.some(({ from, to }) => from === 'bot/cases/desk.ts' && to === 'triage/decide.js'))
    const text = [
      `import type { A, B } from '../e/types.js'`,
      `import * as all from 'x'\nimport some, {\n  more,\n} from '@y/z/deep'`,
      `import './bare.js'\nexport { d } from '../e/f.js'`,
      `const later = await import('./later.js')\nconst no = ['from', 'x'] // from 'nowhere'`,
    ].join('\n')
    assert.deepEqual(
      importsOf({ path: 'a/b.ts', text })
        .map(({ to }) => to)
        .toSorted(),
      ['@y/z/deep', 'a/bare.js', 'a/later.js', 'e/f.js', 'e/types.js', 'x'],
    )
  })

  it('triage imports nothing: no room, no package, no node:', () => {
    none(imports.filter(({ from, to }) => roomOf(from) === 'triage' && !to.startsWith('triage/')))
  })

  it('every room but bot imports triage and nothing else of ours', () => {
    none(
      imports.filter((one) => {
        const rule = mayImport[roomOf(one.from)]
        return rule && isOurs(one) && roomOf(one.to) !== roomOf(one.from) && !rule.rooms.includes(roomOf(one.to))
      }),
    )
  })

  it('no room imports bot, and nothing imports the tests', () => {
    none(imports.filter(({ from, to }) => roomOf(from) !== 'bot' && to.startsWith('bot/')))
    none(imports.filter(({ to }) => to.startsWith('tests/') || to.startsWith('..')))
  })

  it('every room has its own packages; triage and dialogs not even node:', () => {
    none(
      imports.filter((one) => {
        const rule = mayImport[roomOf(one.from)]
        if (!rule || isOurs(one)) return false
        return isNode(one) ? !rule.node : !rule.packages.includes(packageOf(one.to))
      }),
    )
  })

  it('inside bot the arrows run one way, and no folder is reached from below', () => {
    none(imports.filter(({ from, to }) => !isDownward(botFloors, from, to)))
  })

  it('inside dialogs, hear and tell stand on show, and content’s authors on what is loaded', () => {
    none(imports.filter(({ from, to }) => !isDownward(dialogFloors, from, to) || !isDownward(contentFloors, from, to)))
  })

  it('a package that has one place is nowhere else', () => {
    none(
      imports.filter(({ from, to }) => onlyIn.some(([name, place]) => name.test(packageOf(to)) && !place.test(from))),
    )
  })

  it('Node’s own modules are imported as node:', () => {
    none(imports.filter(({ to }) => builtinModules.includes(to)))
  })

  it('data is read from paths, never imported', () => {
    none(imports.filter(({ to }) => /\.(json|ya?ml)$/.test(to)))
  })

  it('imports of ours end in .js', () => {
    none(imports.filter((one) => isOurs(one) && !one.to.endsWith('.js')))
  })
})

describe('the house: the sources', () => {
  it('read the environment in one place', () => {
    without(
      files.filter(
        ({ path, text }) =>
          path !== 'bot/config/config.ts' && /\bprocess\s*(\.\s*env\b|\[)|\benv\b.*from 'node:process'/.test(text),
      ),
    )
  })

  it('know no clock and no chance in triage and dialogs', () => {
    const clock =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\b|\bcrypto\b|\bset(Timeout|Interval|Immediate)\b|\bprocess\b|\bconsole\b|\bfetch\b/
    const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/'[^'\n]*'/g, "''")
    without(files.filter(({ path, text }) => /^(triage|dialogs)\//.test(path) && clock.test(code(text))))
  })

  it('have names in kebab-case and say in a sentence what each exported thing is', () => {
    without(files.filter(({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path)))
    const silent = files.flatMap(({ path, text }) =>
      [...text.matchAll(/^(.*)\nexport (?:async )?(?:const|function|type|interface|class) (\w+)/gm)].flatMap(
        ([, above = '', name = '']) => (/\*\/$|^\/\/ oxlint-disable/.test(above) ? [] : [`${path}: ${name}`]),
      ),
    )
    assert.deepEqual(silent, [])
  })

  it('have no default exports and no barrels', () => {
    without(files.filter(({ text }) => /^export default\b|\bas default\b/m.test(text)))
    without(files.filter(({ text }) => /^export (type )?(\*|\{[^}]*\}) from/m.test(text)))
  })

  it('talk of nothing that is not in the repository', () => {
    const everything = [...rooms, 'tests', 'docs', 'examples']
      .flatMap(filesOf)
      .filter((path) => /\.(ts|js|json|ya?ml|md)$/.test(path))
    const elsewhere = new RegExp(['..', 'shared'].join('/').replaceAll('.', '\\.') + '|/[w]ork/(main|shared)')
    assert.deepEqual(
      everything.filter((path) => elsewhere.test(readFileSync(path, 'utf8'))),
      [],
    )
  })
})
