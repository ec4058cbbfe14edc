import assert from 'node:assert/strict'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import { isFault } from '../../../triage/fault.js'
import { refusalCodes } from '../../../triage/refusal.js'
import { phrasesFolder, withFolder } from '../files.js'

const refusedWith = (files: Readonly<Record<string, string>>, language: string, expected: RegExp): Promise<void> =>
  withFolder(files, (folder) =>
    assert.rejects(loadPhrases(folder, language), (error) => {
      assert.ok(isFault(error, 'content/invalid'), String(error))
      assert.match(error.message, expected)
      return true
    }),
  )

describe('content/load/load-phrases', () => {
  it('has a sentence for every refusal, that says why and what to do', async () => {
    const phrases = await loadPhrases(phrasesFolder, 'en')
    for (const code of refusalCodes) {
      const phrase = phrases[`refusal.${code}`] ?? ''
      assert.ok(phrase.endsWith('.') && phrase.length >= 40, `en.yaml: refusal.${code} is a sentence or two`)
      assert.ok(phrase.length <= 240, `en.yaml: refusal.${code} is at most 240 characters long`)
      assert.doesNotMatch(phrase, /!|\n/, `en.yaml: refusal.${code} is calm and on one line`)
    }
  })

  it('has no sentence for a refusal that does not exist', async () => {
    const codes: readonly string[] = refusalCodes
    const extra = Object.keys(await loadPhrases(phrasesFolder, 'en')).filter(
      (key) => key.startsWith('refusal.') && !codes.includes(key.slice('refusal.'.length)),
    )
    assert.deepEqual(extra, [])
  })

  it('uses in refusals only placeholders that the refusal fills', async () => {
    const filled: Readonly<Record<string, readonly string[]>> = {
      'about-you': ['{who}'],
      'manager-involved': ['{manager}'],
      'manager-contact': ['{manager}'],
      'manager-guest': ['{manager}'],
      'manager-disabled': ['{manager}'],
      'manager-loop': ['{manager}'],
      'action-waiting': ['{target}'],
      'actions-open': ['{count}'],
      'already-asked': ['{manager}'],
      'against-manager': ['{manager}'],
      contradicts: ['{code}', '{verdict}', '{day}', '{thing}'],
      'already-judged': ['{verdict}', '{by}'],
      closed: ['{by}'],
      'graph-silent': ['{why}'],
      'verifier-subject': ['{manager}', '{code}'],
      'verifier-changed': ['{manager}', '{day}'],
      'nothing-to-allow': ['{manager}'],
      'leads-only': ['{leads}'],
      'needs-reason': ['{verdict}'],
      'no-case': ['{code}'],
      'no-member': ['{code}'],
      'not-owner': ['{owner}'],
      'old-card': ['{code}'],
      protected: ['{target}'],
    }
    const phrases = await loadPhrases(phrasesFolder, 'en')
    for (const code of refusalCodes) {
      const used = phrases[`refusal.${code}`]?.match(/\{[^}]*\}/g) ?? []
      assert.deepEqual(
        used.filter((one) => !filled[code]?.includes(one)),
        [],
        `en.yaml: refusal.${code}`,
      )
    }
  })

  it('says in English what another language lacks', () =>
    withFolder({ 'en.yaml': 'a.one: One\na.two: Two\n', 'sv.yaml': 'a.one: Ett\n' }, async (folder) => {
      assert.deepEqual(await loadPhrases(folder, 'sv'), { 'a.one': 'Ett', 'a.two': 'Two', language: 'sv' })
    }))

  it('tells file, line and remedy', async () => {
    await refusedWith({ 'en.yaml': 'a: One\nb:\n  c: Two\n' }, 'en', /en\.yaml:2: 'b' is a map; write a text/)
    await refusedWith({ 'en.yaml': 'a: One\nb: 3\n' }, 'en', /en\.yaml:2: 'b' is 3; write a text/)
    await refusedWith({ 'en.yaml': 'a: One\na: Two\n' }, 'en', /en\.yaml:2: the key 'a' appears here a second time/)
    await refusedWith(
      { 'en.yaml': 'a: "Hello {first name}"\n' },
      'en',
      /en\.yaml:1: .*; write placeholders as \{name\}/,
    )
    await refusedWith({ 'en.yaml': '' }, 'en', /en\.yaml:1: the file is empty/)
    await refusedWith(
      { 'en.yaml': 'greeting: Hello\n', 'sv.yaml': 'gretting: Hej\n' },
      'sv',
      /sv\.yaml:1: English has no phrase 'gretting'; did you mean 'greeting'\?/,
    )
  })

  it('says which file is not there', async () => {
    await assert.rejects(loadPhrases(phrasesFolder, 'tlh'), (error) => {
      assert.ok(isFault(error, 'content/unreadable'))
      assert.match(error.message, /tlh\.yaml; choose a language/)
      return true
    })
  })
})
