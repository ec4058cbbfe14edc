import assert from 'node:assert/strict'
import { readPackageSettings } from '../../../bot/config/package-settings.js'
import { isFault } from '../../../triage/fault.js'

const MICROSOFT_APP_ID = '22222222-2222-4222-8222-222222222222'
const APP_URL = 'https://intranet.contoso.example/winnow'
const enough = { MICROSOFT_APP_ID, APP_URL, APP_DEVELOPER: 'Contoso' }

/** What is wrong with an environment, a line for each setting. */
const faults = (env: Readonly<Record<string, string | undefined>>): readonly string[] => {
  try {
    readPackageSettings(env, '0.1.0')
    return []
  } catch (error) {
    assert.ok(isFault(error, 'package/invalid'))
    return error.message.split('\n').slice(1)
  }
}

describe('bot/config/package-settings', () => {
  it('needs an id, a name and an address; the other pages and the version follow from them', () => {
    assert.deepEqual(readPackageSettings({ ...enough, APP_TERMS_URL: '', PATH: '/bin' }, '0.1.0'), {
      appId: MICROSOFT_APP_ID,
      version: '0.1.0',
      developer: 'Contoso',
      website: APP_URL,
      privacy: APP_URL,
      terms: APP_URL,
    })
  })

  it('takes every page and the version as told', () => {
    const [APP_PRIVACY_URL, APP_TERMS_URL, APP_VERSION] = [`${APP_URL}/p`, `${APP_URL}/t`, '2.10.0']
    const told = readPackageSettings({ ...enough, APP_PRIVACY_URL, APP_TERMS_URL, APP_VERSION }, '0.1.0')
    assert.deepEqual([told.privacy, told.terms, told.version], [APP_PRIVACY_URL, APP_TERMS_URL, APP_VERSION])
  })

  it('names every setting that is missing, at once', () => {
    const said = faults({ APP_URL: '  ' })
    assert.deepEqual(
      said.map((line) => /^ {2}- (\w+): must be set to /.exec(line)?.[1]),
      ['MICROSOFT_APP_ID', 'APP_DEVELOPER', 'APP_URL'],
    )
  })

  it('names every setting that is wrong, and what it must be', () => {
    const told = {
      MICROSOFT_APP_ID: 'winnow',
      APP_DEVELOPER: 'x'.repeat(33),
      APP_URL: 'http://intranet.contoso.example',
      APP_PRIVACY_URL: 'intranet.contoso.example/privacy',
      APP_TERMS_URL: 'javascript:alert(1)',
      APP_VERSION: 'v1',
    }
    const said = faults(told).join('\n')
    assert.match(said, /MICROSOFT_APP_ID: must be a GUID/)
    assert.match(said, /APP_DEVELOPER: must be at most 32 characters/)
    for (const name of ['APP_URL', 'APP_PRIVACY_URL', 'APP_TERMS_URL'])
      assert.match(said, new RegExp(`${name}: must be a whole address that begins with https://`))
    assert.match(said, /APP_VERSION: must be three numbers/)
  })

  it('accepts as versions three plain numbers and nothing else', () => {
    for (const APP_VERSION of ['1.0', '1.0.0.0', '01.0.0', '1.0.0-beta', '1.0.x'])
      assert.equal(faults({ ...enough, APP_VERSION }).length, 1, APP_VERSION)
    for (const APP_VERSION of ['0.0.1', '1.0.0', '12.34.56', ' 1.0.0 '])
      assert.deepEqual(faults({ ...enough, APP_VERSION }), [])
  })
})
