import assert from 'node:assert/strict'
import { countryNames, parseCountries } from '../../dialogs/countries.js'

describe('dialogs/countries', () => {
  it('are shown by name, and read by name or code', () => {
    assert.equal(countryNames(['BR', 'Narnia']), 'Brazil, Narnia')
    assert.deepEqual(parseCountries('Brazil, portugal; es,\n SE, BR'), ['BR', 'PT', 'ES', 'SE'])
  })

  it('keep what is no country as it was typed', () => {
    assert.deepEqual(parseCountries(' Narnia , '), ['Narnia'])
    assert.deepEqual(parseCountries(' '), [])
  })
})
