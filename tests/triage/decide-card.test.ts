import { ada, ben, posted, intent, wrote } from '../support/cast.js'
import { claimed, opened, untilClosed } from '../support/diary.js'
import { given } from '../support/given.js'
import { winnow } from '../../triage/person.js'

const card = { surface: 'channel', audience: 'channel' } as const
const begin = intent(winnow, { type: 'begin-post', ...card })
const posting = wrote(winnow, { type: 'posting', ...card })
const show = (drawn: number, messageId = 'm-1') =>
  intent(winnow, { type: 'show', ...card, posted: posted(messageId), drawn })
const shown = (drawn: number, messageId = 'm-1') =>
  wrote(winnow, { type: 'shown', ...card, posted: posted(messageId), drawn })
type ResumeReason = 'lost' | 'refused' | 'gone' | 'later'
const unshow = (why: ResumeReason) => intent(winnow, { type: 'unshow', ...card, why, detail: 'Unreachable' })
const unshown = (why: ResumeReason) => wrote(winnow, { type: 'unshown', ...card, why, detail: 'Unreachable' })

describe('triage/decide: cards', () => {
  it('are begun once, so that no case gets two', () => {
    given(opened).when(begin).then(posting)
    given(opened, posting).when(begin).thenNothing()
    given(opened, posting, shown(0)).when(begin).thenNothing()
    given(opened, posting, unshown('lost')).when(begin).thenNothing()
    given(opened, posting, unshown('refused')).when(begin).thenNothing()
  })

  it('are begun again when a post surely did not happen, or the card is gone', () => {
    given(opened, posting, unshown('later')).when(begin).then(posting)
    given(opened, posting, shown(0), unshown('gone')).when(begin).then(posting)
  })

  it('are owed in the owner’s own chat when the owner wants so, once', () => {
    const want = (by = ada) => intent(by, { type: 'continue-in-chat' })
    const own = { surface: `analyst/${ada.id}`, audience: 'analyst' } as const
    const wanted = wrote(ada, { type: 'unshown', ...own, why: 'gone', detail: 'asked for' })
    const begun = wrote(winnow, { type: 'posting', ...own })
    given(opened, claimed).when(want()).then(wanted)
    given(opened, claimed, wanted).when(want()).thenNothing()
    given(opened, claimed, wanted, begun).when(want()).thenNothing()
    given(opened, claimed, wanted, begun, wrote(winnow, { type: 'unshown', ...own, why: 'lost', detail: '' }))
      .when(want())
      .then(wanted)
    given(opened).when(want()).thenRefused('nobody-owns')
    given(opened, claimed).when(want(ben)).thenRefused('not-owner')
    given(...untilClosed)
      .when(want())
      .thenRefused('closed')
  })

  it('are begun for each surface by itself', () => {
    const question = { surface: 'manager/3', audience: 'manager' } as const
    given(opened, posting)
      .when(intent(winnow, { type: 'begin-post', ...question }))
      .then(wrote(winnow, { type: 'posting', ...question }))
  })

  it('are written down as shown when they show more than before, or are another message', () => {
    given(opened, posting).when(show(0)).then(shown(0))
    given(opened, claimed, posting, shown(0)).when(show(1)).then(shown(1))
    given(opened, claimed, posting, shown(1)).when(show(1)).thenNothing()
    given(opened, claimed, posting, shown(1)).when(show(0)).thenNothing()
    given(opened, claimed, posting, shown(1)).when(show(0, 'm-2')).then(shown(0, 'm-2'))
    given(opened, posting, unshown('lost')).when(show(-1)).then(shown(-1))
  })

  it('are written down as not there, once', () => {
    for (const why of ['lost', 'refused', 'gone'] as const) {
      given(opened, posting).when(unshow(why)).then(unshown(why))
      given(opened, posting, unshown(why)).when(unshow(why)).thenNothing()
    }
  })

  it('are owed again only when they were begun and nothing followed', () => {
    given(opened, posting).when(unshow('later')).then(unshown('later'))
    given(opened).when(unshow('later')).thenNothing()
    given(opened, posting, shown(0)).when(unshow('later')).thenNothing()
    given(opened, posting, unshown('lost')).when(unshow('later')).thenNothing()
  })

  it('are kept up to date after the end as well', () => {
    given(...untilClosed, posting)
      .when(show(6))
      .then(shown(6))
  })
})
