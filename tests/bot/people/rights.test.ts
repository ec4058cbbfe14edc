import assert from 'node:assert/strict'
import { emptyDirectory } from '../../../bot/people/directory.js'
import { openIdentity } from '../../../bot/people/identity.js'
import { openRights } from '../../../bot/people/rights.js'
import { openRoster } from '../../../bot/people/roster.js'
import { type Member, DeliveryFailure } from '../../../bot/chat.js'
import type { CaseContext } from '../../../dialogs/case-context.js'
import { replay } from '../../../triage/evolve.js'
import type { Command } from '../../../triage/command.js'
import type { Event } from '../../../triage/event.js'
import { ada, ben, caseId, mia, intent } from '../../support/cast.js'
import { asked, claimed, openedWith } from '../../support/diary.js'
import { onNewest } from '../../support/given.js'
import { travel } from '../../support/guides.js'
import { words } from '../../support/words.js'
import { elsewhere, home } from '../outbox/hand.js'

const member = (id: string, name = '', ...ids: readonly string[]): Member => ({
  ids: [id, ...ids],
  chatId: id,
  name,
  guest: false,
})

/** Ada is in the first team, Ben in the second, Mia in her own chat; the teams bound and the leads as told. */
const rightsOf = (
  bound: readonly (typeof home)[],
  leads: readonly string[] = [],
  broken: readonly (typeof home)[] = [],
  directory = emptyDirectory,
) => {
  const teams: Record<string, Member[]> = {
    'c-home': [member('u-ada', 'Ada', 'ada@contoso.example')],
    'c-elsewhere': [member('u-ben', 'Ben')],
    'a:mia': [member('u-mia', 'Mia', 'mia@contoso.example')],
  }
  const roster = openRoster({
    messenger: {
      roster: async (place) => {
        if (broken.includes(place)) throw new DeliveryFailure('permanent', 'ConversationNotFound')
        return teams[place.conversationId] ?? []
      },
    },
    now: () => 0,
    log: { warn: () => {} },
  })
  const identity = openIdentity({ directory, roster })
  return openRights({ roster, bound: () => bound, identity, leads, phrases: words })
}

const why = async (refusal: Promise<{ readonly refusal: string } | null>) => (await refusal)?.refusal ?? 'may'

describe('bot/people/rights', () => {
  const third = { ...home, conversationId: 'c-third' }
  const read = { kind: 'read', caseId } as const

  it('has the members of every bound team as analysts, wherever they speak in that tenant', async () => {
    const both = rightsOf([home, elsewhere])
    for (const by of [ada, ben])
      for (const place of [home, elsewhere, third])
        assert.equal(await why(both.refusedInCase({ by, place }, read, null)), 'may')
    assert.equal(await why(rightsOf([home]).refusedInCase({ by: ben, place: home }, read, null)), 'not-analyst')
    assert.equal(await why(rightsOf([]).refusedInCase({ by: ada, place: home }, read, null)), 'not-analyst')
    const foreign = { ...home, tenantId: 't-2' }
    assert.equal(await why(both.refusedInCase({ by: ada, place: foreign }, read, null)), 'not-analyst')
  })

  it('does not know just now, rather than no or yes, when the roster could not be read', async () => {
    const rights = rightsOf([home], [], [home])
    assert.equal(await why(rights.refusedInCase({ by: ada, place: home }, read, null)), 'no-roster')
    assert.equal(await why(rights.refusedMessage({ by: ada, place: home }, 'post-here')), 'no-roster')
    assert.equal(await why(rights.refusedMessage({ by: ada, place: home }, 'help')), 'may')
  })

  it('lets a member of the team bind its first channel, and of no other', async () => {
    assert.equal(await why(rightsOf([]).refusedMessage({ by: ada, place: home }, 'post-here')), 'may')
    assert.equal(await why(rightsOf([]).refusedMessage({ by: ada, place: elsewhere }, 'post-here')), 'not-analyst')
  })

  it('lets every analyst be on call, leads or not; where none is bound yet, whoever could bind is told so', async () => {
    for (const kind of ['on-call', 'off-call'] as const) {
      assert.equal(await why(rightsOf([home], ['u-ben']).refusedMessage({ by: ada, place: third }, kind)), 'may')
      assert.equal(await why(rightsOf([home]).refusedMessage({ by: ben, place: home }, kind)), 'not-analyst')
      assert.equal(await why(rightsOf([]).refusedMessage({ by: ada, place: home }, kind)), 'may')
      assert.equal(await why(rightsOf([]).refusedMessage({ by: ben, place: home }, kind)), 'not-analyst')
    }
  })

  it('lets only leads bind when there are some, and tells who they are', async () => {
    const rights = rightsOf([home, elsewhere], ['u-ben'])
    assert.equal(await why(rights.refusedMessage({ by: ben, place: third }, 'post-here')), 'may')
    assert.deepEqual(await rights.refusedMessage({ by: ada, place: home }, 'post-nowhere'), {
      refusal: 'leads-only',
      details: { leads: 'Ben' },
    })
    const unseen = await rightsOf([home], ['u-lea']).refusedMessage({ by: ada, place: home }, 'post-here')
    assert.deepEqual(unseen?.details, { leads: 'rights.some-lead()' })
  })

  it('lets a lead bind a channel of their own team when the bound one is gone, and do nothing else there', async () => {
    const rights = rightsOf([home], ['u-ben'], [home])
    assert.equal(await why(rights.refusedMessage({ by: ben, place: elsewhere }, 'post-here')), 'may')
    assert.equal(await why(rights.refusedInCase({ by: ben, place: elsewhere }, read, null)), 'no-roster')
    assert.equal(await why(rights.refusedMessage({ by: ada, place: elsewhere }, 'post-here')), 'no-roster')
  })
})

