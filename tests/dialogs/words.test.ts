import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { showChannel, showManager } from '../../dialogs/show/show.js'
import { historyLine, isTold } from '../../dialogs/show/history.js'
import { settle, commands } from '../support/arbitrary.js'
import { travel } from '../support/guides.js'
import { titleOf } from '../support/seen.js'
import { listening, placeholdersOf } from '../support/words.js'

describe('dialogs: the words', () => {
  it('are all known: no card and no line of history says anything that is not on the list', async () => {
    const english = await loadPhrases('content/phrases', 'en')
    const { phrases, said } = listening()
    fc.assert(
      fc.property(commands, (list) => {
        const steps = settle(list)
        const diary = steps.flatMap(({ written }) => written)
        const state = steps.at(-1)?.after
        if (!state) return
        const context = { state, diary, cards: {}, guide: travel, phrases, titleOf }
        showChannel(context)
        showManager(context)
        for (const event of diary) if (isTold(event, english)) historyLine(event, travel, phrases)
      }),
    )
    assert.deepEqual(
      [...said].filter((key) => !placeholdersOf.has(key)),
      [],
    )
    assert.ok(said.size > 40, `only ${said.size} were said`)
  })

  it('stand in the code as they stand on the list', async () => {
    const written = await Promise.all(['dialogs', 'bot'].flatMap((room) => keysIn(room)))
    const missing = written.flat().filter((key) => !matching(key))
    assert.deepEqual(missing, [])
  })

  it('are all there in English, each with placeholders that are filled, and nothing else', async () => {
    const english = await loadPhrases('content/phrases', 'en')
    const list = [...placeholdersOf]
    assert.deepEqual(
      list.map(([key]) => key).filter((key) => !Object.hasOwn(english, key)),
      [],
      'missing',
    )
    assert.deepEqual(
      // What cards say themselves is held against their templates (tests/cards/words.test.ts).
      Object.keys(english).filter((key) => !placeholdersOf.has(key) && !/^(?:on-card|typed)\./.test(key)),
      [],
      'said by nobody',
    )
    const unfilled = list.flatMap(([key, names]) =>
      [...(english[key] ?? '').matchAll(/\{([^}]*)\}/g)].flatMap(([, name = '']) =>
        names.includes(name) ? [] : [`${key}: {${name}}`],
      ),
    )
    assert.deepEqual(unfilled, [], 'filled by nobody')
  })
})

/** The keys a room's sources name in `say(phrases, '…'` or `text(phrases, '…'`; `${…}` in them stands for anything. */
const keysIn = async (room: string): Promise<readonly string[]> => {
  const files = (await readdir(room, { recursive: true })).filter((file) => file.endsWith('.ts'))
  const sources = await Promise.all(files.map((file) => readFile(join(room, file), 'utf8')))
  return sources.flatMap((source) =>
    [...source.matchAll(/\b(?:say|text)\(\s*(?:house\.)?phrases,\s*['`]([^'`]+)['`]/g)].map(([, key = '']) => key),
  )
}

const matching = (key: string): boolean => {
  const pattern = new RegExp(`^${key.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[a-zA-Z-]+')}$`)
  return [...placeholdersOf.keys()].some((one) => pattern.test(one))
}
