import assert from 'node:assert/strict'
import { openLanguages } from '../../../bot/people/languages.js'
import { memoryStore } from '../../../store/memory.js'

const phrases = {
  en: { language: 'en', 'language.name': 'English', 'language.names': 'english, engels' },
  nl: { language: 'nl', 'language.name': 'Nederlands', 'language.names': 'nederlands, dutch' },
}

describe('bot/people/languages', () => {
  const locales = new Map<string, string>()
  const readers = { localeOf: (personId: string) => locales.get(personId) ?? null }
  const open = (store = memoryStore(), fallback = 'en') => openLanguages({ store, phrases, readers, fallback })

  it('is that of a person’s client, whatever its country, as far as Winnow speaks it', async () => {
    const languages = await open()
    locales.set('ada', 'nl-BE').set('ben', 'de-DE').set('cem', 'EN-us')
    assert.deepEqual(
      ['ada', 'ben', 'cem', 'nobody'].map((id) => languages.of(id)),
      ['nl', 'en', 'en', 'en'],
    )
  })

  it('is the setting’s where a client tells none, or one that Winnow does not speak', async () => {
    const languages = await open(memoryStore(), 'nl')
    assert.deepEqual(
      [languages.of('ben'), languages.of('cem'), languages.of('x'), languages.in('19:a')],
      ['nl', 'en', 'nl', 'nl'],
    )
    assert.equal((await open(memoryStore(), 'tlh')).of('x'), 'en')
  })

  it('is the one chosen by word before all, for a person and for a channel with its threads, over a restart', async () => {
    const store = memoryStore()
    const languages = await open(store)
    await languages.choose('ada', 'en')
    await languages.chooseIn('19:a;messageid=7', 'nl')
    for (const one of [languages, await open(store)]) {
      assert.deepEqual(
        [one.of('ada'), one.in('19:a'), one.in('19:a;messageid=9'), one.in('19:b'), one.in(null)],
        ['en', 'nl', 'nl', 'en', 'en'],
      )
    }
  })

  it('knows languages by code and by their names in each other, and by nothing else', async () => {
    const languages = await open()
    assert.deepEqual(
      ['nl', ' Dutch ', 'NEDERLANDS', 'engels', 'klingon', '', 'constructor'].map((text) => languages.named(text)),
      ['nl', 'nl', 'nl', 'en', null, null, null],
    )
    assert.deepEqual(
      [languages.all(), languages.nameOf('nl'), languages.words('tlh')['language']],
      [['en', 'nl'], 'Nederlands', 'en'],
    )
  })

  it('starts anew when what was kept cannot be read', async () => {
    const store = memoryStore()
    await store.keep('languages', { people: [1], channels: 'x' })
    assert.equal((await open(store)).of('ada'), 'nl')
  })
})