describe('bot/people/rights: an alert about oneself', () => {
  /** A case whose alert names the person with that user name, and whose manager Mia was asked. */
  const about = (upn: string, ...more: readonly Event[]): CaseContext => {
    const diary = [openedWith({ people: [{ upn, objectId: null, name: null }] }), claimed, ...more]
    const state = replay(diary)
    assert.ok(state)
    return { state, diary, cards: {}, guide: travel, phrases: words, titleOf: (type) => type }
  }
  const wants = (by: typeof ada, ...commands: readonly Parameters<typeof intent>[1][]) => ({
    kind: 'commands' as const,
    caseId,
    commands: commands.map((command): Command => onNewest(intent(by, command), [])),
  })
  const verdict = { type: 'record-verdict', verdict: 'undetermined', reason: 'x' } as const
  const inHome = { by: ada, place: home }

  it('is decided by someone else, whichever id the alert has; work and notes stay possible', async () => {
    const rights = rightsOf([home])
    const context = about('ADA@contoso.example')
    for (const command of [verdict, { type: 'close', reason: '' }, { type: 'skip', step: 'x', reason: 'y' }] as const)
      assert.equal(await why(rights.refusedInCase(inHome, wants(ada, command), context)), 'about-you', command.type)
    const withSteps = wants(ada, { type: 'mark-steps', kind: 'action', steps: [] }, { type: 'close', reason: '' })
    assert.equal(await why(rights.refusedInCase(inHome, withSteps, context)), 'about-you')
    const work = wants(ada, { type: 'take' }, { type: 'answer', check: 'a', option: 'b' }, { type: 'note', text: 'x' })
    assert.equal(await why(rights.refusedInCase(inHome, work, context)), 'may')
    assert.equal(await why(rights.refusedInCase(inHome, wants(ada, verdict), about('kim@contoso.example'))), 'may')
    const both = rightsOf([home, elsewhere])
    assert.equal(await why(both.refusedInCase({ by: ben, place: home }, wants(ben, verdict), context)), 'may')
  })

  it('is looked for in the directory only when an analyst decides: nothing else waits for it', async () => {
    const directory = { ...emptyDirectory, idsOf: () => assert.fail('the directory is asked') }
    const rights = rightsOf([home], [], [], directory)
    const context = about('kim@contoso.example')
    assert.equal(await why(rights.refusedInCase(inHome, wants(ada, { type: 'take' }), context)), 'may')
    assert.equal(await why(rights.refusedInCase({ by: ben, place: home }, wants(ben, verdict), context)), 'not-analyst')
    await assert.rejects(rights.refusedInCase(inHome, wants(ada, verdict), context), /the directory is asked/)
  })

  it('names the leads to ask, or another analyst where there is no other lead; a lead is refused as well', async () => {
    const context = about('ada@contoso.example')
    const who = async (bound: readonly (typeof home)[], ...leads: readonly string[]) =>
      (await rightsOf(bound, leads).refusedInCase(inHome, wants(ada, verdict), context))?.details
    assert.deepEqual(await who([home]), { who: 'rights.another-analyst()' })
    assert.deepEqual(await who([home], 'u-ada'), { who: 'rights.another-analyst()' })
    assert.deepEqual(await who([home, elsewhere], 'u-ada', 'u-ben'), { who: 'Ben' })
    assert.deepEqual(await who([home, elsewhere], 'u-ben'), { who: 'Ben' })
  })

  it('is confirmed by no one in person: their own chat tells by which ids a manager may be named', async () => {
    const place = { ...home, conversationId: 'a:mia' }
    const rights = rightsOf([home])
    const refused = await rights.refusedAnswer({ by: mia, place }, about('mia@contoso.example', asked))
    assert.deepEqual(refused, { refusal: 'about-you', details: { who: ada.name } })
    assert.equal(await why(rights.refusedAnswer({ by: mia, place }, about('kim@contoso.example', asked))), 'may')
    assert.equal(
      await why(rights.refusedAnswer({ by: ben, place }, about('kim@contoso.example', asked))),
      'not-the-manager',
    )
    assert.equal(await why(rights.refusedAnswer({ by: mia, place }, about('kim@contoso.example'))), 'nobody-asked')
    assert.equal(await why(rights.refusedAnswer({ by: mia, place }, null)), 'nobody-asked')
  })
})
