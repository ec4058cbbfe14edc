import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingList } from '../../content/author/missing-list.js'
import { loadLanguages } from '../../content/load/load-phrases.js'
import { loadTranslations, readTranslations } from '../../content/load/load-translations.js'
import { because } from '../../triage/because.js'
import { englishWords } from '../../triage/because-words.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import type { Guide } from '../../triage/guide.js'
import { isFault } from '../../triage/fault.js'
import { anAlert, anAnswer } from '../support/cast.js'
import { alertsFolder } from './files.js'
import { loadGuides } from './guides.js'

const guides = await loadGuides()

/** The logic of a guide alone: all that is no text. */
const logicOf = (guide: Guide): unknown =>
  JSON.parse(
    JSON.stringify({ ...guide, language: '', words: null }, (key, value: unknown) =>
      ['title', 'about', 'ask', 'how', 'finding', 'text', 'asks', 'label', 'means', 'say', 'do', 'says'].includes(
        key,
      ) ||
      (key === 'when' && typeof value === 'string')
        ? typeof value
        : value,
    ),
  )

describe('content/alerts in other languages', () => {
  it('are whole: every text of a guide that is translated at all', async () => {
    const { translations, problems } = await readTranslations(alertsFolder, guides)
    assert.deepEqual(problems, [])
    assert.deepEqual(Object.keys(translations).toSorted(), ['nl', 'sv'])
    for (const { guide, missing } of Object.values(translations).flat())
      assert.deepEqual(missing, [], `${guide.language} ${guide.type}`)
  })

  it('have the logic and the version of their guide', async () => {
    for (const [language, all] of Object.entries(await loadTranslations(alertsFolder, guides)))
      for (const guide of all) {
        assert.equal(guide.language, language)
        const own = guides.find(({ type }) => type === guide.type)
        assert.ok(own)
        const { lookUpWords = {}, ...translation } = guide
        assert.deepEqual(logicOf(translation), logicOf(own), `${language} ${guide.type}`)
        // Which places and queries there are says the guide.
        const looks = own.checks.flatMap(({ look }) => look)
        assert.deepEqual(Object.keys(lookUpWords).toSorted(), [...new Set(looks)].toSorted())
      }
  })

  it('ask and answer as English does: questions end with a question mark, options without a stop', async () => {
    for (const { checks, verdicts, type } of Object.values(await loadTranslations(alertsFolder, guides)).flat()) {
      for (const { ask, options, manager } of checks) {
        assert.match(ask, /\?$/, type)
        for (const { text } of options) assert.doesNotMatch(text, /[.?!:;,]$/, type)
        if (manager) assert.match(manager.ask, /^[^?]+\?$/, type)
      }
      for (const { means, because: parts } of verdicts)
        for (const text of [means, ...parts.map(({ say }) => say)]) assert.match(text, /\.$/, type)
    }
  })

  it('join their sentences with words of the language; those of English stand in the code and the phrases alike', async () => {
    const languages = await loadLanguages('content/phrases')
    const inPhrases = Object.entries(languages['en'] ?? {}).filter(([key]) => key.startsWith('because.'))
    assert.deepEqual(Object.fromEntries(inPhrases), englishWords)
    const { nl = [] } = await loadTranslations(alertsFolder, guides)
    const [guide] = nl.map((one) => ({ ...one, words: languages['nl'] ?? {} }))
    assert.ok(guide)
    const [check] = guide.checks
    const answers = [anAnswer(check?.id ?? '', check?.options[0]?.id ?? '')]
    const verdict = evaluateVerdicts(guide, answers).find((one) => one.verdict.class === 'undetermined')
    assert.ok(verdict)
    const alert = anAlert({ addresses: [], people: [] })
    const told = because(verdict, { alert, answers, confirmation: null }, guide, null)
    assert.match(told, /^Melding om \d{4}-/)
    assert.match(told, /Open: /)
    assert.doesNotMatch(told, /Alert at|\bthe\b/)
  })

  describe('that are not as they should be', () => {
    let home: string
    before(async () => {
      home = await mkdtemp(join(tmpdir(), 'winnow-translations-'))
      await cp('content/shared', join(home, 'shared'), { recursive: true })
      await cp('content/alerts/impossible-travel.yaml', join(home, 'alerts', 'impossible-travel.yaml'))
    })
    after(() => rm(home, { recursive: true, force: true }))
    const folder = () => join(home, 'alerts')
    const travel = guides.filter(({ type }) => type === 'impossible-travel')
    const write = (text: string, name = 'impossible-travel.nl.yaml') => writeFile(join(folder(), name), text)

    it('are English where a text is missing, marked as such, and listed', async () => {
      await write('title: Onmogelijke reis\nchecks: { device: { options: { known: "Ja, hetzelfde" } } }\n')
      const { translations, problems } = await readTranslations(folder(), travel)
      assert.deepEqual(problems, [])
      const [only] = translations['nl'] ?? []
      assert.equal(only?.guide.title, 'Onmogelijke reis')
      assert.match(only?.guide.about ?? '', /^One account was active .* \(EN\)$/)
      const options = only?.guide.checks.find(({ id }) => id === 'device')?.options.map(({ text }) => text)
      assert.deepEqual(options, ['Ja, hetzelfde', 'No, it is new for this account (EN)', 'Onbekend'])
      const list = missingList(guides, translations['nl'] ?? [], 'nl')
      assert.match(list, /^nl: 0 guides translated, 1 in part, \d+ not\.\n\nimpossible-travel\n {2}about\n/)
      assert.match(list, /Not translated:\n(?: {2}\S+\n)* {2}ransomware-activity/)
    })

    it('have the words of places and queries in their language, and none that is not theirs', async () => {
      await write('title: Onmogelijke reis\n')
      const shared = join(home, 'shared', 'nl.yaml')
      const text = await readFile(shared, 'utf8')
      const { translations } = await readTranslations(folder(), travel)
      assert.equal(translations['nl']?.[0]?.guide.lookUpWords?.['sign-ins']?.say, 'Open aanmeldingen')
      try {
        await writeFile(
          shared,
          `${text.replace(/^ {2}sign-ins: .*\n/m, '')}  elsewhere: { say: Open elders, what: Elders }\n`,
        )
        const { translations: less, problems } = await readTranslations(folder(), travel)
        assert.ok(less['nl']?.[0]?.missing.includes('look-ups.sign-ins'))
        assert.equal(less['nl']?.[0]?.guide.lookUpWords?.['sign-ins'], undefined)
        assert.deepEqual(
          problems.map((one) => one.text),
          ["English has no 'elsewhere'; take it out"],
        )
      } finally {
        await writeFile(shared, text)
      }
    })

    it('are told with every orphan at its line: of ids, of placeholders, of a guide', async () => {
      await write(
        'checks:\n  devise: { ask: "Wat?" }\nverdicts:\n  tp: { because: ["Van {app}."], actions: { fly: Vlieg } }\n',
      )
      await write('title: Niets\n', 'no-such-guide.nl.yaml')
      await assert.rejects(loadTranslations(folder(), travel), (error) => {
        assert.ok(isFault(error, 'content/invalid'))
        assert.match(error.message, /impossible-travel\.nl\.yaml:2: .*'devise'/)
        assert.match(error.message, /impossible-travel\.nl\.yaml:4: .*\{app\}/)
        assert.match(error.message, /impossible-travel\.nl\.yaml:4: .*'fly'/)
        assert.match(error.message, /no-such-guide\.nl\.yaml:1: there is no guide/)
        return true
      })
    })
  })
})
