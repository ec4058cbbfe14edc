import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const guide = readFileSync('docs/teams-setup.md', 'utf8')
const plain = (text: string): string => text.replace(/\s+/g, ' ')
const sources = plain(
  ['bot', 'content/phrases']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /\.(ts|yaml)$/.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n'),
)

describe('docs/teams-setup.md', () => {
  it('names settings that exist', () => {
    const known = readFileSync('.env.example', 'utf8')
    const named = [
      ...guide.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm),
      ...guide.matchAll(/`((?:APP|MICROSOFT_APP|DIRECTORY|DATA|INTAKE)_[A-Z_]*[A-Z])`/g),
    ]
    const names = new Set(named.map(([, name = '']) => name))
    assert.ok(names.size >= 12, [...names].join(' '))
    assert.deepEqual(
      [...names].filter((name) => !known.includes(`${name}=`)),
      [],
    )
  })

  it('quotes what Winnow really says and logs', () => {
    const quoted = [
      'could not be proven to come from Microsoft Teams',
      'a request was refused',
      'a token for another app',
      'the activity is of another tenant',
      'the keys that sign requests cannot be fetched',
      'not delivered',
      'NoToken',
      'Only members of the team that handles alerts can do this',
      "Winnow doesn't know who this user's manager is",
    ]
    for (const words of quoted) {
      assert.ok(guide.includes(words), `not in the guide any more: ${words}`)
      assert.ok(sources.includes(words), `Winnow does not say this any more: ${words}`)
    }
  })

  it('names scripts, files and headings that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    for (const [, name = ''] of guide.matchAll(/npm run ([a-z:]+)/g)) assert.ok(name in scripts, name)
    for (const [, file = '', , heading] of guide.matchAll(/\]\(([^)#]+)(#([^)]+))?\)/g)) {
      const text = readFileSync(join('docs', file), 'utf8')
      const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
        words.toLowerCase().replaceAll(' ', '-'),
      )
      assert.ok(heading === undefined || headings.includes(heading), `${file}#${heading}`)
    }
  })
})
