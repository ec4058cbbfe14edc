import assert from 'node:assert/strict'
import { hostOf, isPortalLink } from '../../../dialogs/show/portal-link.js'

const hosts = ['portal.azure.com', '*.portal.cloudappsecurity.com']
const isPortal = (link: string) => isPortalLink(link, hosts)

describe('dialogs/show/portal-link', () => {
  it('is a portal when the host is listed, or below one listed with a star', () => {
    for (const link of [
      'https://portal.azure.com/#blade/x',
      'https://PORTAL.azure.com:443/?a=b',
      'https://contoso.portal.cloudappsecurity.com/#/alerts/1',
      'https://contoso.eu.portal.cloudappsecurity.com/',
    ])
      assert.ok(isPortal(link), link)
  })

  it('is none for a host that only looks like it', () => {
    for (const link of [
      'https://evil.portal.azure.com/',
      'https://portal.azure.com.evil.example/',
      'https://evilportal.azure.com/',
      'https://portal-azure.com/',
      'https://evilportal.cloudappsecurity.com/',
      'https://portal.cloudappsecurity.com/',
      'https://.portal.cloudappsecurity.com/',
      'https://evil.example/portal.azure.com',
      'https://evil.example\\@portal.azure.com/',
      'https://evil.example?portal.azure.com',
      'https://portal.azure.com./',
      'https://pоrtal.azure.com/',
      'https://ünter.portal.cloudappsecurity.com/',
      'https://xn--nter-0ra.portal.cloudappsecurity.com/',
    ])
      assert.ok(!isPortal(link), link)
  })

  it('is none but by https, at its own port, without a user name', () => {
    for (const link of [
      'http://portal.azure.com/',
      'https://portal.azure.com:8443/',
      'https://portal.azure.com@evil.example/',
      'https://user@portal.azure.com/',
      'https://:secret@portal.azure.com/',
      'javascript://portal.azure.com/%0aalert(1)',
      'ftp://portal.azure.com/',
      'portal.azure.com',
      '',
    ])
      assert.ok(!isPortal(link), link)
    assert.ok(!isPortalLink('https://portal.azure.com/', []))
  })

  it('tells the host of a link, and letters of other scripts as what they are', () => {
    assert.equal(hostOf('https://Evil.example:8443/x'), 'evil.example:8443')
    assert.match(hostOf('https://pоrtal.azure.com/'), /^xn--/)
    assert.equal(hostOf('nonsense'), '')
  })
})
