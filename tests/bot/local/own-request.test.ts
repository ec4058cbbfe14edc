import assert from 'node:assert/strict'
import { isOwnRequest } from '../../../bot/local/own-request.js'

const asked = (headers: Readonly<Record<string, string>>, method = 'GET') =>
  isOwnRequest({ method, headers: { host: 'localhost:56150', ...headers } }, 56_150)

describe('bot/local/own-request', () => {
  it('takes what asks for this machine and this port by name', () => {
    for (const host of ['localhost:56150', 'LOCALHOST:56150', '127.0.0.1:56150', '[::1]:56150'])
      assert.ok(asked({ host }), host)
    assert.ok(isOwnRequest({ headers: { host: 'localhost' } }, 80))
  })

  it('refuses every other name, also one that was rebound to this machine', () => {
    for (const host of [
      'evil.example:56150',
      'localhost.evil.example:56150',
      'localhost:3978',
      'localhost',
      '10.0.0.8:56150',
      '0.0.0.0:56150',
      '',
    ])
      assert.ok(!asked({ host }), host)
    assert.ok(!isOwnRequest({ method: 'GET', headers: {} }, 56_150))
  })

  it('refuses what another page sends, whatever the method', () => {
    for (const origin of [
      'http://evil.example',
      'https://localhost:56150',
      'http://localhost:3978',
      'http://localhost:56150.evil.example',
      'null',
      '',
    ])
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) assert.ok(!asked({ origin }, method), origin)
    for (const origin of ['http://localhost:56150', 'http://127.0.0.1:56150'])
      assert.ok(asked({ origin, 'sec-fetch-site': 'same-origin' }, 'POST'))
  })

  it('refuses what the browser says another page asked for, but follows a link', () => {
    const from = (site: string, more: Readonly<Record<string, string>> = {}, method = 'GET') =>
      asked({ 'sec-fetch-site': site, ...more }, method)
    const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    assert.ok(from('same-origin') && from('none', link))
    for (const site of ['cross-site', 'same-site']) {
      assert.ok(!from(site))
      assert.ok(!from(site, { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }))
      assert.ok(!from(site, { ...link, 'sec-fetch-dest': 'iframe' }))
      assert.ok(!from(site, link, 'POST'))
      assert.ok(from(site, link))
    }
  })
})
