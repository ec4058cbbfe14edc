import assert from 'node:assert/strict'
import { plainTitle } from '../../triage/match.js'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const contain = ['suspend-user', 'mark-compromised', 'reset-password']
const download = await loadGuide('unusual-file-download')
const access = await loadGuide('unusual-file-access')
const share = await loadGuide('unusual-file-share')
const deletion = await loadGuide('unusual-file-deletion')

describe('content/alerts/unusual-file-download', () => {
  it('goes by its new name too, but not by that of a custom policy', () => {
    const titles = [download.title, ...download.matches.titles].map(plainTitle)
    assert.ok(titles.includes(plainTitle('Unusual file download')))
    assert.ok(titles.includes(plainTitle('Mass download')))
    assert.ok(!titles.includes(plainTitle('Mass download by a single user')))
  })

  it('settles a new computer of ours that syncs, with two look-ups', () => {
    const outcome = found(download, { tool: 'sync', origin: 'new' })
    assert.deepEqual(outcome.allowed, ['fp-software-sync'])
    assert.deepEqual(found(download, { tool: 'sync', origin: 'new', word: 'unknown', signs: 'none' }).contradicted, [])
    assert.deepEqual(actionsOf(download, 'fp-software-sync'), ['close-alert'])
  })

  it('does not take the name of a sync client for proof', () => {
    assert.deepEqual(found(download, { tool: 'sync' }).allowed, [])
    assert.deepEqual(found(download, { tool: 'sync', origin: 'unknown', word: 'unknown' }).allowed, [])
    assert.deepEqual(found(download, { tool: 'sync', origin: 'foreign', word: 'unknown', files: 'beyond' }).allowed, [
      'tp',
    ])
  })

  it('lets one act on an unknown tool from an unknown device before anybody was called', () => {
    assert.deepEqual(found(download, { tool: 'foreign', origin: 'foreign' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(download, 'tp').slice(0, 3), contain)
  })

  it('needs a legitimate reason for unusual behaviour, not only that the account did it', () => {
    const log = { tool: 'person', origin: 'usual', files: 'own', signs: 'none' }
    assert.deepEqual(found(download, { ...log, word: 'yes' }).allowed, ['fp-unusual-behavior'])
    assert.deepEqual(found(download, { ...log, word: 'unknown' }).allowed, [])
    assert.deepEqual(found(download, { ...log, word: 'no' }).allowed, ['tp'])
  })

  it('shows a contradiction when the user vouches for files or signs that do not fit', () => {
    const vouched = { tool: 'person', origin: 'usual', word: 'yes', files: 'own', signs: 'none' }
    assert.deepEqual(found(download, { ...vouched, files: 'beyond' }).contradicted, ['fp-unusual-behavior'])
    assert.deepEqual(found(download, { ...vouched, signs: 'found' }).contradicted, ['fp-unusual-behavior'])
    assert.deepEqual(found(download, { ...vouched, origin: 'foreign' }).contradicted, ['fp-unusual-behavior'])
  })

  it('tells a leaver who takes files from one who broke a rule in good faith', () => {
    const leaver = { tool: 'sync', origin: 'usual', word: 'unreasoned', files: 'own', signs: 'none' }
    assert.deepEqual(found(download, leaver).allowed, ['tp-own-user'])
    assert.deepEqual(found(download, { ...leaver, word: 'error' }).allowed, ['btp-against-rules'])
    assert.equal(actionsOf(download, 'tp-own-user')[0], 'escalate')
  })

  it('settles a booked export at night', () => {
    const outcome = found(download, { tool: 'foreign', origin: 'new', word: 'approved', signs: 'explained' })
    assert.deepEqual(outcome.allowed, ['btp-authorised'])
  })
})

describe('content/alerts/unusual-file-access', () => {
  it('learns for 21 to 45 days', () => {
    assert.deepEqual(access.learning, { days: { from: 21, to: 45 }, effect: 'unstated' })
  })

  it('settles an accountant at closing time by a call', () => {
    const closing = { reader: 'person', origin: 'usual', files: 'own', word: 'yes', used: 'none' }
    assert.deepEqual(found(access, closing).allowed, ['fp-unusual-behavior'])
    assert.deepEqual(found(access, { ...closing, word: 'unknown' }).allowed, [])
  })

  it('settles software of ours without a call', () => {
    assert.deepEqual(found(access, { reader: 'software', origin: 'new' }).allowed, ['fp-software-access'])
  })

  it('takes reading beyond the job with what came of it for a stolen account', () => {
    const night = { reader: 'person', origin: 'usual', files: 'beyond', word: 'unknown', used: 'found' }
    assert.deepEqual(found(access, night).allowed, ['tp'])
    assert.deepEqual(actionsOf(access, 'tp').slice(0, 4), [...contain, 'rotate-secrets?'])
  })

  it('tells curiosity from a site left open and from an audit', () => {
    const read = { reader: 'person', origin: 'usual', files: 'beyond', used: 'none' }
    assert.deepEqual(found(access, { ...read, word: 'unreasoned' }).allowed, ['tp-own-user'])
    assert.deepEqual(found(access, { ...read, word: 'error' }).allowed, ['btp-access-too-wide'])
    assert.deepEqual(found(access, { ...read, word: 'approved' }).allowed, ['btp-authorised'])
    assert.deepEqual(found(access, { ...read, word: 'yes' }).contradicted, ['fp-unusual-behavior'])
  })
})

describe('content/alerts/unusual-file-share', () => {
  it('settles a project folder opened to a team', () => {
    const team = { audience: 'inside', content: 'fitting', origin: 'usual', word: 'yes', signs: 'none' }
    assert.deepEqual(found(share, team).allowed, ['fp-unusual-behavior'])
    assert.deepEqual(found(share, { ...team, word: 'unknown' }).allowed, [])
  })

  it('takes one odd file to many colleagues for a lure', () => {
    assert.deepEqual(found(share, { audience: 'inside', content: 'lure' }).allowed, ['tp'])
    assert.deepEqual(found(share, { audience: 'inside', content: 'lure', word: 'yes' }).contradicted, [
      'tp',
      'fp-unusual-behavior',
    ])
    assert.deepEqual(actionsOf(share, 'tp').slice(0, 4), [...contain, 'remove-share'])
  })

  it('takes links back that went too far in good faith, and closes', () => {
    const slip = { audience: 'open', content: 'private', origin: 'usual', word: 'error', signs: 'none' }
    assert.deepEqual(found(share, slip).allowed, ['btp-over-shared'])
    assert.deepEqual(actionsOf(share, 'btp-over-shared').slice(0, 3), [
      'remove-share',
      'review-activity',
      'close-alert',
    ])
  })

  it('stays undetermined on open links that nobody explains, and takes them back meanwhile', () => {
    const open = { audience: 'open', content: 'private', origin: 'usual', word: 'unknown', signs: 'none' }
    assert.deepEqual(found(share, open), { allowed: [], contradicted: [], open: [], next: null })
    assert.ok(actionsOf(share, 'undetermined').includes('remove-share?'))
  })
})

describe('content/alerts/unusual-file-deletion', () => {
  it('lets one stop the account at the sight of encrypted copies, and restores afterwards', () => {
    assert.deepEqual(found(deletion, { trace: 'encrypted' }).allowed, ['tp'])
    const actions = actionsOf(deletion, 'tp')
    assert.deepEqual(actions.slice(0, 3), contain)
    assert.ok(actions.includes('restore-files'))
  })

  it('settles files that were moved, even when the user knows nothing of a deletion', () => {
    for (const word of ['yes', 'no', 'unknown']) {
      const { allowed } = found(deletion, { trace: 'moved', origin: 'usual', word, files: 'spare', signs: 'clean' })
      assert.ok(allowed.includes('fp-moved') && !allowed.includes('tp'), word)
    }
  })

  it('settles a retention job without a call', () => {
    assert.deepEqual(found(deletion, { trace: 'wiped', origin: 'software' }).allowed, ['fp-software-clean-up'])
  })

  it('tells a clean-up, a mistake and sabotage apart', () => {
    const gone = { trace: 'bin', origin: 'usual', files: 'needed', signs: 'clean' }
    assert.deepEqual(found(deletion, { ...gone, word: 'yes', files: 'spare' }).allowed, ['fp-user-clean-up'])
    assert.deepEqual(found(deletion, { ...gone, word: 'error' }).allowed, ['fp-mistake'])
    assert.deepEqual(found(deletion, { ...gone, word: 'unreasoned' }).allowed, ['tp-own-user'])
    assert.deepEqual(found(deletion, { ...gone, word: 'yes' }).contradicted, ['fp-user-clean-up'])
  })

  it('decides on what is missed and what the computers say when nobody answers', () => {
    const night = { trace: 'wiped', origin: 'usual', word: 'unknown' }
    assert.deepEqual(found(deletion, { ...night, files: 'needed', signs: 'found' }).allowed, ['tp'])
    assert.deepEqual(found(deletion, { ...night, files: 'needed', signs: 'clean' }).allowed, [])
  })

  it('sets restoring and the vouching playbook apart from scoping', () => {
    assert.ok(deletion.scope.some(({ id, when }) => id === 'restore-files' && when !== null))
    assert.ok(deletion.tuning.some(({ id }) => id === 'automation-playbook'))
  })
})
