import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parse } from 'yaml'

/** Phrases that no reader should meet: they are not the field's words, or not American English. */
const unwanted: readonly RegExp[] = [
  /\b(some|any|no)body\b/i,
  /vouch/i,
  /in other hands/i,
  /\bbooked\b/i,
  /\bof ours\b/i,
  /\banew\b/i,
  /\bof late\b/i,
  /\bany more\b/i,
  /\bshall\b/i,
  /rightful/i,
  /is no (record|analyst|reason|failure)/i,
  /who calls again/i,
  /stands? (in|behind|by)\b/i,
  /\btick(s|ed)?\b/i,
  /\bdiary\b/i,
  /own chat/i,
  /\bin step\b/i,
  /centre/i,
  /authoris/i,
  /behaviour/i,
]

const found = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) =>
    unwanted.flatMap((phrase) => (phrase.test(text) ? [`${String(phrase)}: ${text.trim()}`] : [])),
  )

/** Every text in plain data. What is written like an id is one, and keeps its spelling; so do names of placeholders. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return /^[a-z][a-z0-9.-]*$/.test(value) ? [] : [value.replace(/\$?\{[^}]*\}/g, '')]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** The lines of a page, without what is written like an id or stands as code within a line. */
const linesIn = (page: string): readonly string[] =>
  page.replace(/`[^`\n]+`|\b[a-z0-9]+(-[a-z0-9]+)+\b/g, '').split('\n')

/** What is quoted in code and has a blank in it; comments are for contributors. */
const stringsIn = (code: string): readonly string[] =>
  code
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
    .flatMap((line) => [...line.matchAll(/(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g)])
    .flatMap(([, , text = '']) => (text.includes(' ') ? [text.replace(/\$\{[^}]*\}/g, '')] : []))

const filesIn = async (folder: string, ending: string, recursive = false): Promise<readonly string[]> =>
  (await readdir(folder, { recursive, encoding: 'utf8' }))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))

const read = (file: string): Promise<string> => readFile(file, 'utf8')

describe('the words that people read', () => {
  const keep = (what: string, files: () => Promise<readonly string[]>, texts: (content: string) => readonly string[]) =>
    it(`are the field’s in ${what}`, async () => {
      const names = await files()
      assert.ok(names.length > 0, what)
      const wrong = names.map(async (file) => found(texts(await read(file))).map((text) => `${file}: ${text}`))
      assert.deepEqual((await Promise.all(wrong)).flat(), [])
    })

  keep(
    'replies',
    () => filesIn('content/phrases', '.yaml'),
    (content) => textsIn(parse(content)),
  )
  keep(
    'shared texts',
    () => filesIn('content/shared', '.yaml'),
    (content) => textsIn(parse(content)),
  )
  keep(
    'cards and their samples',
    () => filesIn('cards', '.json'),
    (content) => textsIn(JSON.parse(content)),
  )
  keep(
    'the app package',
    () => filesIn('manifest', '.json'),
    (content) => textsIn(JSON.parse(content)),
  )
  keep(
    'the editor schema',
    () => filesIn('content', '.json'),
    (content) => textsIn(JSON.parse(content)),
  )
  keep(
    'docs',
    async () => ['README.md', '.env.example', 'directory.example.yaml', ...(await filesIn('docs', '.md'))],
    linesIn,
  )
  keep(
    'errors and logs',
    async () => {
      const rooms = ['bot', 'cards', 'content', 'dialogs', 'intake', 'manifest', 'store', 'triage']
      const files = (await Promise.all(rooms.map((room) => filesIn(room, '.ts', true)))).flat()
      // What people may type is read there, in whatever words.
      return files.filter((file) => !file.startsWith(join('dialogs', 'hear')))
    },
    stringsIn,
  )

  it('are the field’s in guides', async () => {
    // The words that the field does not use are English ones.
    const english = (await filesIn('content/alerts', '.yaml')).filter((file) => !/\.[a-z]{2}\.yaml$/.test(file))
    const failing = await Promise.all(
      english.map(async (file) => {
        const { matches: _, ...guide } = parse(await read(file))
        const wrong = found(textsIn(guide))
        const name = basename(file)
        return wrong.map((text) => `${name}: ${text}`)
      }),
    )
    assert.deepEqual(failing.flat(), [])
  })
})
