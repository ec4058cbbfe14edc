import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('ransomware-activity')

describe('content/alerts/ransomware-activity', () => {
  it('has the verdicts of the source, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map((one) => [one.class, one.label]),
      [
        ['TP', 'Ransomware or stolen account'],
        ['FP', 'Unusual behavior'],
        ['FP', 'Common ransomware file extension'],
        ['undetermined', 'Undetermined'],
      ],
    )
  })

  it('lets one stop the account at the sight of encrypted files', () => {
    assert.deepEqual(found(guide, { files: 'encrypted' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(guide, 'tp'), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'isolate-device?',
      'scan-devices?',
      'restore-files?',
    ])
  })

  it('takes changes that are not the user’s for a true positive, whatever the files look like', () => {
    for (const files of ['encrypted', 'extension', 'ordinary', 'unknown']) {
      assert.deepEqual(found(guide, { files, author: 'stranger' }).allowed, ['tp'], files)
    }
  })

  it('needs the user’s legitimate reason, a clean computer and the usual place for unusual behaviour', () => {
    const work = { files: 'ordinary', author: 'user', computer: 'clean', origin: 'usual' }
    assert.deepEqual(found(guide, work).allowed, ['fp-unusual-behavior'])
    assert.deepEqual(found(guide, { ...work, author: 'unknown' }).allowed, [])
    assert.deepEqual(found(guide, { ...work, origin: 'foreign' }).contradicted, ['fp-unusual-behavior'])
    assert.deepEqual(found(guide, { ...work, computer: 'malicious' }).contradicted, ['tp', 'fp-unusual-behavior'])
    assert.deepEqual(actionsOf(guide, 'fp-unusual-behavior'), ['review-activity', 'close-alert'])
  })

  it('never calls a known ransomware extension harmless without the user’s word', () => {
    for (const author of ['unknown', 'stranger']) {
      for (const origin of ['usual', 'foreign', 'unknown']) {
        const outcome = found(guide, { files: 'extension', author, computer: 'clean', origin })
        assert.ok(!outcome.allowed.some((id) => id.startsWith('fp-')), `${author}, ${origin}`)
      }
    }
    assert.deepEqual(found(guide, { files: 'extension', author: 'user', computer: 'clean', origin: 'usual' }).allowed, [
      'fp-common-extension',
    ])
    assert.deepEqual(actionsOf(guide, 'fp-common-extension'), ['contact-user', 'close-alert'])
  })

  it('shows a contradiction when the user vouches for unreadable files', () => {
    const outcome = found(guide, { files: 'encrypted', author: 'user', computer: 'clean', origin: 'usual' })
    assert.deepEqual(outcome.allowed, [])
    assert.deepEqual(outcome.contradicted, ['tp', 'fp-unusual-behavior'])
  })

  it('decides on the origin when nobody answers about an odd extension', () => {
    const nobody = { files: 'extension', author: 'unknown', computer: 'unknown' }
    assert.equal(found(guide, nobody).next, 'origin')
    assert.deepEqual(found(guide, { ...nobody, origin: 'foreign' }).allowed, ['tp'])
    assert.deepEqual(found(guide, { ...nobody, origin: 'usual' }).allowed, [])
  })

  it('settles a booked drill', () => {
    assert.deepEqual(found(guide, { files: 'encrypted', author: 'drill' }), {
      allowed: ['btp-authorised-drill'],
      contradicted: ['tp'],
      open: [],
      next: null,
    })
  })

  it('stays undetermined on ordinary files that nobody accounts for', () => {
    const outcome = found(guide, { files: 'ordinary', author: 'unknown', computer: 'clean' })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
  })
})
