import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { phraseOf } from '../../cards/words.js'
import { loadLanguages } from '../../content/load/load-phrases.js'
import { messageToIntent } from '../../dialogs/hear/message-to-intent.js'
import { synonymsOf } from '../../dialogs/hear/synonyms.js'
import { commandsOf } from '../../dialogs/show/show-help.js'
import type { Phrases } from '../../triage/phrases.js'
import { cardNames, objectsIn, readJson, textOf } from '../cards/samples.js'

const languages = await loadLanguages('content/phrases')
const { en: english = {}, ...others } = languages

/** The most letters that fit on a button beside others at 320 px, and on one that has a row for itself. */
const [longestButton, longestAlone] = [20, 34]
const alone = ['not-my-report'].map((word) => `on-card.${word}`)

/** The words that stand on buttons, by their phrases. */
const buttons = async (): Promise<readonly string[]> => {
  const words = await Promise.all(
    (await cardNames()).map(async (name) =>
      objectsIn(await readJson(name, 'card')).flatMap(({ it, type }) => {
        const [, word] = /^\$\{\$root\.words\.(\w+)\}$/.exec(textOf(it.title)) ?? []
        return type.startsWith('Action.') && word !== undefined ? [phraseOf(word)] : []
      }),
    ),
  )
  const verdicts = Object.keys(english).filter((key) => key.startsWith('record.'))
  return [...new Set([...words.flat(), ...verdicts])]
}

/** The limits of other texts, by how their keys begin: the most letters as they are written, placeholders and all. */
const limits: readonly (readonly [prefix: string, most: number])[] = [
  ['refusal.', 260],
  ['fact.more', 60],
  ['severity.', 13],
  ['on-card.severity', 34],
  ['on-card.error-', 34],
  ['manager.yes', 20],
  ['history.', 110],
  ['list.', 160],
  ['summary.', 70],
]

/** Facts stand in a column of 64 px. */
const columns = ['when', 'who', 'from', 'app', 'tactic', 'operation', 'identity'].map((name) => `fact.${name}`)

const placeholdersIn = (text: string): string => [...new Set(text.match(/\{[a-zA-Z-]+\}/g) ?? [])].toSorted().join(' ')

describe('content/phrases: the other languages', () => {
  it('are Dutch and Swedish', () => {
    assert.deepEqual(Object.keys(others), ['nl', 'sv'])
  })

  it('say which they are, and are called by their names in every language', () => {
    for (const [language, phrases] of Object.entries(languages)) {
      assert.equal(phrases['language'], language)
      assert.match(phrases['language.names'] ?? '', /\S+, \S+, \S+/)
    }
  })

  for (const language of Object.keys(others)) {
    describe(language, () => {
      let own: Phrases
      before(async () => {
        own = parse(await readFile(`content/phrases/${language}.yaml`, 'utf8'))
      })

      it('has every phrase', () => {
        const keys = Object.keys(english).filter((key) => key !== 'language')
        assert.deepEqual(
          keys.filter((key) => !Object.hasOwn(own, key)),
          [],
          `write them in content/phrases/${language}.yaml`,
        )
      })

      it('fills in what English fills in', () => {
        const wrong = Object.entries(own).flatMap(([key, text]) =>
          placeholdersIn(text) === placeholdersIn(english[key] ?? '') ? [] : [`${key}: ${text}`],
        )
        assert.deepEqual(wrong, [])
      })

      it('has as many lines where lines count, and shouts at no one', () => {
        for (const [key, text] of Object.entries(own)) {
          if (key.endsWith('.commands')) {
            const count = (lines = '') => lines.split('\n').length
            assert.equal(count(text), count(english[key]), key)
            for (const line of text.split('\n')) assert.match(line, /^[^:]\S.*: \S/, line)
          }
          assert.doesNotMatch(text, /!/, key)
        }
      })

      it('has commands that are understood: all of its help, and all that its sentences say to send', () => {
        const synonyms = synonymsOf(languages)
        const sent = Object.values(own).flatMap((text) =>
          [
            ...text.matchAll(
              /(?:[Ss]tuur|[Ss]kicka|@Winnow)(?: alleen| eerst| daar| först| bara| sedan)?(?: als lid van dat team)? “([^”{]+)”/g,
            ),
          ].map(([, said = '']) => said),
        )
        const said = [...commandsOf(own, true), ...sent].flatMap((one) => one.split(', ')).map(exampleOf)
        assert.ok(said.length > 30)
        const lost = said.filter((one) => {
          // What wants a number or a code behind it is nothing without.
          const kinds = ['', ' 1', ' 7K3F-9QXM-2ABC'].map(
            (more) => messageToIntent(one + more, [], false, synonyms).kind,
          )
          return kinds.every((kind) => kind === 'unknown' || kind.startsWith('bad-'))
        })
        assert.deepEqual(lost, [])
      })
    })
  }

  it('fit their buttons, their columns, and a phone', async () => {
    const onButtons = await buttons()
    assert.ok(onButtons.length > 40)
    const long = Object.entries(languages).flatMap(([language, phrases]) =>
      Object.entries(phrases).flatMap(([key, text]) => {
        const limit = limits.findLast(([prefix]) => key.startsWith(prefix))?.[1] ?? 600
        const most = alone.includes(key)
          ? longestAlone
          : onButtons.includes(key)
            ? longestButton
            : columns.includes(key)
              ? 12
              : limit
        return text.length <= most || key.startsWith('help.') ? [] : [`${language} ${key}: ${text.length} > ${most}`]
      }),
    )
    assert.deepEqual(long, [])
  })
})

/** A command with something in the place of what its sender would write. */
const exampleOf = (command: string): string =>
  command
    .replace(/^@Winnow /, '')
    .replace(/\b(?:NAAM|NAMN|NAME|TEKST|TEXT)\b/g, 'kim')
    .replace(/\b(?:CODE|KOD)\b/g, '7K3F-9QXM-2ABC')
    .replace(/\bTYPE\b/g, 'impossible-travel')
    .replace(/\bID\b/g, 'tp')
